using Microsoft.ML;
using Microsoft.ML.Data;

namespace MlNetShallowNet.DataViews;

/// <summary>What to call features.</summary>
internal static class FeatureNames
{
    /// <summary>The name of each slot; where it has none, that of the column with the slot's number from 0 in brackets.</summary>
    public static string[] Of(DataViewSchema.Column features)
    {
        VBuffer<ReadOnlyMemory<char>> slots = Slots(features);
        string[] names = new string[((VectorDataViewType)features.Type).Size];
        for (int d = 0; d < names.Length; d++)
        {
            string name = d < slots.Length ? slots.GetItemOrDefault(d).ToString() : "";
            names[d] = name.Length > 0 ? name : $"{features.Name}[{d}]";
        }
        return names;
    }

    /// <summary>The first slot that has a name in both of two columns and another one in each, with these names; null where there is none.</summary>
    public static (int Slot, string Here, string There)? Difference(DataViewSchema.Column features, DataViewSchema.Column other)
    {
        VBuffer<ReadOnlyMemory<char>> here = Slots(features), there = Slots(other);
        for (int d = 0; d < Math.Min(here.Length, there.Length); d++)
        {
            ReadOnlyMemory<char> a = here.GetItemOrDefault(d), b = there.GetItemOrDefault(d);
            if (!a.IsEmpty && !b.IsEmpty && !a.Span.SequenceEqual(b.Span))
                return (d, a.ToString(), b.ToString());
        }
        return null;
    }

    private static VBuffer<ReadOnlyMemory<char>> Slots(DataViewSchema.Column features)
    {
        VBuffer<ReadOnlyMemory<char>> slots = default;
        if (features.HasSlotNames())
            features.GetSlotNames(ref slots);
        return slots;
    }
}
