using System.Collections.Concurrent;
using HelpDesk.Database;
using HelpDesk.Time;
using Npgsql;

namespace HelpDesk.Delivery;

/// <summary>
/// Hands over what is due. Safe on any number of servers at once, and safe to run again while a run is under way. A run takes one claim:
/// call again while it
/// answers more than zero. It lasts at most as long as its lease, however the mail server behaves.
/// </summary>
internal sealed class DeliverDue(
    NpgsqlDataSource database, IMailDoor door, WebhookMessages webhooks, MailOptions options, TimeProvider machine, ILogger<DeliverDue> log)
{
    /// <summary>What one attempt may take, machine time.</summary>
    public static readonly Duration AttemptLimit = Duration.FromSeconds(10);

    private static readonly Duration TimeToRecord = Duration.FromSeconds(1);

    /// <param name="now">Business time: what is due by it is handed over, dated by it.</param>
    /// <param name="cancel">Stops further attempts; one under way is let finish within its limit, for cutting it off might send it
    /// twice.</param>
    /// <returns>How many were claimed.</returns>
    public async Task<int> RunOnce(Instant now, CancellationToken cancel)
    {
        var claim = await DeliveryClaim.Take(database, now, machine.GetCurrentInstant(), cancel);
        if (claim.Mails.Count == 0) return 0;
        var waiting = new ConcurrentQueue<ClaimedMail>(claim.Mails);
        var lanes = Enumerable.Range(0, Math.Min(door.Connections, claim.Mails.Count)).Select(_ => SendAlongOneLane(claim, waiting, now, cancel));
        await Task.WhenAll(lanes);
        if (!waiting.IsEmpty) await claim.Release([.. waiting.Select(claimed => claimed.Mail.Id)]);
        return claim.Mails.Count;
    }

    private async Task SendAlongOneLane(DeliveryClaim claim, ConcurrentQueue<ClaimedMail> waiting, Instant now, CancellationToken cancel)
    {
        // An attempt begins only where it would end within the lease.
        while (!cancel.IsCancellationRequested
            && machine.GetCurrentInstant() + AttemptLimit + TimeToRecord < claim.LeasedUntil
            && waiting.TryDequeue(out var claimed))
        {
            var failure = await Attempt(claimed);
            if (!await Record(claim, claimed, failure, now))
            {
                log.LogWarning("Delivery {Delivery} outlasted its lease; whoever has taken it up since records what became of it", claimed.Mail.Id);
            }
        }
    }

    private async Task<MailFailure?> Attempt(ClaimedMail claimed)
    {
        // What the frontend fetches needs no hand-over.
        if (claimed.Channel == DeliveryChannel.Inbox) return null;
        using var limit = new CancellationTokenSource(AttemptLimit.ToTimeSpan(), machine);
        try
        {
            // Waited for apart from the door: not even one that ignores its token may hold up the lane.
            await (claimed.Channel == DeliveryChannel.Webhook ? webhooks.Send(claimed.Mail, limit.Token) : door.Send(claimed.Mail, limit.Token)).WaitAsync(limit.Token);
            return null;
        }
        catch (MailRefused refused)
        {
            return new(refused.Message, refused.IsPermanent);
        }
        catch (WebhookRefused refused)
        {
            return new(refused.Message, refused.IsPermanent, refused.RetryAfter);
        }
        catch (Exception) when (limit.IsCancellationRequested)
        {
            return new($"The {(claimed.Channel == DeliveryChannel.Webhook ? "receiver" : "mail server")} did not take it within {AttemptLimit.TotalSeconds:0} seconds.", IsPermanent: false);
        }
        catch (Exception error)
        {
            return new(error.Message, IsPermanent: false);
        }
    }

    private Task<bool> Record(DeliveryClaim claim, ClaimedMail claimed, MailFailure? failure, Instant now)
    {
        var id = claimed.Mail.Id;
        if (failure is null) return claim.RecordSent(id, now);
        var words = SingleLine.Of(failure.Words, most: 500);
        var attempts = claimed.Attempts + 1;
        if (failure.IsPermanent || attempts >= options.Attempts)
        {
            log.LogError(
                "Delivery {Delivery} ({Kind}, ticket {Ticket}) is given up after {Attempts} attempts: {Error}",
                id, claimed.Mail.Kind.Word(), claimed.Mail.TicketId, attempts, words);
            return claim.RecordDead(id, words, now);
        }

        log.LogWarning(
            "Delivery {Delivery} ({Kind}, ticket {Ticket}) failed and will be tried again: {Error}",
            id, claimed.Mail.Kind.Word(), claimed.Mail.TicketId, words);
        return claim.RecordFailed(id, words, (now + Duration.Max(Backoff.After(attempts, Random.Shared.NextDouble()), failure.RetryAfter)).ToMicrosecond());
    }

    /// <param name="RetryAfter">Not before it, where the other side asked for that.</param>
    private sealed record MailFailure(string Words, bool IsPermanent, Duration RetryAfter = default);
}
