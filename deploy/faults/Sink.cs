using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace HelpDesk.Faults;

/// <summary>Something on loopback that takes messages, with the faults of its plan: doors that clients come in by, and what was taken.</summary>
internal sealed class Sink : IAsyncDisposable
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(5);

    private readonly CancellationTokenSource stop = new();
    private readonly ConcurrentQueue<Handover> taken = new();
    private readonly ConcurrentBag<Task> conversations = [];
    private readonly Dictionary<string, int> ports = [];
    private readonly List<Task> doors = [];
    private readonly FaultPlan faults;
    private readonly Func<Socket, string, Conversation> converse;

    /// <param name="names">Of the doors: each has a port of its own.</param>
    /// <param name="converse">Somebody has come in by the door of that name.</param>
    public Sink(IEnumerable<string> names, FaultPlan faults, Func<Socket, string, Conversation> converse)
    {
        (this.faults, this.converse) = (faults, converse);
        foreach (var name in names)
        {
            var door = Open(0);
            ports[name] = ((IPEndPoint)door.LocalEndPoint!).Port;
            doors.Add(Listen(name, door));
        }
    }

    public IReadOnlyList<Handover> Taken => [.. taken];

    public int Port(string name) => ports[name];

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
    private async Task Listen(string name, Socket door)
    {
        try
        {
            while (true)
            {
                if (faults.Now == SinkFault.Refuse)
                {
                    door.Dispose();
                    while (faults.Now == SinkFault.Refuse) await Task.Delay(Look, TimeProvider.System, stop.Token);
                    door = Open(ports[name]);
                }

                if (door.Poll(0, SelectMode.SelectRead)) conversations.Add(Converse(name, await door.AcceptAsync(stop.Token)));
                else await Task.Delay(Look, TimeProvider.System, stop.Token);
            }
        }
        catch (OperationCanceledException)
        {
            door.Dispose();
        }
    }

    private async Task Converse(string name, Socket client)
    {
        using var owned = client;
        client.NoDelay = true;
        using var conversation = converse(client, name);
        conversation.Took = taken.Enqueue;
        try
        {
            await conversation.Run(stop.Token);
        }
        catch (Exception error) when (error is IOException or SocketException or OperationCanceledException)
        {
            // Either side hung up.
        }
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await Task.WhenAll(doors);
        await Task.WhenAll(conversations);
        stop.Dispose();
    }
}
