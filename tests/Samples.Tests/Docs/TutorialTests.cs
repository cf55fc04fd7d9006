using System.Xml.Linq;

namespace MlNetShallowNet.SamplesTests.Docs;

/// <summary>Every command of docs/tutorial.md, in order, prints what the page says, and draws the pictures that the page shows.</summary>
public class TutorialTests : Shallownet
{
    // Five thousand steps of descent make more of the last digit than a single pass does; one point in 400 is a quarter of a per cent.
    private const double Tolerance = 0.01;

    [Fact]
    public void Commands_print_and_draw_what_the_page_shows()
    {
        Directory.CreateDirectory(PathOf("data"));
        File.Copy(Data("planar-flower.csv"), PathOf("data/planar-flower.csv"));
        Document page = Document.Read("tutorial.md");
        Assert.Equal(6, page.Commands.Count);
        foreach ((string command, string[] output) in page.Commands)
        {
            string[] printed = RunLine(command).EndsWith(Document.ExitCode(command)).Output.Split('\n');
            if (DocumentUpdate.IsWanted)
                DocumentUpdate.Write("tutorial.md", command, output, printed);
            else
                Assert.Null(PrintedText.Difference(output, printed, Tolerance));
        }

        string[] pictures = [.. Directory.EnumerateFiles(PathOf("pictures")).Select(p => Path.GetFileName(p)!)];
        Assert.Equal(7, pictures.Length);
        if (DocumentUpdate.IsWanted)
        {
            foreach (string name in pictures)
                File.Copy(PathOf($"pictures/{name}"), Path.Combine(DocumentUpdate.SourceFolder, "pictures", name), overwrite: true);
            return;
        }

        Assert.All(pictures, name =>
        {
            Assert.Contains($"(pictures/{name})", page.Prose);
            XElement drawn = XElement.Load(PathOf($"pictures/{name}"));
            XElement shown = XElement.Load(Path.Combine(AppContext.BaseDirectory, "docs", "pictures", name));
            Assert.Equal(Points(shown), Points(drawn));
            Assert.Null(PrintedText.Difference([Title(shown)], [Title(drawn)], Tolerance));
        });
    }

    private static string[] Points(XElement svg) =>
        [.. svg.Descendants().Where(e => (e.Attribute("class")?.Value ?? "").StartsWith("point", StringComparison.Ordinal))
            .Select(e => $"{e.Attribute("class")} {e.Attribute("cx")} {e.Attribute("cy")} {e.Attribute("d")}")];

    private static string Title(XElement svg) => svg.Elements().First(e => e.Name.LocalName == "title").Value;
}
