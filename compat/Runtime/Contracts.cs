namespace Microsoft.ML.Runtime;

/// <summary>Checks and the exceptions that ML.NET throws for them.</summary>
internal static class Contracts
{
    public static void Check([DoesNotReturnIf(false)] bool condition, string message)
    {
        if (!condition)
            throw new InvalidOperationException(message);
    }

    public static T CheckValue<T>(T value, [CallerArgumentExpression(nameof(value))] string name = null) where T : class
        => value ?? throw new ArgumentNullException(name);
    /// <summary>Throws <see cref="ArgumentOutOfRangeException"/> for null and empty text, as ML.NET does.</summary>
    public static string CheckNonEmpty(string value, [CallerArgumentExpression(nameof(value))] string name = null)
        => string.IsNullOrEmpty(value) ? throw ParamError(name, $"{name} cannot be null or empty") : value;

    public static void CheckParam([DoesNotReturnIf(false)] bool condition, string name, string message = null)
    {
        if (!condition)
            throw ParamError(name, message);
    }

    public static ArgumentOutOfRangeException ParamError(string name, string message)
        => message == null ? new ArgumentOutOfRangeException(name) : new ArgumentOutOfRangeException(name, message);
    public static ArgumentOutOfRangeException MissingColumn(string parameter, string role, string column)
        => new(parameter, $"Could not find {role} column '{column}'");
    public static ArgumentOutOfRangeException SchemaMismatch(string parameter, string role, string column, string expected, string actual)
        => new(parameter, $"Schema mismatch for {role} column '{column}': expected {expected}, got {actual}");
}

/// <summary>Calls a generic method whose type argument is known at run time only, such as a column's raw type.</summary>
internal static class Generic
{
    /// <summary>
    /// Calls the method behind <paramref name="method"/>, a method group written for any type (<c>MakeGetter&lt;int&gt;</c>), for
    /// <paramref name="type"/>. Exceptions pass unwrapped. Meant for setting things up, not for every row.
    /// </summary>
    public static TResult Invoke<TResult>(Delegate method, Type type, params object[] arguments)
        => Invoke<TResult>(method, [type], arguments);

    public static TResult Invoke<TResult>(Delegate method, Type[] types, params object[] arguments)
        => (TResult)method.Method.GetGenericMethodDefinition().MakeGenericMethod(types)
            .Invoke(method.Target, BindingFlags.DoNotWrapExceptions, null, arguments, null);
}
