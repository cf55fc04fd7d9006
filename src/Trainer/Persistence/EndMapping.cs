using Microsoft.ML.Transforms;

namespace MlNetShallowNet.Persistence;

/// <summary>
/// The mapping at the end of a saved network, which does nothing. As the last part it is what ML.NET's own ONNX export meets first, and
/// refuses in its words for steps that it cannot export; of the parts before, it would take some and fail in the middle.
/// </summary>
[CustomMappingFactoryAttribute(SavedColumns.EndContract)]
internal sealed class EndMapping : CustomMappingFactory<NoColumns, NoColumns>
{
    public override Action<NoColumns, NoColumns> GetMapping() => Map;

    public static void Map(NoColumns input, NoColumns output)
    {
    }
}
