using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace MlNetShallowNet.Samples.Cluster;

/// <summary>Where the driver of a cluster is, as HOST:PORT.</summary>
internal sealed record ClusterAddress(string Host, int Port)
{
    /// <summary>Reads an address; null if it is none.</summary>
    public static ClusterAddress? Parse(string text)
    {
        int colon = text.LastIndexOf(':');
        return colon > 0 && int.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out int port) && port is > 0 and <= ushort.MaxValue
            ? new ClusterAddress(text[..colon].Trim('[', ']'), port)
            : null;
    }

    /// <summary>The address in numbers.</summary>
    /// <exception cref="UserError">The host is not known, or none that can be reached.</exception>
    public IPEndPoint Resolve()
    {
        try
        {
            IPAddress[] found = Dns.GetHostAddresses(Host);
            return new IPEndPoint(found.FirstOrDefault(address => address.AddressFamily == AddressFamily.InterNetwork) ?? found[0], Port);
        }
        catch (SocketException e)
        {
            throw new UserError($"There is no host {Host} ({e.Message}); give the address of the machine that drives.", e);
        }
        catch (ArgumentException e) // such as 0.0.0.0, which stands for all addresses of a machine
        {
            throw new UserError($"{Host} is no address by which others reach a machine; give that of the machine that drives, such as 10.0.0.1.", e);
        }
    }

    /// <summary>Whether something listens there.</summary>
    public static async Task<bool> Listens(IPEndPoint address, CancellationToken stop)
    {
        using Socket socket = new(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            await socket.ConnectAsync(address, stop).AsTask().WaitAsync(TimeSpan.FromSeconds(3), stop).ConfigureAwait(false);
            return true;
        }
        catch (Exception e) when (e is SocketException or TimeoutException)
        {
            return false;
        }
    }

    /// <summary>The address of this machine by which another one is reached.</summary>
    public static IPAddress Towards(IPEndPoint other)
    {
        using Socket socket = new(other.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
        socket.Connect(other);
        return ((IPEndPoint)socket.LocalEndPoint!).Address;
    }

    /// <summary>A port that nothing uses.</summary>
    public static int FreePort(IPAddress address)
    {
        using TcpListener listener = new(address, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    public override string ToString() => $"{Host}:{Port}";
}
