using Microsoft.ML;
using Microsoft.ML.Data;

namespace MlNetShallowNet.DataViews;

/// <summary>What to call features.</summary>
internal static class FeatureNames
{
    /// <summary>The name of each slot; where it has none, that of the column with the slot's number from 0 in brackets.</summary>
    public static string[] Of(DataViewSchema.Column features)
    {
        VBuffer<ReadOnlyMemory<char>> slots = default;
        if (features.HasSlotNames())
            features.GetSlotNames(ref slots);
        string[] names = new string[((VectorDataViewType)features.Type).Size];
        for (int d = 0; d < names.Length; d++)
        {
            string name = d < slots.Length ? slots.GetItemOrDefault(d).ToString() : "";
            names[d] = name.Length > 0 ? name : $"{features.Name}[{d}]";
        }
        return names;
    }
}
