using HelpDesk.Access;
using HelpDesk.Jobs;
using HelpDesk.Time;
using HelpDesk.Web;
using HelpDesk.Web.OpenApi;
using Microsoft.AspNetCore.Http.HttpResults;
using Npgsql;

namespace HelpDesk.Sandbox;

/// <summary>How far to go.</summary>
/// <param name="By">Zero runs what is due now; at most ten years. Example: "PT4H".</param>
[Example("""{ "by": "PT4H" }""")]
public sealed record AdvanceRequest(IsoDuration By);

/// <summary>What happened on the way.</summary>
/// <param name="Now">The instant it is now.</param>
/// <param name="Happened">In order.</param>
public sealed record AdvanceAnswer(Instant Now, IReadOnlyList<Happening> Happened);

/// <summary>One thing that happened.</summary>
/// <param name="At">When.</param>
/// <param name="What">follow_up, lapse, ladder, delivery, close, job, or another word for what a job did.</param>
/// <param name="TicketId">The ticket concerned.</param>
/// <param name="Detail">In words.</param>
public sealed record Happening(Instant At, string What, long? TicketId, string Detail);

/// <summary>Moves the sandbox's time from due instant to due instant, running the same jobs as the engine, in the order of their table.</summary>
internal sealed class AdvanceClock(NpgsqlDataSource database, IEnumerable<RecurringJob> jobs, IServiceProvider services, DeskClock clock, JobSwitches switches, TimeProvider machine)
{
    private static readonly Duration Furthest = Duration.FromDays(3_653);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    /// <summary>Longer than a lease: a message that a killed process was sending is taken up again within it.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly IReadOnlyList<RecurringJob> dueJobs = [.. jobs.Where(job => job.Clock == JobClock.Desk && job.NextDue is not null)];
    private readonly IReadOnlyList<RecurringJob> lastJobs = [.. jobs.Where(job => job.EndsAdvance)];
    private readonly IReadOnlyList<RecurringJob> askedJobs = [.. jobs.Where(job => job.IsUnfinished is not null)];

    /// <summary>Move the sandbox's clock forward, playing what falls due on the way</summary>
    /// <remarks>
    /// Many transactions, one after the other. With an Idempotency-Key one that was cut off can be sent again: it goes on to where the first was to lead, and no further, and
    /// tells what happened since it was sent again. A refusal is not kept.
    /// </remarks>
    public static async Task<Ok<AdvanceAnswer>> Handle(AdvanceRequest request, HttpContext http, AdvanceClock advance, Caller caller, CancellationToken cancel)
    {
        if (request.By.Value < Duration.Zero || request.By.Value > Furthest) throw Refusal.Invalid("by", "must be zero or longer, and at most ten years (P3653D)");
        var once = AdvanceOnce.Of(http, request);
        return TypedResults.Ok((once is null ? null : await once.Answer(cancel)) ?? await advance.By(request.By.Value, once, caller, http, cancel));
    }

    public static Refusal Busy() => Refusal.Conflict("clock-moving", "Somebody is moving the clock. Advances are one at a time.");

    private async Task<AdvanceAnswer> By(Duration by, AdvanceOnce? once, Caller caller, HttpContext http, CancellationToken cancel)
    {
        await using var held = await SandboxClock.TryHold(database, cancel) ?? throw (once?.Until is null ? Busy() : AdvanceOnce.Running());
        // Another may have been at it until now.
        if (once is not null && await once.Answer(cancel) is { } done) return done;
        var now = await clock.Now(cancel);
        if (!SandboxClock.Holds(now + by)) throw Refusal.Invalid("by", $"leads too far: the clock {SandboxClock.Rule}");
        var until = once?.Until is { } begun ? Instant.Max(begun, now) : now + by;
        if (once is { Until: null }) await once.Begun(until, cancel);
        var answer = await To(until, now, held, caller, http, cancel);
        if (once is not null) await once.Done(answer);
        return answer;
    }

    private async Task<AdvanceAnswer> To(Instant until, Instant now, SandboxClock held, Caller caller, HttpContext http, CancellationToken cancel)
    {
        // From here on the engine's own sweeps stand still.
        await held.Set(now, cancel, SetClock.Moved("sandbox.clock_advanced", now, until, now, caller, http));
        var happened = await Happenings.From(database, now, cancel);
        foreach (var job in await NotPaused(askedJobs, cancel)) await Finish(job, now, cancel);
        await happened.Collect(now, cancel);
        var playing = await NotPaused(dueJobs, cancel);
        var next = await NextDue(playing, now, cancel);
        while (next is { } due && Instant.Max(due, now) <= until)
        {
            now = Instant.Max(due, now);
            await held.Set(now, cancel);
            next = await RunAll(playing, now, cancel);
            await happened.Collect(now, cancel);
        }

        await held.Set(until, cancel);
        foreach (var job in await NotPaused(lastJobs, cancel)) await job.RunOnce(services, until, cancel);
        return new AdvanceAnswer(until, happened.All);
    }

    /// <summary>A job that somebody paused stands still in simulated time too.</summary>
    private async Task<IReadOnlyList<RecurringJob>> NotPaused(IReadOnlyList<RecurringJob> all, CancellationToken cancel)
    {
        var rows = await switches.Look(cancel);
        return [.. all.Where(job => rows.GetValueOrDefault(job.Name)?.PausedAt is null)];
    }

    /// <summary>What was asked for is done at the instant at which it was asked for. Another server may be at it.</summary>
    private async Task Finish(RecurringJob job, Instant now, CancellationToken cancel)
    {
        var start = machine.GetTimestamp();
        while (await job.IsUnfinished!(services, cancel))
        {
            if (await RunOut(job, now, cancel) > 0) start = machine.GetTimestamp();
            else if (machine.GetElapsedTime(start) > Patience) throw Refusal.Conflict("clock-stuck", $"What was asked for by {now} is not done yet.");
            else await Task.Delay(Pause, machine, cancel);
        }
    }

    private async Task<Instant?> NextDue(IReadOnlyList<RecurringJob> playing, Instant now, CancellationToken cancel)
    {
        Instant? earliest = null;
        foreach (var job in playing) earliest = Earlier(earliest, await job.NextDue!(services, now, cancel));
        return earliest;
    }

    private static Instant? Earlier(Instant? one, Instant? other) => one is null || other < one ? other : one;

    /// <summary>
    /// Every job with something due, in turn, until none has: what one of them does may be due for another at the same instant. Answers when something is
    /// due next.
    /// </summary>
    private async Task<Instant?> RunAll(IReadOnlyList<RecurringJob> playing, Instant now, CancellationToken cancel)
    {
        var start = machine.GetTimestamp();
        while (true)
        {
            var done = 0;
            Instant? next = null;
            foreach (var job in playing)
            {
                var due = await job.NextDue!(services, now, cancel);
                next = Earlier(next, due);
                if (due <= now) done += await RunOut(job, now, cancel);
            }

            if (done > 0) continue;
            if (next is null || next > now) return next;
            // Due, and nobody could do it: a killed process still holds a lease on it.
            if (machine.GetElapsedTime(start) > Patience) throw Refusal.Conflict("clock-stuck", $"What is due at {now} could not be done within {Patience.TotalSeconds} seconds.");
            await Task.Delay(Pause, machine, cancel);
        }
    }

    private async Task<int> RunOut(RecurringJob job, Instant now, CancellationToken cancel)
    {
        var done = 0;
        while (await job.RunOnce(services, now, cancel) is > 0 and var more) done += more;
        return done;
    }
}
