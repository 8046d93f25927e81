using System.Threading.Channels;

namespace HelpDesk.Time;

/// <summary>
/// Rung by whoever has just made work, heard by the loop in the same process that does it: a hint that saves waiting for the next look, never the
/// only way to find the work. Ringing is cheap, never blocks, and any number of rings before the next wait are one.
/// </summary>
internal class Bell
{
    private readonly Channel<bool> rings = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    public void Ring() => rings.Writer.TryWrite(true);

    /// <summary>Until rung or the time is over, by the machine's clock.</summary>
    /// <returns>Whether it was rung.</returns>
    public async Task<bool> Wait(Duration atMost, TimeProvider machine, CancellationToken cancel)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var rung = rings.Reader.WaitToReadAsync(over.Token).AsTask();
        var late = Task.Delay(atMost.ToTimeSpan(), machine, over.Token);
        await Task.WhenAny(rung, late);
        await over.CancelAsync();
        var isRung = rings.Reader.TryRead(out _);
        cancel.ThrowIfCancellationRequested();
        return isRung;
    }
}
