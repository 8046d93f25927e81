using System.Net.Sockets;
using System.Text;

namespace HelpDesk.Faults;

/// <summary>
/// One client of a sink. A message counts as taken at the instant of the answer that says so, and only if the client is still there then: a desk that was
/// killed or has given up in the meantime has handed nothing over.
/// </summary>
internal abstract class Conversation(Socket client, FaultPlan faults) : IDisposable
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(10);

    private readonly NetworkStream stream = new(client);

    public Action<Handover> Took { get; set; } = _ => { };

    /// <summary>What the client says, line by line; bytes are letters.</summary>
    protected StreamReader Lines { get; } = new(new NetworkStream(client), Encoding.Latin1);

    /// <summary>What the client has connected to.</summary>
    protected string Here => $"{client.LocalEndPoint}";

    public abstract Task Run(CancellationToken cancel);

    /// <summary>Says that it has the message, after the time that it takes while it is slow.</summary>
    protected async Task Take(string reply, Func<Instant, Handover> handover, CancellationToken cancel)
    {
        if (faults.Now == SinkFault.Slow) await Task.Delay(faults.Slowness(), TimeProvider.System, cancel);
        if (HasGone()) throw new IOException("The client has given up.");
        var at = Timeline.Now;
        await Say(reply, cancel);
        Took(handover(at));
    }

    protected bool Defers() => faults.Now == SinkFault.Defer && faults.Strikes(0.4);

    protected bool Closes() => faults.Now == SinkFault.Close && faults.Strikes(0.5);

    /// <summary>It never says a word again, however long the client waits.</summary>
    protected async Task HangIfStruck(double share, CancellationToken cancel)
    {
        if (faults.Now != SinkFault.Hang || !faults.Strikes(share)) return;
        while (!HasGone()) await Task.Delay(Look, TimeProvider.System, cancel);
        throw new IOException("The client has given up.");
    }

    private bool HasGone() => client.Poll(0, SelectMode.SelectRead) && client.Available == 0;

    protected ValueTask Say(string reply, CancellationToken cancel) => stream.WriteAsync(Encoding.Latin1.GetBytes(reply + "\r\n"), cancel);

    public void Dispose()
    {
        Lines.Dispose();
        stream.Dispose();
    }
}
