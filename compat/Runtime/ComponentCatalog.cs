namespace Microsoft.ML.Runtime;

/// <summary>The assemblies whose factories of custom mappings can be found when a model is loaded.</summary>
public sealed class ComponentCatalog
{
    private readonly HashSet<string> _assemblies = [];
    private readonly Dictionary<string, Type> _factories = [];
    private readonly Lock _lock = new();
    internal ComponentCatalog() { }

    /// <summary>Makes the factories of an assembly known; a contract that is known already throws, unless told not to.</summary>
    public void RegisterAssembly(Assembly assembly, bool throwOnError = true)
    {
        lock (_lock)
        {
            if (!_assemblies.Add(assembly.FullName) || assembly == typeof(ComponentCatalog).Assembly)
                return;
            var types = assembly.GetTypes().Where(type => type.IsClass && !type.IsAbstract);
            foreach (var type in types)
                if (type.GetCustomAttribute<CustomMappingFactoryAttributeAttribute>() is { ContractName: var contract }
                    && !_factories.TryAdd(contract, type) && throwOnError)
                    throw new InvalidOperationException($"A factory for the contract '{contract}' is registered already.");
        }
    }

    internal void RegisterAssembly(string assemblyName)
    {
        bool known;
        lock (_lock)
            known = _assemblies.Contains(assemblyName);
        if (!known)
            RegisterAssembly(Assembly.Load(assemblyName), throwOnError: false);
    }

    internal object CreateFactory(string contract)
    {
        Type type;
        lock (_lock)
            _factories.TryGetValue(contract, out type);
        return type != null ? Activator.CreateInstance(type) : throw new InvalidOperationException(
            $"Unable to locate an extension for the contract '{contract}'. Call {nameof(ComponentCatalog)}.{nameof(RegisterAssembly)} "
            + $"with the assembly of the class that carries '{nameof(CustomMappingFactoryAttributeAttribute)}'.");
    }
}
