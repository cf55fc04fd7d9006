using System.Net;
using System.Net.Sockets;

namespace MlNetShallowNet.TestTools;

/// <summary>This machine's address for itself.</summary>
internal static class Loopback
{
    // Kernels give ports from 32,768 on to those who ask for any: one of them could be another's before it is listened on.
    private const int First = 10_000, End = 32_000, MostTries = 1_000;

    private static readonly HashSet<int> _given = [];

    /// <summary>A port on which nothing listens, each time another one.</summary>
    public static int FreePort()
    {
        lock (_given)
        {
            for (int i = 0; i < MostTries; i++)
            {
                int port = Random.Shared.Next(First, End);
                if (!_given.Contains(port) && IsFree(port) && _given.Add(port))
                    return port;
            }
        }
        throw new InvalidOperationException($"None of {MostTries} ports from {First} to {End - 1} is free.");
    }

    /// <summary>Whether something listens on a port.</summary>
    public static bool Listens(int port)
    {
        using TcpClient client = new();
        try
        {
            client.Connect(IPAddress.Loopback, port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private static bool IsFree(int port)
    {
        using TcpListener listener = new(IPAddress.Loopback, port) { ExclusiveAddressUse = true };
        try
        {
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
