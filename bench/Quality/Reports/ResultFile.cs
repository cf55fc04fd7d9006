using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace MlNetShallowNet.Quality.Reports;

/// <summary>A page of <c>bench/results</c>: the command that made it, the kind of machine, what is shown.</summary>
internal sealed class ResultFile(string title, string says, string[] arguments)
{
    private readonly StringBuilder _body = new();

    /// <summary>Adds to the page, and shows it at once.</summary>
    public void Add(string markdown)
    {
        _body.Append(markdown);
        Console.Write(markdown);
    }

    /// <summary>Writes the page as <c>NAME.md</c> of the results; does nothing without a name.</summary>
    public void Save(string? name)
    {
        if (name is not null)
            File.WriteAllText(Path.Combine(Clone.Results, name + ".md"), Head() + _body);
    }

    private string Head()
    {
        // A path says where things are on one machine: its last part is enough.
        string command = string.Join(' ', arguments.Select(a => Path.IsPathRooted(a) ? Path.GetFileName(Path.TrimEndingDirectorySeparator(a)) : a));
        return $"# {title}\n\n    dotnet run -c Release --project bench/Quality -- {command}\n\n" +
            $"Measured on {DateTime.UtcNow.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}, {Environment.ProcessorCount} processors " +
            $"({RuntimeInformation.ProcessArchitecture}), {RuntimeInformation.FrameworkDescription}. {says}\n\n";
    }
}
