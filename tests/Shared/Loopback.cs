using System.Net;
using System.Net.Sockets;

namespace MlNetShallowNet.TestTools;

/// <summary>This machine's address for itself.</summary>
internal static class Loopback
{
    /// <summary>A port on which nothing listens.</summary>
    public static int FreePort()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
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
}
