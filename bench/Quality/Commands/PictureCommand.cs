using System.CommandLine;
using MlNetShallowNet.Quality.Picture;

namespace MlNetShallowNet.Quality.Commands;

/// <summary><c>picture</c>: draws docs/quality.svg from bench/results/in-box.md and growing.md.</summary>
internal static class PictureCommand
{
    public static Command Create()
    {
        var command = new Command("picture", "Draws docs/quality.svg, the README's picture, from bench/results/in-box.md and growing.md");
        command.SetAction(_ => File.WriteAllText(Path.Combine(Clone.Docs, "quality.svg"), QualityPicture.Draw(Clone.Results)));
        return command;
    }
}
