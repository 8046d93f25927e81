using HelpDesk.Time;

namespace HelpDesk.Jobs;

/// <summary>Work that comes back. It knows neither who calls it nor how often; running it twice at once on two servers must be harmless unless <see cref="JobReach"/> says otherwise.</summary>
/// <param name="Name">snake_case; names the job in logs and in the engine's tables.</param>
/// <param name="Every">How long after one look the next one comes at the latest.</param>
/// <param name="Reach">On each server, or once across all of them.</param>
/// <param name="Clock">Which <c>now</c> it is given.</param>
/// <param name="RunOnce">One batch; answers how much it did. On a server's own timer anything but 0 means that there may be more, and it is run again at once.</param>
internal sealed record RecurringJob(
    string Name, Duration Every, JobReach Reach, JobClock Clock, Func<IServiceProvider, Instant, CancellationToken, Task<int>> RunOnce)
{
    /// <summary>Rung when there is work before <see cref="Every"/> is over. For jobs of <see cref="JobReach.EachServer"/>.</summary>
    public Func<IServiceProvider, Bell>? Bell { get; init; }

    /// <summary>What a server's own timer runs in its place: as much as there is room for, without waiting for it to end. The bell rings when there is room again.</summary>
    public Func<IServiceProvider, Instant, CancellationToken, Task<int>>? Step { get; init; }

    /// <summary>Waits for what <see cref="Step"/> has begun, when the server stops.</summary>
    public Func<IServiceProvider, Task>? Finish { get; init; }

    /// <summary>The next instant at which there is something to do, as far as the database knows: the timer wakes then, if that is before <see cref="Every"/> is over.</summary>
    public Func<IServiceProvider, Instant, CancellationToken, Task<Instant?>>? NextDue { get; init; }

    /// <summary>
    /// Whether nothing is left that time alone brings, but for <see cref="NextDue"/>: no lease that may end, no pause that may be over. Then the timer looks again only when
    /// something was committed since the last look. Null: it always looks.
    /// </summary>
    public Func<IServiceProvider, CancellationToken, Task<bool>>? MayRest { get; init; }

    /// <summary>Whether an advance of a sandbox's clock ends with it: whoever asks next finds told what was played.</summary>
    public bool EndsAdvance { get; init; }

    /// <summary>
    /// For what is due at no instant, but as soon as it was asked for, and goes on in a sandbox too: whether some of it is left. An advance of the sandbox's
    /// clock does it, or waits for who does, before time moves.
    /// </summary>
    public Func<IServiceProvider, CancellationToken, Task<bool>>? IsUnfinished { get; init; }
}

internal enum JobReach
{
    /// <summary>On every server's own timer: safe because it claims rows with SKIP LOCKED, or touches only what is the server's own.</summary>
    EachServer,

    /// <summary>By the clustered engine, on one server at a time.</summary>
    OnceAcrossServers,
}

internal enum JobClock
{
    /// <summary>Business time. Stands still in a sandbox whose clock was set: there the sandbox runs it.</summary>
    Desk,

    /// <summary>The machine's time; goes on in a sandbox.</summary>
    Machine,
}
