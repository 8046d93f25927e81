using System.Diagnostics;
using HelpDesk.Delivery;
using HelpDesk.Time;
using HelpDesk.Web.Telemetry;

namespace HelpDesk.Webhooks;

/// <summary>Where a webhook's posts go now, and what they are signed with.</summary>
internal sealed record WebhookTarget(Guid Id, Uri Url, IReadOnlyList<byte[]> Secrets);

/// <summary>
/// One webhook's posts on their way: so many at once and no more, whatever the receiver does, and none of another's. After failures in a row only a probe is made now and then,
/// until one is taken.
/// </summary>
internal sealed partial class WebhookLine(
    WebhookPost post, PostLog outcomes, WebhookSettings settings, WebhookMeter meter, WebhookBell bell, TimeProvider machine, Func<Guid, Task> gone, ILogger log)
{
    private const int MostLanes = 400;
    private const int MostOfALane = 50;

    /// <summary>A claim takes no more than will have begun within about this time.</summary>
    private static readonly Duration Ahead = Duration.FromSeconds(1);

    private static readonly Duration TimeToRecord = Duration.FromSeconds(1);
    private readonly Lock gate = new();
    private readonly Queue<Waiting> waiting = new();
    private readonly Circuit circuit = new();
    private int workers;
    private volatile bool isStopping;

    // How long a post takes of late, in seconds.
    private double usual = 0.02;

    /// <summary>How many tickets' events to claim, and how many of each; none of them where there is no room.</summary>
    public (int Lanes, int Each) Room
    {
        get
        {
            lock (gate)
            {
                if (isStopping || waiting.Count > settings.PerEndpoint / 2) return (0, 0);
                if (circuit.Allowance(machine.GetCurrentInstant()) is { } probes) return (workers > 0 ? 0 : probes, 1);
                var lanes = (int)(settings.PerEndpoint * Ahead.TotalSeconds / Math.Max(usual, 0.001));
                return (Math.Clamp(lanes, settings.PerEndpoint, MostLanes), MostOfALane);
            }
        }
    }

    /// <summary>Completes when everything claimed has been posted and recorded, or given back.</summary>
    public Task Begin(WebhookClaim claim, WebhookTarget target)
    {
        var batch = new Batch(claim.Lease, target, machine, claim.Lanes.Count);
        lock (gate)
        {
            foreach (var lane in claim.Lanes) waiting.Enqueue(new(lane, batch));
            for (var more = Math.Min(settings.PerEndpoint - workers, waiting.Count); more > 0; more--)
            {
                workers++;
                _ = Task.Run(Work, CancellationToken.None);
            }
        }

        return batch.Done;
    }

    public void Stop() => isStopping = true;

    private async Task Work()
    {
        while (TakeNext() is { } next)
        {
            var recorded = new List<Task>();
            try
            {
                await Send(next, recorded);
            }
            catch (Exception error)
            {
                LogFailed(error, next.Batch.Target.Id);
            }

            _ = Task.WhenAll(recorded).ContinueWith(
                _ =>
                {
                    next.Batch.OneIsDone();
                    if (Room.Lanes > 0) bell.Ring();
                },
                TaskScheduler.Default);
        }
    }

    private Waiting? TakeNext()
    {
        lock (gate)
        {
            if (waiting.TryDequeue(out var next)) return next;
            workers--;
            return null;
        }
    }

    /// <summary>One after the other: the next is not posted unless the one before it was taken.</summary>
    private async Task Send(Waiting next, List<Task> recorded)
    {
        foreach (var claimed in next.Lane.Events)
        {
            if (!MayBegin(next.Batch))
            {
                recorded.Add(outcomes.Record(Outcome(next, claimed, machine.GetCurrentInstant(), Duration.Zero, null)));
                return;
            }

            using var trace = Cause.Begin("post event", ActivityKind.Producer, claimed.Cause);
            var (at, start) = (machine.GetCurrentInstant(), machine.GetTimestamp());
            var result = await post.Send(next.Batch.Target.Url, OutgoingEvent.MessageId(claimed.Sequence), claimed.Body, next.Batch.Target.Secrets);
            var took = Duration.FromTimeSpan(machine.GetElapsedTime(start));
            if (result.IsTaken) circuit.Answered();
            else circuit.Failed(machine.GetCurrentInstant(), Random.Shared.NextDouble());
            usual += (took.TotalSeconds - usual) / 8;
            var outcome = Outcome(next, claimed, at, took, result);
            meter.Posted(outcome);
            trace?.SetTag("helpdesk.event.sequence", claimed.Sequence).SetTag("helpdesk.event.type", claimed.Type).SetTag("helpdesk.webhook.id", outcome.Webhook)
                .SetTag("http.response.status_code", result.Status).SetStatus(result.IsTaken ? ActivityStatusCode.Unset : ActivityStatusCode.Error);
            recorded.Add(outcomes.Record(outcome));
            if (result.IsTaken) continue;
            LogNotTaken(outcome.Sequence, outcome.Webhook, result.Error!);
            if (result.IsGone)
            {
                next.Batch.IsOver = true;
                recorded.Add(gone(outcome.Webhook));
            }

            return;
        }
    }

    private bool MayBegin(Batch batch)
    {
        if (isStopping || batch.IsOver || batch.Elapsed + WebhookPost.Limit + TimeToRecord >= WebhookClaim.Duration) return false;
        return circuit.TryBegin(machine.GetCurrentInstant());
    }

    private PostOutcome Outcome(Waiting next, ClaimedEvent claimed, Instant at, Duration took, PostResult? result)
    {
        Instant? again = null;
        if (result is { IsTaken: false })
        {
            var end = at + took;
            var isGivenUp = claimed.FirstFailedAt is { } first && end - first >= settings.GiveUpAfter;
            if (!isGivenUp) again = (end + RetryPause.After(claimed.Attempts + 1, result.RetryAfter, Random.Shared.NextDouble())).ToMicrosecond();
        }

        return new(next.Batch.Target.Id, next.Lane.Lane, claimed.Sequence, next.Batch.Lease, next.Batch.Target.Url.OriginalString, at, took, result, again);
    }

    [LoggerMessage(2104, LogLevel.Warning, "Event {Event} was not taken by webhook {Webhook}: {Error}")]
    private partial void LogNotTaken(long @event, Guid webhook, string error);

    [LoggerMessage(2105, LogLevel.Error, "Events could not be posted to webhook {Webhook}")]
    private partial void LogFailed(Exception error, Guid webhook);

    private sealed record Waiting(ClaimedLane Lane, Batch Batch);

    private sealed class Batch(Guid lease, WebhookTarget target, TimeProvider machine, int count)
    {
        private readonly TaskCompletionSource done = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly long begun = machine.GetTimestamp();
        private int left = count;

        public Guid Lease => lease;

        public WebhookTarget Target => target;

        public Task Done => done.Task;

        public Duration Elapsed => Duration.FromTimeSpan(machine.GetElapsedTime(begun));

        public bool IsOver { get; set; }

        public void OneIsDone()
        {
            if (Interlocked.Decrement(ref left) == 0) done.SetResult();
        }
    }
}
