namespace Microsoft.ML;

/// <summary>What is known of a schema before there is data: names and kinds of columns, without sizes.</summary>
public sealed class SchemaShape : IReadOnlyList<SchemaShape.Column>
{
    private static readonly SchemaShape _empty = new([]);
    private readonly Column[] _columns;
    /// <summary>A shape of columns.</summary>
    public SchemaShape(IEnumerable<Column> columns) => _columns = columns.ToArray();
    /// <summary>The number of columns.</summary>
    public int Count => _columns.Length;
    /// <summary>The column at that index.</summary>
    public Column this[int index] => _columns[index];
    /// <summary>The columns in order.</summary>
    public IEnumerator<Column> GetEnumerator() => ((IEnumerable<Column>)_columns).GetEnumerator();
    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    internal static SchemaShape Create(DataViewSchema schema) => new(schema.Where(column => !column.IsHidden).Select(column =>
        {
            var annotations = column.Annotations.Schema.Select(a => new Column(a.Name, a.Type, null)).ToArray();
            return new Column(column.Name, column.Type, annotations.Length > 0 ? new SchemaShape(annotations) : _empty);
        }));

    internal bool TryFindColumn(string name, out Column column)
    {
        column = _columns.FirstOrDefault(c => c.Name == name);
        return column.IsValid;
    }

    internal SchemaShape With(params IEnumerable<Column> columns)
    {
        var result = new OrderedDictionary<string, Column>(_columns.Select(c => KeyValuePair.Create(c.Name, c)));
        foreach (var column in columns)
            result[column.Name] = column;
        return new SchemaShape(result.Values);
    }

    /// <summary>A column of a shape.</summary>
    public struct Column
    {
        internal Column(string name, VectorKind kind, DataViewType itemType, bool isKey, SchemaShape annotations = null)
        {
            (Name, Kind, ItemType, IsKey) = (name, kind, itemType, isKey);
            Annotations = annotations ?? _empty;
        }

        internal Column(string name, DataViewType type, SchemaShape annotations) : this(name,
            type is not VectorDataViewType vector ? VectorKind.Scalar : vector.IsKnownSize ? VectorKind.Vector : VectorKind.VariableVector,
            ColumnTypes.FromRawType(type.GetItemType().RawType), type.GetItemType() is KeyDataViewType, annotations) { }

        /// <summary>Scalars or vectors.</summary>
        public enum VectorKind
        {
            /// <summary>Single values.</summary>
            Scalar,
            /// <summary>Vectors of one length.</summary>
            Vector,
            /// <summary>Vectors of any length.</summary>
            VariableVector,
        }

        /// <summary>The column's name.</summary>
        public readonly string Name;
        /// <summary>Whether the values are scalars or vectors.</summary>
        public readonly VectorKind Kind;
        /// <summary>The type of the scalars or of the vectors' items; for keys, the type that stores them.</summary>
        public readonly DataViewType ItemType;
        /// <summary>Whether the items are keys.</summary>
        public readonly bool IsKey;
        /// <summary>The annotations that the column will have.</summary>
        public readonly SchemaShape Annotations;
        internal readonly bool IsValid => Name != null;

        /// <summary>Whether <paramref name="source"/> can take this column's place: same kind, and all of its annotations.</summary>
        internal readonly bool IsCompatibleWith(Column source)
            => Name == source.Name && Kind == source.Kind && ItemType.Equals(source.ItemType) && IsKey == source.IsKey
                && Annotations.All(a => source.Annotations.TryFindColumn(a.Name, out var found) && a.IsCompatibleWith(found));

        internal readonly string GetTypeString()
        {
            var item = IsKey ? $"Key<{ItemType}>" : ItemType.ToString();
            return Kind switch { VectorKind.Vector => $"Vector<{item}>", VectorKind.VariableVector => $"VarVector<{item}>", _ => item };
        }
    }
}
