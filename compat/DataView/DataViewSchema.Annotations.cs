namespace Microsoft.ML;

public sealed partial class DataViewSchema
{
    /// <summary>What is known of a column besides its name and type: a row of named values.</summary>
    public sealed class Annotations
    {
        private readonly Delegate[] _getters;
        private Annotations(DataViewSchema schema, Delegate[] getters) => (Schema, _getters) = (schema, getters);
        /// <summary>No annotations.</summary>
        public static Annotations Empty { get; } = new(new DataViewSchema([], []), []);
        /// <summary>The names and types of the annotations.</summary>
        public DataViewSchema Schema { get; }

        /// <summary>A getter of one annotation.</summary>
        public ValueGetter<TValue> GetGetter<TValue>(Column column)
        {
            if (column.Index >= _getters.Length)
                throw new ArgumentException($"There is no annotation with index {column.Index}.", nameof(column));
            return _getters[column.Index] as ValueGetter<TValue>
                ?? throw new InvalidOperationException($"The annotation '{column.Name}' is {column.Type}, not {typeof(TValue)}.");
        }

        /// <summary>Writes the annotation called <paramref name="kind"/> into <paramref name="value"/>.</summary>
        public void GetValue<TValue>(string kind, ref TValue value)
        {
            var column = Schema.GetColumnOrNull(kind)
                ?? throw new InvalidOperationException($"There is no annotation '{kind}' among [{this}].");
            GetGetter<TValue>(column)(ref value);
        }

        /// <summary>The names of the annotations.</summary>
        public override string ToString() => string.Join(", ", Schema.Select(column => column.Name));

        /// <summary>Builds annotations one by one.</summary>
        public sealed class Builder
        {
            private readonly DataViewSchema.Builder _schema = new();
            private readonly List<Delegate> _getters = [];

            /// <summary>Adds those of a column's annotations whose names the selector accepts.</summary>
            public void Add(Annotations annotations, Func<string, bool> selector)
            {
                foreach (var column in annotations?.Schema.Where(c => selector(c.Name)) ?? [])
                    Add(column.Name, column.Type, annotations._getters[column.Index], column.Annotations);
            }

            /// <summary>Adds an annotation with its getter.</summary>
            public void Add<TValue>(string name, DataViewType type, ValueGetter<TValue> getter, Annotations annotations = null)
                => Add(name, type, (Delegate)getter, annotations);

            /// <summary>Adds an annotation with its getter, a <see cref="ValueGetter{TValue}"/> of the type's raw type.</summary>
            public void Add(string name, DataViewType type, Delegate getter, Annotations annotations = null)
            {
                ArgumentNullException.ThrowIfNull(type);
                ArgumentNullException.ThrowIfNull(getter);
                if (getter.GetType() != typeof(ValueGetter<>).MakeGenericType(type.RawType))
                    throw new ArgumentException($"A getter of '{type.RawType}' is needed for {type}, but it is {getter.GetType()}.",
                        nameof(getter));
                _schema.AddColumn(name, type, annotations);
                _getters.Add(getter);
            }

            /// <summary>Adds an annotation with a constant value.</summary>
            public void AddPrimitiveValue<TValue>(string name, PrimitiveDataViewType type, TValue value, Annotations annotations = null)
                => Add(name, type, (ref TValue destination) => destination = value, annotations);
            /// <summary>The annotations added so far.</summary>
            public Annotations ToAnnotations() => new(_schema.ToSchema(), _getters.ToArray());
        }
    }
}
