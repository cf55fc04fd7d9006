using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace MlNetShallowNet.Samples;

/// <summary>
/// Ctrl+C, or the signal by which a system asks a program to end. The first one stops what goes on as cleanly as it can be: reading a table
/// ends with a sentence, training keeps what it has. The second ends the program at once, without its unfinished files.
/// </summary>
internal static class StopRequest
{
    private const int EndedBySignal = 130;

    private static readonly CancellationTokenSource _source = new();
    private static readonly AsyncLocal<StrongBox<bool>?> _hasWritten = new();
    private static bool _asked; // and not answered yet
    private static int _trainings;

    /// <summary>Cancelled by the first request.</summary>
    public static CancellationToken Token => _source.Token;

    /// <summary>What asked: Ctrl+C or SIGTERM.</summary>
    public static string By { get; private set; } = "Ctrl+C";

    /// <summary>Listens for requests from now on, until the program ends.</summary>
    public static IDisposable Listen()
    {
        _hasWritten.Value = new StrongBox<bool>();
        PosixSignalRegistration interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Ask);
        PosixSignalRegistration terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Ask);
        return new Registrations(interrupt, terminate);
    }

    /// <summary>Notes that this run of the program has written something that stays, so that it is not said that nothing was.</summary>
    public static void NoteWritten()
    {
        if (_hasWritten.Value is { } hasWritten)
            hasWritten.Value = true;
    }

    /// <summary>While what this gives lives, training reads rows and stops by <see cref="Token"/>, or what it has learnt is evaluated and saved.</summary>
    public static IDisposable WhileTraining()
    {
        Interlocked.Increment(ref _trainings);
        return new Training();
    }

    /// <summary>Ends what goes on if that was asked for.</summary>
    /// <param name="during">What goes on, as in "Stopped while ...".</param>
    /// <exception cref="UserError">A stop was asked for, and no training is there to keep something.</exception>
    public static void ThrowIfAsked(string during)
    {
        if (Volatile.Read(ref _asked) && Volatile.Read(ref _trainings) == 0)
            throw new UserError($"Stopped by {By} while {during}{(_hasWritten.Value is { Value: true } ? "" : "; nothing was written")}.");
    }

    private static void Ask(PosixSignalContext context)
    {
        context.Cancel = true;
        By = context.Signal == PosixSignal.SIGTERM ? "SIGTERM" : "Ctrl+C";
        if (_source.IsCancellationRequested)
            Environment.Exit(EndedBySignal);
        Volatile.Write(ref _asked, true);
        _source.Cancel();
    }

    private sealed class Training : IDisposable
    {
        // What training has kept is evaluated and saved, so the request is answered; only another one ends that.
        public void Dispose()
        {
            if (Interlocked.Decrement(ref _trainings) == 0)
                Volatile.Write(ref _asked, false);
        }
    }

    private sealed class Registrations(params IDisposable[] all) : IDisposable
    {
        public void Dispose() => Array.ForEach(all, registration => registration.Dispose());
    }
}
