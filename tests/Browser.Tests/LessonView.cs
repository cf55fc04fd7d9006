using System.Text.Json;
using MathNet.Numerics.LinearAlgebra;
using Microsoft.Playwright;
using MlNetShallowNet.Learning;

namespace MlNetShallowNet.BrowserTests;

/// <summary>An opened lesson.</summary>
public sealed record LessonView : View
{
    public LessonView(View opened)
        : base(opened)
    {
    }

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
