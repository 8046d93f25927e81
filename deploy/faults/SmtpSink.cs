using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace HelpDesk.Faults;

/// <summary>
/// A mail server on loopback that takes every mail it can, with the faults of its plan. Each desk is given a port of its own, so that the sink knows who
/// hands over.
/// </summary>
internal sealed class SmtpSink : IAsyncDisposable
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(5);

    private readonly CancellationTokenSource stop = new();
    private readonly ConcurrentQueue<Handover> taken = new();
    private readonly ConcurrentBag<Task> conversations = [];
    private readonly Dictionary<string, int> ports = [];
    private readonly List<Task> doors = [];
    private readonly FaultPlan faults;
    private readonly Timeline timeline;
    private readonly IReadOnlySet<string> nobody;
    private int attempts;

    /// <param name="nobody">Recipients that are refused for good, always.</param>
    public SmtpSink(IEnumerable<string> desks, FaultPlan faults, Timeline timeline, IReadOnlySet<string> nobody)
    {
        (this.faults, this.timeline, this.nobody) = (faults, timeline, nobody);
        foreach (var desk in desks)
        {
            var door = Open(0);
            ports[desk] = ((IPEndPoint)door.LocalEndPoint!).Port;
            doors.Add(Listen(desk, door));
        }
    }

    public IReadOnlyList<Handover> Taken => [.. taken];

    public int Attempts => attempts;

    public int PortFor(string desk) => ports[desk];

    private static Socket Open(int port)
    {
        var door = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        // What was served through it before may not be over yet.
        door.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
        door.Bind(new IPEndPoint(IPAddress.Loopback, port));
        door.Listen();
        return door;
    }

    /// <summary>While connections are refused the door is not there.</summary>
    private async Task Listen(string desk, Socket door)
    {
        try
        {
            while (true)
            {
                if (faults.Now == SinkFault.Refuse)
                {
                    door.Dispose();
                    while (faults.Now == SinkFault.Refuse) await Task.Delay(Look, TimeProvider.System, stop.Token);
                    door = Open(ports[desk]);
                }

                if (door.Poll(0, SelectMode.SelectRead)) conversations.Add(Converse(desk, await door.AcceptAsync(stop.Token)));
                else await Task.Delay(Look, TimeProvider.System, stop.Token);
            }
        }
        catch (OperationCanceledException)
        {
            door.Dispose();
        }
    }

    private async Task Converse(string desk, Socket client)
    {
        using var owned = client;
        client.NoDelay = true;
        Interlocked.Increment(ref attempts);
        try
        {
            using var conversation = new SmtpConversation(client, desk, faults, nobody, Take);
            await conversation.Run(stop.Token);
        }
        catch (Exception error) when (error is IOException or SocketException or OperationCanceledException)
        {
            // Either side hung up.
        }
    }

    private void Take(string id, string recipient, string desk, Instant begun, Instant at) =>
        taken.Enqueue(new Handover(id, recipient, desk, begun, at, timeline.DeskTime(at)));

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await Task.WhenAll(doors);
        await Task.WhenAll(conversations);
        stop.Dispose();
    }
}
