using System.Collections.Concurrent;
using System.Diagnostics;
using HelpDesk.Database;
using HelpDesk.Time;
using HelpDesk.Web.Telemetry;
using Npgsql;

namespace HelpDesk.Delivery;

/// <summary>
/// One channel's messages on their way: claimed, then handed over along as many lanes as the route has connections. One that hangs takes its lane alone; the others
/// go on, with what is claimed meanwhile.
/// </summary>
internal sealed partial class DeliveryLine(
    DeliveryRoute route, NpgsqlDataSource database, OutcomeLog outcomes, Circuits circuits, DeliveryMeter meter, MailBell bell, TimeProvider machine, ILogger log)
{
    private const int MostAtOnce = 200;

    /// <summary>A claim takes no more than the lanes will have begun within about this time: others may be free sooner.</summary>
    private static readonly Duration Ahead = Duration.FromSeconds(2);

    private static readonly Duration TimeToRecord = Duration.FromSeconds(1);
    private readonly Lock gate = new();
    private readonly Queue<Waiting> waiting = new();
    private readonly ConcurrentDictionary<Guid, Task> claims = new();
    private readonly Dictionary<string, int> held = new(StringComparer.Ordinal);
    private int lanes;
    private volatile bool isStopping;

    // How long a hand-over takes of late, in seconds.
    private double usual = 0.02;

    public DeliveryChannel Channel => route.Channel;

    public IReadOnlyList<KeyValuePair<string, Circuit>> Known => circuits.Known;

    public bool HasRoom
    {
        get
        {
            lock (gate) return waiting.Count <= route.Connections;
        }
    }

    /// <summary>A hand-over that is begun with less than this left until it expires would usually end after it.</summary>
    private Duration Margin(DeliveryMoment moment) => moment.IsHeld ? Duration.Zero : Duration.FromSeconds(0.1 + 2 * usual);

    /// <summary>One claim, its messages under way. Null when there was nothing to claim.</summary>
    public async Task<(int Count, Task Done)?> Begin(DeliveryMoment moment, CancellationToken cancel)
    {
        if (isStopping || Wish(moment) is not { AtMost: > 0 } wish) return null;
        var claim = await DeliveryClaim.Take(database, wish, cancel);
        if (claim.Mails.Count == 0) return null;
        var batch = new Batch(claim.Mails.Count, moment, cancel);
        claims[claim.Id] = batch.Done;
        _ = batch.Done.ContinueWith(_ => claims.TryRemove(claim.Id, out Task? _), TaskScheduler.Default);
        lock (gate)
        {
            foreach (var mail in claim.Mails) waiting.Enqueue(new(mail, batch));
            if (route.HasHostPerKey) foreach (var mail in claim.Mails) held[mail.Key] = held.GetValueOrDefault(mail.Key) + 1;
            for (var more = Math.Min(route.Connections - lanes, waiting.Count); more > 0; more--)
            {
                lanes++;
                _ = Task.Run(Lane, CancellationToken.None);
            }
        }

        return (claim.Mails.Count, batch.Done);
    }

    /// <summary>When there is something to claim; null when there is nothing, or no room for it: then the bell rings once there is.</summary>
    public async Task<Instant?> NextDue(DeliveryMoment moment, CancellationToken cancel)
    {
        if (!HasRoom) return null;
        var machineNow = machine.GetCurrentInstant();
        var wish = Wish(moment);
        var due = wish.AtMost > 0 ? await DeliveryClaim.NextDue(database, wish, cancel) : null;
        var waits = new[] { route.Throttle?.NextLeft(machineNow) }.Concat(Hosts().Select(host => host.Circuit.NextProbe)).Where(at => at > machineNow);
        return waits.Select(at => moment.Now + (at - machineNow)).Append(due).Min();
    }

    public Task Finish()
    {
        isStopping = true;
        return Task.WhenAll(claims.Values);
    }

    private IEnumerable<(string Key, Circuit Circuit)> Hosts() =>
        route.HasHostPerKey ? circuits.Open.Select(each => (each.Key, each.Value)) : [("", circuits.Of(route.ServerOf("")))];

    /// <summary>No host takes all lanes: the others go on when it hangs.</summary>
    private int HostShare => Math.Max(1, route.Connections / 2);

    private Dictionary<string, int> HostsLeft(Instant machineNow)
    {
        var left = Hosts().ToDictionary(host => host.Key, host => host.Circuit.Allowance(machineNow) ?? HostShare, StringComparer.Ordinal);
        lock (gate)
        {
            foreach (var (host, count) in held) left[host] = Math.Min(left.GetValueOrDefault(host, HostShare), HostShare - count);
        }

        return left;
    }

    private DeliveryWish Wish(DeliveryMoment moment)
    {
        var machineNow = machine.GetCurrentInstant();
        var atMost = Math.Clamp((int)(route.Connections * Ahead.TotalSeconds / Math.Max(usual, 0.001)), route.Connections, MostAtOnce);
        if (moment.IsHeld) return new(route.Channel, route.Key, moment.Now, machineNow, Duration.Zero, atMost, Allowances.Any);
        var byKey = route.Throttle is { IsOn: true } throttle ? throttle.Left(machineNow) : new Dictionary<string, int>();
        if (route.HasHostPerKey) return new(route.Channel, route.Key, moment.Now, machineNow, Margin(moment), atMost, new(HostShare, HostsLeft(machineNow)));
        else atMost = Math.Min(atMost, circuits.Of(route.ServerOf("")).Allowance(machineNow) ?? atMost);
        return new(route.Channel, route.Key, moment.Now, machineNow, Margin(moment), atMost, new(route.Throttle?.Otherwise, byKey));
    }

    private async Task Lane()
    {
        while (TakeNext() is { } next)
        {
            try
            {
                await (MayBegin(next) is { } limit ? HandOver(next, limit) : outcomes.Release(next.Claimed.Mail.Id, next.Claimed.Lease));
            }
            catch (Exception error)
            {
                LogFailed(error, next.Claimed.Mail.Id);
            }
            finally
            {
                LetGo(next.Claimed.Key);
                next.Batch.OneIsDone();
            }
        }
    }

    private void LetGo(string host)
    {
        if (!route.HasHostPerKey) return;
        lock (gate)
        {
            if (--held[host] == 0) held.Remove(host);
        }

        // It may have been held back for its share alone.
        bell.Ring();
    }

    private Waiting? TakeNext()
    {
        var isTimeForMore = false;
        try
        {
            lock (gate)
            {
                if (waiting.TryDequeue(out var next))
                {
                    isTimeForMore = waiting.Count == route.Connections;
                    return next;
                }

                lanes--;
                isTimeForMore = true;
                return null;
            }
        }
        finally
        {
            if (isTimeForMore) bell.Ring();
        }
    }

    /// <summary>What the attempt may take, or null where it must not begin: it would not end within the lease or before the message expires, or its host or domain can take no more now.</summary>
    private Duration? MayBegin(Waiting next)
    {
        var (claimed, batch) = next;
        if (isStopping || batch.Cancel.IsCancellationRequested || batch.Moment.Elapsed + DeliverDue.AttemptLimit + TimeToRecord >= DeliveryClaim.Lease) return null;
        if (batch.Moment.IsHeld) return DeliverDue.AttemptLimit;
        var left = claimed.ExpiresAt - batch.Moment.Current;
        if (left <= Margin(batch.Moment)) return null;
        var machineNow = machine.GetCurrentInstant();
        var circuit = circuits.Of(route.ServerOf(claimed.Key));
        if (!circuit.TryBegin(machineNow)) return null;
        if (route.Throttle?.TryTake(claimed.Key, machineNow) == false)
        {
            circuit.LeftAlone();
            meter.Throttled(route.Channel);
            return null;
        }

        return left is { } soon && soon < DeliverDue.AttemptLimit ? soon : DeliverDue.AttemptLimit;
    }

    private async Task HandOver(Waiting next, Duration limit)
    {
        var (claimed, batch) = next;
        using var trace = Cause.Begin($"deliver {route.Channel.Word()}", ActivityKind.Producer, claimed.Cause);
        var (at, start) = (batch.Moment.Current, machine.GetTimestamp());
        var result = await Attempt.Make(route.HandOver, claimed.Mail with { At = at }, limit, machine);
        var took = Duration.FromTimeSpan(machine.GetElapsedTime(start));
        var server = route.ServerOf(claimed.Key);
        if (!batch.Moment.IsHeld) Tell(server, result);
        if (result.What == AttemptOutcome.Sent) usual += (took.TotalSeconds - usual) / 8;
        var now = batch.Moment.Current;
        var outcome = new Outcome(claimed.Mail.Id, claimed.Lease, Verdict(claimed, result, now), at, now, took, server, result.Words, null);
        if (outcome.What == AttemptOutcome.Late) outcome = outcome with { Words = $"Taken only after {claimed.ExpiresAt}, until when it held.", NextAttemptAt = now };
        if (outcome.What is AttemptOutcome.Failed or AttemptOutcome.Unreachable) outcome = outcome with { NextAttemptAt = (now + Duration.Max(result.RetryAfter, Pause(claimed, outcome))).ToMicrosecond() };
        Say(claimed, outcome);
        Describe(trace, claimed, outcome);
        var isRecorded = await outcomes.Record(outcome);
        if (isRecorded) meter.Ended(route.Channel, claimed, outcome);
        else LogOutlasted(claimed.Mail.Id);
    }

    /// <summary>Neither who is written to nor what the other side said: both may be personal.</summary>
    private void Describe(Activity? trace, ClaimedMail claimed, Outcome outcome) => trace?
        .SetTag("helpdesk.delivery.id", claimed.Mail.Id).SetTag("helpdesk.delivery.channel", route.Channel.Word()).SetTag("helpdesk.delivery.kind", claimed.Mail.Kind.Word())
        .SetTag("helpdesk.delivery.outcome", outcome.What.Word()).SetTag("helpdesk.ticket.id", claimed.Mail.TicketId)
        .SetStatus(outcome.What == AttemptOutcome.Sent ? ActivityStatusCode.Unset : ActivityStatusCode.Error);

    private void Tell(string server, AttemptResult result)
    {
        if (result.IsAway) circuits.Failed(server, result.Words!);
        else circuits.Answered(server);
    }

    private AttemptOutcome Verdict(ClaimedMail claimed, AttemptResult result, Instant now) =>
        result.What == AttemptOutcome.Sent && claimed.ExpiresAt < now ? AttemptOutcome.Late
        : result.What == AttemptOutcome.Failed && route.GiveUp.Is(claimed.Attempts + 1, claimed.RefusedSince, now) ? AttemptOutcome.Dead : result.What;

    /// <summary>While a host is away its circuit spares it; the messages themselves then need not wait long once it is back.</summary>
    private Duration Pause(ClaimedMail claimed, Outcome outcome)
    {
        var pause = Backoff.After(claimed.Tries + 1, Random.Shared.NextDouble());
        return outcome.What == AttemptOutcome.Unreachable && circuits.Of(outcome.Server).IsOpen ? Duration.Min(pause, Circuit.Longest) : pause;
    }

    private void Say(ClaimedMail claimed, Outcome outcome)
    {
        var (id, kind, ticket) = (claimed.Mail.Id, claimed.Mail.Kind.Word(), claimed.Mail.TicketId);
        if (outcome.What == AttemptOutcome.Dead) LogDead(id, kind, ticket, claimed.Tries + 1, outcome.Words!);
        else if (outcome.What != AttemptOutcome.Sent) LogFailedAttempt(id, kind, ticket, outcome.Words!);
    }

    [LoggerMessage(2003, LogLevel.Error, "Delivery {Delivery} ({Kind}, ticket {Ticket}) is given up after {Attempts} attempts: {Error}")]
    private partial void LogDead(Guid delivery, string kind, long? ticket, int attempts, string error);

    [LoggerMessage(2004, LogLevel.Warning, "Delivery {Delivery} ({Kind}, ticket {Ticket}) failed and will be tried again: {Error}")]
    private partial void LogFailedAttempt(Guid delivery, string kind, long? ticket, string error);

    [LoggerMessage(2005, LogLevel.Warning, "Delivery {Delivery} outlasted its lease, or has been ended since; whoever has taken it up records what becomes of it")]
    private partial void LogOutlasted(Guid delivery);

    [LoggerMessage(2006, LogLevel.Error, "What became of delivery {Delivery} could not be recorded")]
    private partial void LogFailed(Exception error, Guid delivery);

    private sealed record Waiting(ClaimedMail Claimed, Batch Batch);

    private sealed class Batch(int count, DeliveryMoment moment, CancellationToken cancel)
    {
        private readonly TaskCompletionSource done = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int left = count;

        public DeliveryMoment Moment => moment;

        public CancellationToken Cancel => cancel;

        public Task Done => done.Task;

        public void OneIsDone()
        {
            if (Interlocked.Decrement(ref left) == 0) done.SetResult();
        }
    }
}
