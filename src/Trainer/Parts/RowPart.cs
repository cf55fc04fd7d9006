using Microsoft.ML;

namespace MlNetShallowNet;

/// <summary>
/// A part of the rows to train on: a file, a range of a database's keys, a data view. Rows in parts need not fit into memory, or lie on one
/// machine.
/// </summary>
/// <remarks>To read rows from elsewhere, derive from it. What is trained depends on the parts' rows and on their order, never on when or
/// where a part is read.</remarks>
public abstract class RowPart
{
    /// <summary>What errors and logs call it, such as <c>part-3.parquet</c>.</summary>
    public abstract string Name { get; }

    /// <summary>Opens the part, anew in each call: a view of its rows, in the same order each time.</summary>
    /// <param name="context">The context to read with.</param>
    /// <exception cref="IOException">The part cannot be read.</exception>
    public abstract IDataView Load(MLContext context);

    /// <summary>A part that is a data view.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="name">What errors call it.</param>
    public static RowPart Of(IDataView rows, string name) => new DataViewPart(rows, name);

    /// <summary>The same part with its rows transformed as they are read.</summary>
    /// <param name="transformer">What is applied to each row; already fitted, so that every part is transformed in the same way.</param>
    public RowPart Transformed(ITransformer transformer) => new TransformedPart(this, transformer);

    private sealed class DataViewPart : RowPart
    {
        private readonly IDataView _rows;

        public DataViewPart(IDataView rows, string name)
        {
            ArgumentNullException.ThrowIfNull(rows);
            ArgumentException.ThrowIfNullOrEmpty(name);
            (_rows, Name) = (rows, name);
        }

        public override string Name { get; }

        public override IDataView Load(MLContext context) => _rows;
    }

    internal sealed class TransformedPart : RowPart
    {
        public TransformedPart(RowPart part, ITransformer transformer)
        {
            ArgumentNullException.ThrowIfNull(transformer);
            (Part, Transformer) = (part, transformer);
        }

        public RowPart Part { get; }

        public ITransformer Transformer { get; }

        public override string Name => Part.Name;

        public override IDataView Load(MLContext context) => Transformer.Transform(Part.Load(context));
    }
}
