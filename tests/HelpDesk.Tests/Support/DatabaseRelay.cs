using System.Net;
using System.Net.Sockets;
using System.Text;
using Npgsql;

namespace HelpDesk.Tests.Support;

/// <summary>Stands between a desk and its database, and cuts every connection when a message with a text goes by for the n-th time.</summary>
internal sealed class DatabaseRelay : IDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource end = new();
    private readonly NpgsqlConnectionStringBuilder server;
    private readonly Dictionary<string, int> seen = [];
    private readonly List<(string Text, int Time)> cutsAt;
    private readonly Lock gate = new();
    private readonly HashSet<Socket> open = [];

    /// <param name="connection">To the database.</param>
    /// <param name="cutsAt">Counted from 1.</param>
    public DatabaseRelay(string connection, params IEnumerable<(string Text, int Time)> cutsAt)
    {
        (server, this.cutsAt) = (new(connection), [.. cutsAt]);
        listener.Start();
        _ = Listen();
    }

    public string ConnectionString =>
        new NpgsqlConnectionStringBuilder(server.ConnectionString) { Host = "127.0.0.1", Port = ((IPEndPoint)listener.LocalEndpoint).Port, SslMode = SslMode.Disable }.ConnectionString;

    /// <summary>Those that have not gone by.</summary>
    public IReadOnlyList<(string Text, int Time)> Left
    {
        get
        {
            lock (gate) return [.. cutsAt];
        }
    }

    private async Task Listen()
    {
        try
        {
            while (true) _ = Relay(await listener.AcceptSocketAsync(end.Token));
        }
        catch (Exception error) when (error is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // Over.
        }
    }

    private async Task Relay(Socket desk)
    {
        // As PostgreSQL's own clients tell the two apart.
        EndPoint address = server.Host![0] == '/' ? new UnixDomainSocketEndPoint($"{server.Host}/.s.PGSQL.{server.Port}") : new DnsEndPoint(server.Host, server.Port);
        using var database = address is DnsEndPoint ? new Socket(SocketType.Stream, ProtocolType.Tcp) : new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        lock (gate) open.UnionWith([desk, database]);
        try
        {
            await database.ConnectAsync(address, end.Token);
            await Task.WhenAny(Pass(desk, database, isAsked: true), Pass(database, desk, isAsked: false));
        }
        finally
        {
            lock (gate) open.ExceptWith([desk, database]);
            desk.Dispose();
        }
    }

    private async Task Pass(Socket from, Socket to, bool isAsked)
    {
        var buffer = new byte[64 * 1024];
        try
        {
            while (await from.ReceiveAsync(buffer, end.Token) is > 0 and var length)
            {
                if (isAsked && IsCutAt(Encoding.UTF8.GetString(buffer, 0, length))) Cut();
                for (var sent = 0; sent < length;) sent += await to.SendAsync(buffer.AsMemory(sent, length - sent), end.Token);
            }
        }
        catch (Exception error) when (error is SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // One of the two has hung up.
        }
    }

    private bool IsCutAt(string message)
    {
        lock (gate)
        {
            var texts = cutsAt.Select(cut => cut.Text).Where(message.Contains).Distinct().ToList();
            foreach (var text in texts) seen[text] = seen.GetValueOrDefault(text) + 1;
            return cutsAt.RemoveAll(cut => texts.Contains(cut.Text) && seen[cut.Text] == cut.Time) > 0;
        }
    }

    private void Cut()
    {
        lock (gate)
        {
            foreach (var one in open) one.Dispose();
        }
    }

    public void Dispose()
    {
        end.Cancel();
        listener.Dispose();
        Cut();
        end.Dispose();
    }
}
