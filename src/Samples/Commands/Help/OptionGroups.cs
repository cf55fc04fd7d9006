using System.CommandLine;
using System.Runtime.CompilerServices;

namespace MlNetShallowNet.Samples.Commands.Help;

/// <summary>What options of a command belong together in its help.</summary>
internal static class OptionGroups
{
    private const string Others = "Other options";

    private static readonly ConditionalWeakTable<Option, string> _titles = [];

    /// <summary>Adds options that belong together.</summary>
    public static void AddGroup(this Command command, string title, params Option[] options)
    {
        foreach (Option option in options)
        {
            _titles.AddOrUpdate(option, title);
            command.Add(option);
        }
    }

    /// <summary>The options in their groups, in the order in which they were added; those of no group last.</summary>
    public static IEnumerable<IGrouping<string, Option>> Of(IEnumerable<Option> options) => options.Where(option => !option.Hidden)
        .GroupBy(option => _titles.TryGetValue(option, out string? title) ? title : Others).OrderBy(group => group.Key == Others);
}
