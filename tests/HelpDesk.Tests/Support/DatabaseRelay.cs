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
    private readonly HashSet<TcpClient> open = [];

    /// <param name="connection">To the database.</param>
    /// <param name="cutsAt">Counted from 1.</param>
    public DatabaseRelay(string connection, params IEnumerable<(string Text, int Time)> cutsAt)
    {
        (server, this.cutsAt) = (new(connection), [.. cutsAt]);
        listener.Start();
        _ = Listen();
    }

    public string ConnectionString =>
        new NpgsqlConnectionStringBuilder(server.ConnectionString) { Host = "127.0.0.1", Port = ((IPEndPoint)listener.LocalEndpoint).Port }.ConnectionString;

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
            while (true) _ = Relay(await listener.AcceptTcpClientAsync(end.Token));
        }
        catch (Exception error) when (error is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // Over.
        }
    }

    private async Task Relay(TcpClient desk)
    {
        using var database = new TcpClient();
        lock (gate) open.UnionWith([desk, database]);
        try
        {
            await database.ConnectAsync(server.Host!, server.Port, end.Token);
            await Task.WhenAny(Pass(desk.GetStream(), database.GetStream(), isAsked: true), Pass(database.GetStream(), desk.GetStream(), isAsked: false));
        }
        finally
        {
            lock (gate) open.ExceptWith([desk, database]);
            desk.Dispose();
        }
    }

    private async Task Pass(NetworkStream from, NetworkStream to, bool isAsked)
    {
        var buffer = new byte[64 * 1024];
        try
        {
            while (await from.ReadAsync(buffer, end.Token) is > 0 and var length)
            {
                if (isAsked && IsCutAt(Encoding.UTF8.GetString(buffer, 0, length))) Cut();
                await to.WriteAsync(buffer.AsMemory(0, length), end.Token);
            }
        }
        catch (Exception error) when (error is IOException or OperationCanceledException or ObjectDisposedException)
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
            foreach (var client in open) client.Dispose();
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
