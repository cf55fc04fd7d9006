using System.Text;
using System.Text.RegularExpressions;

namespace MlNetShallowNet.BrowserTests;

/// <summary>The file itself, for which no browser is needed.</summary>
[Collection(PageTests.Name)]
public partial class FileTests(Chromium browser)
{
    private const int MostBytes = 60_000;

    [Fact]
    public void The_page_in_docs_is_the_one_that_the_command_writes()
    {
        string kept = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "docs", "lesson.html")), written = File.ReadAllText(browser.Write());
        Assert.Equal(WithoutData(kept), WithoutData(written));
        // Answers hold measured numbers, whose last digits depend on the processor's sums.
        Assert.Equal(Number().Replace(Data(kept), "#"), Number().Replace(Data(written), "#"));
    }

    [Fact]
    public void It_is_small_and_allows_nothing_but_itself()
    {
        string page = File.ReadAllText(browser.Write());
        int bytes = Encoding.UTF8.GetByteCount(WithoutData(page));
        Assert.True(bytes <= MostBytes, $"{bytes} bytes");
        Assert.Contains("default-src 'none'; script-src 'sha256-", page);
        Assert.DoesNotContain("unsafe", page);
        Assert.DoesNotContain("://", WithoutData(page));
    }

    [Fact]
    public void A_name_in_the_table_cannot_end_the_script()
    {
        string table = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.csv");
        File.WriteAllText(table, "</script><b>,x,y\n1,2,0\n2,1,1\n3,5,0\n0,1,1\n");
        try
        {
            Assert.DoesNotContain("</script><b>", File.ReadAllText(browser.Write($"--data {table}")));
        }
        finally
        {
            File.Delete(table);
        }
    }

    private static string Data(string page) => DataPart().Match(page).Value;

    private static string WithoutData(string page) => DataPart().Replace(page, "");

    [GeneratedRegex("(?<=id=\"data\">).*?(?=</script>)", RegexOptions.Singleline)]
    private static partial Regex DataPart();

    [GeneratedRegex(@"\d+(\.\d+)?(e[-+]?\d+)?")]
    private static partial Regex Number();
}
