using System.Diagnostics;
using MlNetShallowNet.TestTools;

namespace MlNetShallowNet.SamplesTests;

/// <summary>What shells offer when a command line is to be completed.</summary>
public sealed class CompletionTests : Shallownet
{
    // $1 is the line; the shell's own variables are set as it sets them when TAB is pressed at the line's end.
    private const string InBash = """
        shallownet() { dotnet shallownet.dll "$@"; }
        eval "$(shallownet completion bash)"
        COMP_LINE=$1 COMP_POINT=${#1} COMP_WORDS=(${1//=/ = }); [[ $1 == *' ' ]] && COMP_WORDS+=('')
        COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
        _shallownet
        echo "${COMPREPLY[@]}"
        """;

    // A zsh in a terminal within this one, which is waited for until what it shows has these words. $1 is the line, $2 the words.
    // A prompt with the host's name might break the line. The terminal shows what is typed, too, which must not be taken for the answer: hence the \.
    private const string InZsh = """
        zmodload zsh/zpty
        zpty shell zsh -f -i
        zpty -w shell 'PS1=; shallownet() { dotnet shallownet.dll "$@" }; autoload -Uz compinit; compinit -u -D; eval "$(shallownet completion zsh)"; echo rea\dy'
        zpty -r -m shell seen '*ready*'
        zpty -w -n shell "$1"$'\t'
        zpty -r -m shell seen "*$2*"
        zpty -d shell
        echo "$2"
        """;

    [SkippableTheory]
    [InlineData("shallownet cross-v", "cross-validate")]
    [InlineData("shallownet train --sol", "--solver")]
    [InlineData("shallownet train --solver ", "adam adam-w gradient-descent lbfgs sgd")]
    [InlineData("shallownet train --solver ada", "adam adam-w")]
    [InlineData("shallownet train --solver=", "adam adam-w gradient-descent lbfgs sgd")]
    [InlineData("shallownet train --data t.csv --activation le", "leaky-relu")]
    [InlineData("shallownet predict --separator se", "semicolon")]
    [InlineData("shallownet completion ", "--help --quiet --verbose -? -h bash zsh")]
    [InlineData("shallownet train --data ", "")]
    [InlineData("shallownet completion --quiet ", "--help --verbose -? -h bash zsh")]
    public void BashOffersWhatIsAccepted(string line, string expected)
    {
        Skip.If(OperatingSystem.IsWindows(), "There is no bash.");
        Assert.Equal(expected, Offered("bash", InBash, line));
    }

    [SkippableTheory]
    [InlineData("shallownet cross-v", "cross-validate")]
    [InlineData("shallownet train --solver gr", "--solver gradient-descent")]
    [InlineData("shallownet train --activation=le", "--activation=leaky-relu")]
    [InlineData("shallownet train --data README.m", "--data README.md")]
    [InlineData("shallownet train --quiet --activation=le", "--quiet --activation=leaky-relu")]
    [InlineData("shallownet completion --quiet ba", "--quiet bash")]
    public void ZshCompletesToWhatIsAccepted(string line, string expected)
    {
        Skip.IfNot(File.Exists("/usr/bin/zsh") || File.Exists("/bin/zsh"), "There is no zsh.");
        Assert.Equal(expected, Offered("zsh", InZsh, line, expected));
    }

    private static string Offered(string shell, string script, params string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo(shell, ["-c", script, shell, .. arguments])
        {
            WorkingDirectory = AppContext.BaseDirectory,
            RedirectStandardOutput = true,
        })!;
        Task<string> offered = process.StandardOutput.ReadToEndAsync();
        if (!Patience.Until(process.WaitForExit))
        {
            process.Kill(entireProcessTree: true);
            Assert.Fail($"{shell} was never seen to complete {arguments[0]}.");
        }
        return offered.Result.Trim();
    }
}
