using System.Text.Json;
using MathNet.Numerics.LinearAlgebra;
using Microsoft.Playwright;
using MlNetShallowNet.Learning;

namespace MlNetShallowNet.BrowserTests;

/// <summary>An opened page, what it asked for and what it complained of.</summary>
public sealed class LessonView : IAsyncDisposable
{
    private LessonView(IPage page) => Page = page;

    public IPage Page { get; }

    /// <summary>Every address that was asked for, the page's own first.</summary>
    public List<string> Requests { get; } = [];

    /// <summary>Every line in the console and every error that nothing caught.</summary>
    public List<string> Complaints { get; } = [];

    public static async Task<LessonView> Open(IBrowserContext context, string path)
    {
        IPage page = await context.NewPageAsync();
        var view = new LessonView(page);
        page.Request += (_, request) => view.Requests.Add(request.Url);
        page.Console += (_, message) => view.Complaints.Add(message.Text);
        page.PageError += (_, error) => view.Complaints.Add(error);
        await page.GotoAsync(new Uri(path).AbsoluteUri);
        return view;
    }

    public ValueTask DisposeAsync() => new(Page.Context.CloseAsync());

    public Task<string> Text(string selector) => Page.Locator(selector).InnerTextAsync();

    public Task Choose(string selector, string value) => Page.Locator(selector).SelectOptionAsync(value);

    public Task Press(string selector) => Page.Locator(selector).ClickAsync();

    /// <summary>The cell of a weight; rows and columns are counted from 1, as on the page.</summary>
    public ILocator Weight(string symbol, int row, int column) => Page.Locator($"[data-for=\"{symbol}:{row - 1}:{column - 1}\"]");

    /// <summary>A symbol's numbers with all digits.</summary>
    public async Task<Matrix<double>> Symbol(string name)
    {
        JsonElement rows = await Page.EvaluateAsync<JsonElement>("name => lesson.symbols()[name].map(row => [...row])", name);
        return Matrix<double>.Build.DenseOfRowArrays(rows.EnumerateArray().Select(row => row.EnumerateArray().Select(x => x.GetDouble()).ToArray()));
    }

    /// <summary>The page's network, with another activation if one is given, and its examples.</summary>
    public async Task<(NetworkParameters Network, Matrix<double> X, Matrix<double> Y)> Subject(IActivation g) => (
        new NetworkParameters(await Symbol("W1"), (await Symbol("b1")).Column(0), await Symbol("W2"), (await Symbol("b2"))[0, 0], g),
        await Symbol("X"), await Symbol("Y"));

    /// <summary>The blocks that the gradient check on the page calls wrong.</summary>
    public async Task<string[]> WrongBlocks() =>
        await Page.EvaluateAsync<string[]>("[...document.querySelectorAll('#check tr.differs')].map(row => row.dataset.block)");
}
