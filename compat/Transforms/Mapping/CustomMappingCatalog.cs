namespace Microsoft.ML;

/// <summary>Columns made by the user's code.</summary>
public static class CustomMappingCatalog
{
    /// <summary>Makes the columns of one class from those of another by the user's code, called from several threads.</summary>
    public static IEstimator<CustomMappingTransformer<TSrc, TDst>> CustomMapping<TSrc, TDst>(this TransformsCatalog catalog,
        Action<TSrc, TDst> mapAction, string contractName, SchemaDefinition inputSchemaDefinition = null,
        SchemaDefinition outputSchemaDefinition = null) where TSrc : class, new() where TDst : class, new()
    {
        var transformer = new CustomMappingTransformer<TSrc, TDst>(catalog.Environment, mapAction, contractName, inputSchemaDefinition,
            outputSchemaDefinition);
        return TrivialEstimator.Create(catalog.Environment, transformer, transformer.Shape);
    }
}
