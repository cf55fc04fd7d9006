using System.Text;
using Microsoft.ML;
using MlNetShallowNet.Samples.Tables;
using MlNetShallowNet.Samples.Training;

namespace MlNetShallowNet.Samples.CodeGeneration;

/// <summary>A project that loads a model and scores rows of its table, alone and as a web service.</summary>
/// <param name="Folder">Where it goes.</param>
internal sealed record ScoringProject(string Folder)
{
    private static readonly UTF8Encoding _utf8 = new(false);

    /// <summary>The model in it.</summary>
    public string ModelPath => Path.Combine(Folder, "model.zip");

    /// <summary>Finds out, before the work, whether the project can be written.</summary>
    /// <exception cref="UserError">It can't.</exception>
    public void Check()
    {
        if (File.Exists(Folder) || (Directory.Exists(Folder) && Directory.EnumerateFileSystemEntries(Folder).Any()))
            throw new UserError($"--code {Folder} is there already and not an empty folder; give a new one.");
        LibraryPackages.Read();
        Files(() =>
        {
            string full = Path.GetFullPath(Folder);
            if (Directory.Exists(full))
                return;
            Directory.CreateDirectory(full);
            Directory.Delete(full);
        });
    }

    /// <summary>Finds out whether there are not too many columns for a class with a property for each.</summary>
    /// <exception cref="UserError">There are.</exception>
    public static void Check(TableProfile profile)
    {
        int columns = profile.UsedColumns.Count();
        if (columns > TableView.MostNamedColumns)
        {
            throw new UserError(
                $"--code writes a class with a property for each column, and {profile.Table.Path} has {columns}; with more than " +
                $"{TableView.MostNamedColumns} leave some out by --ignore, or score with predict.");
        }
    }

    /// <summary>Writes it, whole or not at all.</summary>
    /// <exception cref="UserError">It can't be written.</exception>
    public void Write(MLContext ml, ITransformer model, TableView rows)
    {
        string full = Path.GetFullPath(Folder), beside = $"{full.TrimEnd(Path.DirectorySeparatorChar)}.{Guid.NewGuid():N}.tmp";
        ViewColumn[] columns = [.. rows.Columns.Where(column => column.Role is not (ColumnRole.Label or ColumnRole.Weight))];
        (string version, IReadOnlyList<(string Name, string Version)> packages) = LibraryPackages.Read();
        try
        {
            Files(() =>
            {
                Directory.CreateDirectory(Path.Combine(beside, "lib"));
                void Text(string name, string text) => File.WriteAllText(Path.Combine(beside, name), text, _utf8);
                Text("Scoring.csproj", Template("Scoring.csproj").Replace("{framework}", $"net{Environment.Version.Major}.0").Replace("{version}", version)
                    .Replace("{packages}", string.Join('\n', packages.Select(p => $"    <PackageReference Include=\"{p.Name}\" Version=\"{p.Version}\" />"))));
                Text("Directory.Build.props", "<!-- So that the settings of folders above do not reach this project. -->\n<Project />\n");
                Text("Program.cs", Template("Program.cs"));
                Text("Scorer.cs", Template("Scorer.cs"));
                Text("Row.cs", RowClass.Write(columns, KnownWords.Of(model, rows)));
                Text("Labels.cs", Labels(rows.Labels));
                Text("README.md", Template("README.md").Replace("{table}", Path.GetFileName(rows.Table.Path)));
                using (FileStream example = File.Create(Path.Combine(beside, "example.json")))
                    ExampleRow.Write(rows, columns, example);
                File.Copy(LibraryPackages.AssemblyFile, Path.Combine(beside, "lib", Path.GetFileName(LibraryPackages.AssemblyFile)));
                ModelFile.Save(ml, model, rows.Schema, Path.Combine(beside, "model.zip"));
                if (Directory.Exists(full))
                    Directory.Delete(full);
                Directory.Move(beside, full);
                StopRequest.NoteWritten();
            });
        }
        finally
        {
            if (Directory.Exists(beside))
                Directory.Delete(beside, recursive: true);
        }
    }

    private static string Labels(LabelValues labels) => $$"""
        namespace Scoring;

        /// <summary>The two values of the table's label.</summary>
        public static class Labels
        {
            public const string Negative = {{CSharpText.Literal(labels.Negative)}};
            public const string Positive = {{CSharpText.Literal(labels.Positive)}};
        }

        """;

    private static string Template(string name)
    {
        using Stream stream = typeof(ScoringProject).Assembly.GetManifestResourceStream($"code/{name}.txt")!;
        using StreamReader reader = new(stream);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }

    private void Files(Action work)
    {
        try
        {
            work();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UserError($"The project {Folder} can't be written: {e.Message}", e);
        }
    }
}
