namespace Microsoft.ML.Runtime;

/// <summary>The assemblies whose extensions, such as factories of custom mappings, can be found when a model is loaded.</summary>
public sealed class ComponentCatalog
{
    private readonly HashSet<string> _assemblies = [];
    private readonly Dictionary<(Type Attribute, string Contract), Type> _extensions = [];
    private readonly Lock _lock = new();
    internal ComponentCatalog() { }

    /// <summary>Makes the extensions of an assembly known; a contract that is known already throws, unless told not to.</summary>
    public void RegisterAssembly(Assembly assembly, bool throwOnError = true)
    {
        lock (_lock)
        {
            if (!_assemblies.Add(assembly.FullName) || assembly == typeof(ComponentCatalog).Assembly)
                return;
            var types = assembly.GetTypes().Where(type => type.IsClass && !type.IsAbstract);
            foreach (var (type, attribute) in types.SelectMany(
                type => type.GetCustomAttributes<ExtensionBaseAttribute>(), ValueTuple.Create))
            {
                if (!_extensions.TryAdd((attribute.GetType(), attribute.ContractName), type) && throwOnError)
                    throw new InvalidOperationException(
                        $"A '{attribute.GetType().Name}' for the contract '{attribute.ContractName}' is registered already.");
            }
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

    internal object CreateExtension(Type attribute, string contract)
    {
        Type type;
        lock (_lock)
            _extensions.TryGetValue((attribute, contract), out type);
        return type != null ? Activator.CreateInstance(type) : throw new InvalidOperationException(
            $"Unable to locate an extension for the contract '{contract}'. "
            + $"Call {nameof(ComponentCatalog)}.{nameof(RegisterAssembly)} with the assembly "
            + $"of the class that carries '{attribute.FullName}'.");
    }
}
