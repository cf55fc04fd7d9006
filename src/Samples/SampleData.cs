namespace MlNetShallowNet.Samples;

/// <summary>The tables of data/, which the build copies beside the program, so that they are found from any directory.</summary>
internal static class SampleData
{
    /// <summary>The path of a table, short where that is possible.</summary>
    public static string Path(string name)
    {
        string full = System.IO.Path.Combine(AppContext.BaseDirectory, "data", name);
        string relative = System.IO.Path.GetRelativePath(Environment.CurrentDirectory, full);
        return relative.Length < full.Length ? relative : full;
    }
}
