namespace MlNetShallowNet.Samples;

/// <summary>
/// A mistake in what the user gave (a file, a column, a value). Its message is the one sentence that the user sees; the program then ends
/// with exit code 1.
/// </summary>
internal sealed class UserError(string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>The user's mistake at the root of an exception, if there is one: ML.NET wraps what is thrown while it reads rows.</summary>
    public static UserError? Within(Exception exception)
    {
        for (Exception? e = exception; e is not null; e = e.InnerException)
        {
            if (e is UserError error)
                return error;
            if (e is AggregateException several)
                return several.InnerExceptions.Select(Within).FirstOrDefault(found => found is not null);
        }
        return null;
    }
}
