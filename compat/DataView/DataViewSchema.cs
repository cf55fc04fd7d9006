namespace Microsoft.ML;

/// <summary>The columns of a view, in order. Where two have one name, the later one hides the earlier.</summary>
public sealed partial class DataViewSchema : IReadOnlyList<DataViewSchema.Column>
{
    private readonly Column[] _columns;
    private readonly Dictionary<string, int> _byName;
    private DataViewSchema(Column[] columns, Dictionary<string, int> byName) => (_columns, _byName) = (columns, byName);
    /// <summary>The number of columns, hidden ones included.</summary>
    public int Count => _columns.Length;
    /// <summary>The visible column of that name.</summary>
    public Column this[string name]
        => GetColumnOrNull(name) ?? throw new ArgumentOutOfRangeException(nameof(name), $"Column '{name}' not found");

    /// <summary>The column at that index.</summary>
    public Column this[int columnIndex]
        => (uint)columnIndex < (uint)_columns.Length ? _columns[columnIndex] : throw new ArgumentOutOfRangeException(nameof(columnIndex));

    /// <summary>The visible column of that name, or null.</summary>
    public Column? GetColumnOrNull(string name)
    {
        if (string.IsNullOrEmpty(name))
            throw new ArgumentNullException(nameof(name));
        return _byName.TryGetValue(name, out var index) ? _columns[index] : null;
    }

    /// <summary>The columns in order.</summary>
    public IEnumerator<Column> GetEnumerator() => ((IEnumerable<Column>)_columns).GetEnumerator();
    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    /// <summary>The number of columns.</summary>
    public override string ToString() => $"{Count} columns";

    /// <summary>A column: name, type, annotations and its place in a schema.</summary>
    public struct Column
    {
        internal Column(string name, DataViewType type, Annotations annotations = null, int index = 0, bool isHidden = false)
        {
            Name = string.IsNullOrEmpty(name) ? throw new ArgumentNullException(nameof(name)) : name;
            Type = type ?? throw new ArgumentNullException(nameof(type));
            (Annotations, Index, IsHidden) = (annotations ?? Annotations.Empty, index, isHidden);
        }

        /// <summary>The column's name.</summary>
        public string Name { get; }
        /// <summary>The column's place in the schema.</summary>
        public int Index { get; }
        /// <summary>Whether a later column of the same name hides this one.</summary>
        public bool IsHidden { get; }
        /// <summary>The type of the values.</summary>
        public DataViewType Type { get; }
        /// <summary>What else is known of the column, such as the names of slots.</summary>
        public Annotations Annotations { get; }

        /// <summary>Name, type and the names of annotations.</summary>
        public override string ToString()
            => Annotations == null || Annotations.Schema.Count == 0 ? $"{Name}: {Type}" : $"{Name}: {Type} {{{Annotations}}}";
    }

    /// <summary>Builds a schema column by column.</summary>
    public sealed class Builder
    {
        private readonly List<Column> _columns = [];
        /// <summary>Adds a column.</summary>
        public void AddColumn(string name, DataViewType type, Annotations annotations = null)
            => _columns.Add(new Column(name, type, annotations));
        /// <summary>Adds columns like those of a schema.</summary>
        public void AddColumns(IEnumerable<Column> source) => _columns.AddRange(source);

        /// <summary>The schema of the columns added so far.</summary>
        public DataViewSchema ToSchema()
        {
            var byName = new Dictionary<string, int>();
            for (var i = 0; i < _columns.Count; i++)
                byName[_columns[i].Name] = i;
            var columns = _columns.Select((c, i) => new Column(c.Name, c.Type, c.Annotations, i, byName[c.Name] != i));
            return new DataViewSchema(columns.ToArray(), byName);
        }
    }
}
