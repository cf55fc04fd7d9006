namespace Microsoft.ML.Transforms;

/// <summary>Makes columns by the user's code.</summary>
public sealed class CustomMappingTransformer<TSrc, TDst> : RowToRowTransformerBase where TSrc : class, new() where TDst : class, new()
{
    private readonly Action<TSrc, TDst> _map;
    private readonly string _contractName;
    private readonly SchemaDefinition _inputDefinition;
    private readonly RowMember<TDst>[] _members;

    internal CustomMappingTransformer(
        IHostEnvironment env, Action<TSrc, TDst> mapAction, string contractName, SchemaDefinition inputDefinition,
        SchemaDefinition outputDefinition) : base(env)
    {
        (_map, _contractName, _inputDefinition) = (Contracts.CheckValue(mapAction), contractName, inputDefinition);
        _members = RowMember<TDst>.Bind(outputDefinition ?? SchemaDefinition.Create(typeof(TDst), SchemaDefinition.Direction.Write),
            SchemaDefinition.Direction.Read);
    }

    private IEnumerable<DataViewSchema.Column> Outputs => _members.Select(member => member.Column);

    internal SchemaShape Shape(SchemaShape inputSchema)
    {
        foreach (var needed in _inputDefinition ?? SchemaDefinition.Create(typeof(TSrc), SchemaDefinition.Direction.Write))
        {
            var column = inputSchema.Require(needed.ColumnName);
            var shape = new SchemaShape.Column(needed.ColumnName, needed.ColumnType, null);
            // Where vectors of any size are taken, those of one size are too.
            bool fits = shape.ItemType.Equals(column.ItemType) && shape.IsKey == column.IsKey && (shape.Kind == VectorKind.VariableVector
                ? column.Kind != VectorKind.Scalar : column.Kind == shape.Kind);
            if (!fits)
                throw TransformHelpers.WrongInput(needed.ColumnName, needed.ColumnType.ToString(), column.GetTypeString());
        }
        return inputSchema.With(Outputs.Select(column => new SchemaShape.Column(column.Name, column.Type, null)));
    }

    private protected override RowMapper MakeMapper(DataViewSchema inputSchema)
    {
        var filler = new ObjectFiller<TSrc>(inputSchema, ignoreMissingColumns: false, _inputDefinition);
        return new RowMapper(inputSchema, [.. Outputs], _ => filler.Columns.Select(column => column.Index),
            (input, _) => MakeGetters(input, filler.Over(input)));
    }

    private protected override void Save(ModelSaveContext ctx)
    {
        Contracts.Check(_contractName != null, "Empty contract name for a transform: the transform cannot be saved");
        ctx.Save(CustomMappingFactory.Kind, _contractName, _map.Method.DeclaringType.Assembly.FullName);
    }

    private Delegate[] MakeGetters(DataViewRow input, Action<TSrc> fill)
    {
        var (source, holder) = (new TSrc(), new RowHolder<TDst> { Current = new TDst() });
        // All columns of a row come from one call of the user's code.
        var refresh = RowMapper.OncePerRow(input, () =>
        {
            fill(source);
            _map(source, holder.Current);
        });
        return Array.ConvertAll(_members, member
            => Generic.Invoke<Delegate>(After<int>, member.Column.Type.RawType, refresh, member.MakeGetter(holder)));
    }

    private static ValueGetter<T> After<T>(Action refresh, Delegate getter)
    {
        var get = (ValueGetter<T>)getter;
        return (ref value) =>
        {
            refresh();
            get(ref value);
        };
    }
}

/// <summary>Names the contract of a <see cref="CustomMappingFactory{TSrc, TDst}"/>, by which saved mappings find it.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class CustomMappingFactoryAttributeAttribute : Attribute
{
    /// <summary>The contract, as passed to <c>CustomMapping</c>.</summary>
    public CustomMappingFactoryAttributeAttribute(string contractName) => ContractName = contractName;
    internal string ContractName { get; }
}

/// <summary>Gives a mapping to models that are loaded.</summary>
public abstract class CustomMappingFactory<TSrc, TDst> : CustomMappingFactory where TSrc : class, new() where TDst : class, new()
{
    /// <summary>The mapping: reads the first object and fills the second.</summary>
    public abstract Action<TSrc, TDst> GetMapping();
    internal sealed override ITransformer Create(IHostEnvironment env, string contractName)
        => new CustomMappingTransformer<TSrc, TDst>(env, GetMapping(), contractName, null, null);
}

/// <summary>Base of <see cref="CustomMappingFactory{TSrc, TDst}"/>.</summary>
public abstract class CustomMappingFactory
{
    internal const string Kind = "CustomMapping";
    private protected CustomMappingFactory() { }
    internal abstract ITransformer Create(IHostEnvironment env, string contractName);

    [ModelLoader(Kind)]
    private static ITransformer Load(IHostEnvironment env, string contract, string assembly)
    {
        env.ComponentCatalog.RegisterAssembly(assembly);
        return (env.ComponentCatalog.CreateFactory(contract) as CustomMappingFactory)?.Create(env, contract)
            ?? throw new InvalidOperationException($"The class for the contract '{contract}' is no {nameof(CustomMappingFactory)}.");
    }
}
