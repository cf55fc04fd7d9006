using Microsoft.ML.Transforms;

namespace MlNetShallowNet.Persistence;

/// <summary>The mapping that adds the constant key column; its types are also the sign by which a saved network is found again.</summary>
[CustomMappingFactoryAttribute(SavedColumns.KeyContract)]
internal sealed class KeyMapping : CustomMappingFactory<NoColumns, KeyColumn>
{
    public override Action<NoColumns, KeyColumn> GetMapping() => Map;

    public static void Map(NoColumns input, KeyColumn output) => output.Key = 0;
}
