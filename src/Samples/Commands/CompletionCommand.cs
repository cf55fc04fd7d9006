using System.CommandLine;
using MlNetShallowNet.Samples.Output;

namespace MlNetShallowNet.Samples.Commands;

/// <summary><c>completion SHELL</c>: the few lines by which a shell asks the program how a command line may go on, and offers files where it has nothing to say.</summary>
internal static class CompletionCommand
{
    // Words such as /? would only hide the others. Bash has cut --solver=adam into three words, of which = may be the last.
    private const string Bash = """
        _shallownet() {
            local line="${COMP_LINE:0:COMP_POINT}" word="${COMP_WORDS[COMP_CWORD]#=}"
            line="${line//=/ }"
            COMPREPLY=($(compgen -X '/*' -W "$(shallownet "[suggest:${#line}]" "$line" 2>/dev/null)" -- "$word"))
        }
        complete -o default -F _shallownet shallownet
        """;

    private const string Zsh = """
        _shallownet() {
            local line="${(j: :)words[1,CURRENT]}"
            if compset -P '*='; then line="${line//=/ }"; fi
            local -a found=("${(@f)$(shallownet "[suggest:${#line}]" "$line" 2>/dev/null)}")
            found=(${found:#/*})
            if (( $#found )); then compadd -a found; else _files; fi
        }
        compdef _shallownet shallownet
        """;

    private static readonly Dictionary<string, string> _scripts = new() { ["bash"] = Bash, ["zsh"] = Zsh };

    public static Command Create()
    {
        Argument<string> shell = OptionTexts.NameOf("shell", $"One of {string.Join(", ", _scripts.Keys)}", _scripts.Keys);
        Command command = new("completion", "Print what makes a shell complete this program's command lines, to be evaluated by its start-up file.");
        command.Add(shell);
        command.SetAction(parse => Terminal.Out.Profile.Out.Writer.WriteLine(_scripts[parse.GetRequiredValue(shell)].ReplaceLineEndings("\n")));
        return command;
    }
}
