using Deque.AxeCore.Commons;
using Microsoft.Playwright;

namespace MlNetShallowNet.BrowserTests;

/// <summary>An opened page, until the next one is opened.</summary>
/// <param name="Page">The window that it is in.</param>
/// <param name="Requests">Every address that was asked for, the page's own first.</param>
/// <param name="Complaints">Every line in the console and every error that nothing caught.</param>
public record View(IPage Page, IReadOnlyList<string> Requests, IReadOnlyList<string> Complaints)
{
    private static readonly string _axe = new BundledAxeScriptProvider().GetScript();

    /// <summary>Asserts that it asked for nothing but itself and complained of nothing.</summary>
    public void IsQuiet()
    {
        Assert.Equal([Page.Url], Requests);
        Assert.Empty(Complaints);
    }

    /// <summary>Asserts that axe finds nothing in the page as it stands.</summary>
    public async Task IsAccessible(string when = "")
    {
        // All rules are run; only what they found comes back, for the rest is thousands of elements that are as they should be.
        await Page.EvaluateAsync(_axe);
        string[] found = await Page.EvaluateAsync<string[]>("""
            async () => (await axe.run(document, { resultTypes: ["violations"] })).violations
              .map(v => `${v.id}: ${v.help}: ${v.nodes.slice(0, 3).map(n => n.html.slice(0, 200)).join(" | ")}`)
            """);
        Assert.True(found.Length == 0, $"{when}\n{string.Join('\n', found)}");
    }
}
