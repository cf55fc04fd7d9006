namespace MlNetShallowNet.SamplesTests.Docs;

/// <summary>A page of docs/: its prose, and the commands in it with what they print.</summary>
internal sealed record Document(string Prose, IReadOnlyList<(string Command, string[] Output)> Commands)
{
    private const string Prompt = "$ shallownet ";

    /// <summary>How a command ends: where a mistake is put in, the gradient is wrong.</summary>
    public static int ExitCode(string command) => command.Contains(" --break ", StringComparison.Ordinal) ? 1 : 0;

    public static Document Read(string name)
    {
        var prose = new List<string>();
        var commands = new List<(string, string[])>();
        List<string>? block = null;
        foreach (string line in File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "docs", name)))
        {
            if (line.StartsWith("```", StringComparison.Ordinal))
            {
                if (block is [var first, .. var rest] && first.StartsWith(Prompt, StringComparison.Ordinal))
                    commands.Add((first[Prompt.Length..], [.. rest]));
                block = block is null && line == "```console" ? [] : null;
            }
            else if (block is not null)
            {
                block.Add(line);
            }
            else
            {
                prose.Add(line);
            }
        }

        return new Document(string.Join('\n', prose), commands);
    }
}
