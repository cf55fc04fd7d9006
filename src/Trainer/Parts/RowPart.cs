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

    /// <summary>What becomes another text when the part's rows change: a file's length and time of change, for example. Results that were
    /// kept are used only with the same names and versions of parts.</summary>
    public abstract string Version { get; }

    /// <summary>Opens the part, anew in each call: a view of its rows, in the same order each time.</summary>
    /// <param name="context">The context to read with.</param>
    /// <exception cref="IOException">The part cannot be read.</exception>
    public abstract IDataView Load(MLContext context);

    /// <summary>A part that is a data view.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="name">What errors call it.</param>
    /// <param name="version">What becomes another text when the rows change. Data views don't tell: with the default, results that were kept
    /// for rows of before are taken for those of these.</param>
    public static RowPart Of(IDataView rows, string name, string version = "") => new DataViewPart(rows, name, version);

    /// <summary>The same part with its rows transformed as they are read.</summary>
    /// <param name="transformer">What is applied to each row; already fitted, so that every part is transformed in the same way.</param>
    public RowPart Transformed(ITransformer transformer) => new TransformedPart(this, transformer);

    private sealed class DataViewPart : RowPart
    {
        private readonly IDataView _rows;

        public DataViewPart(IDataView rows, string name, string version)
        {
            ArgumentNullException.ThrowIfNull(rows);
            ArgumentException.ThrowIfNullOrEmpty(name);
            ArgumentNullException.ThrowIfNull(version);
            (_rows, Name, Version) = (rows, name, version);
        }

        public override string Name { get; }

        public override string Version { get; }

        public override IDataView Load(MLContext context) => _rows;
    }

    private sealed class TransformedPart : RowPart
    {
        private readonly RowPart _part;
        private readonly ITransformer _transformer;

        public TransformedPart(RowPart part, ITransformer transformer)
        {
            ArgumentNullException.ThrowIfNull(transformer);
            (_part, _transformer) = (part, transformer);
        }

        public override string Name => _part.Name;

        public override string Version => _part.Version;

        public override IDataView Load(MLContext context) => _transformer.Transform(_part.Load(context));
    }
}
