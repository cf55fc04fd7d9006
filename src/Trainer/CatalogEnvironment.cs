using Microsoft.ML;
using Microsoft.ML.Runtime;

namespace MlNetShallowNet;

/// <summary>
/// The environment behind <c>ml.BinaryClassification.Trainers</c>, from which in-box trainers take their random numbers and to which they log.
/// ML.NET keeps it internal; this is the library's one use of what is not public. Where a version of ML.NET has it no more, there is none, and the
/// trainer goes without: <see cref="ShallowNetworkTrainer.Options.Seed"/> and <see cref="ShallowNetworkTrainer.Options.Progress"/> then say and
/// tell what the context would.
/// </summary>
internal static class CatalogEnvironment
{
    public static IHostEnvironment? Of(BinaryClassificationCatalog.BinaryClassificationTrainers catalog)
    {
        try
        {
            return Environment(Owner(catalog));
        }
        catch (MissingMethodException)
        {
            return null;
        }
    }

    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = "get_Owner")]
    private static extern TrainCatalogBase Owner(TrainCatalogBase.CatalogInstantiatorBase catalog);

    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = "get_Environment")]
    private static extern IHostEnvironment Environment(TrainCatalogBase catalog);
}
