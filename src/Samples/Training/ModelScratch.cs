using Microsoft.ML;

namespace MlNetShallowNet.Samples.Training;

/// <summary>
/// Where ML.NET puts its temporary files while it loads a model: a folder of this program's own, for ML.NET clears its folder only when the loading ends, and
/// a program that is ended in the middle runs no finally.
/// </summary>
internal sealed class ModelScratch : IDisposable
{
    private readonly string _folder = Path.Combine(Path.GetTempPath(), $"shallownet-{Guid.NewGuid():N}");

    /// <param name="ml">The context that will load.</param>
    public ModelScratch(MLContext ml)
    {
        AppDomain.CurrentDomain.ProcessExit += Clear;
        ml.TempFilePath = _folder;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        AppDomain.CurrentDomain.ProcessExit -= Clear;
        Clear(null, EventArgs.Empty);
    }

    private void Clear(object? sender, EventArgs e)
    {
        try
        {
            if (Directory.Exists(_folder))
                Directory.Delete(_folder, recursive: true);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // The system's folder for temporary files is cleared by the system.
        }
    }
}
