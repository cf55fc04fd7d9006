using Microsoft.ML;
using Microsoft.ML.Data;

namespace MlNetShallowNet.DataViews;

/// <summary>The mean of every feature over the rows of a data view.</summary>
internal static class MeanRow
{
    /// <summary>The mean of each feature over the rows in which it is a finite number.</summary>
    /// <exception cref="ArgumentException">A feature is a finite number in no row, or there are no rows.</exception>
    public static float[] Of(IDataView data, DataViewSchema.Column features)
    {
        double[] sums = new double[((VectorDataViewType)features.Type).Size];
        long[] missing = new long[sums.Length];
        long rows = 0;
        using DataViewRowCursor cursor = data.GetRowCursor([features]);
        ValueGetter<VBuffer<float>> getter = cursor.GetGetter<VBuffer<float>>(features);
        VBuffer<float> row = default;
        for (; cursor.MoveNext(); rows++)
        {
            getter(ref row);
            foreach ((int d, float value) in row.Items())
            {
                if (float.IsFinite(value))
                    sums[d] += value;
                else
                    missing[d]++;
            }
        }

        if (rows == 0)
            throw new ArgumentException($"The rows to compare with are none; give rows with the column '{features.Name}', for example those that were trained on.");
        if (Array.IndexOf(missing, rows) is >= 0 and int nowhere)
            throw new ArgumentException($"Feature {nowhere} of column '{features.Name}' is a finite number in none of the {rows} rows to compare with; give rows that have it.");
        return [.. sums.Zip(missing, (sum, without) => (float)(sum / (rows - without)))];
    }
}
