namespace MlNetShallowNet.Quality;

/// <summary>Something given on the command line, or a file, is not what it should be; the message says what to do.</summary>
internal sealed class BenchError(string message) : Exception(message);
