using Microsoft.ML;

namespace MlNetShallowNet.Samples.Training;

/// <summary>
/// Where ML.NET puts its temporary files while it saves or loads a model: a folder of this program's own, for ML.NET clears its folder only when that ends, and
/// a program that is ended in the middle runs no finally.
/// </summary>
internal sealed class ModelScratch : IDisposable
{
    private readonly string _folder = Path.Combine(Path.GetTempPath(), $"shallownet-{Guid.NewGuid():N}");
    private readonly string _before;
    private readonly MLContext _ml;

    /// <param name="ml">The context that will save or load.</param>
    public ModelScratch(MLContext ml)
    {
        AppDomain.CurrentDomain.ProcessExit += Clear;
        (_ml, _before) = (ml, ml.TempFilePath);
        ml.TempFilePath = _folder;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _ml.TempFilePath = _before;
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
