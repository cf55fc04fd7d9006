namespace MlNetShallowNet.Options;

/// <summary>What decisions depend on.</summary>
/// <param name="Count">The number of rows.</param>
/// <param name="Features">Features of a row.</param>
/// <param name="ActiveFeatures">Features of a row that are not 0, on average, where rows are sparse; else all.</param>
/// <param name="IsStreamed">Whether they are too many to hold.</param>
/// <param name="MemoryBudget">Bytes that rows may take.</param>
internal readonly record struct RowsShape(long Count, int Features, double ActiveFeatures, bool IsStreamed, long MemoryBudget)
{
    private const long MostCells = 100_000_000;
    private const int BytesPerCell = 2 * (sizeof(int) + sizeof(float)); // two columns at most, with their indices

    /// <summary>Whether encoded rows fit into memory, and are no detour for what is so wide that it must be mostly zeros.</summary>
    public bool AreEasyToEncode => Count * Features <= MostCells && Count * Features * BytesPerCell <= MemoryBudget;
}
