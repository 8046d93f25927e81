using System.Collections.Concurrent;
using HelpDesk.Access;
using HelpDesk.Database;
using HelpDesk.Time;
using Npgsql;

namespace HelpDesk.Webhooks;

/// <summary>Posts what is due, to every webhook on its own line. Safe on any number of servers at once; what hangs holds up nobody else.</summary>
internal sealed class SendEvents(
    NpgsqlDataSource database, WebhookSecrets secrets, WebhookPost post, PostLog outcomes, PauseWebhook pause, WebhookSettings settings, WebhookMeter meter, WebhookBell bell,
    TimeProvider machine, ILoggerFactory logs)
{
    private readonly ConcurrentDictionary<Guid, WebhookLine> lines = new();
    private readonly ConcurrentDictionary<Task, bool> begun = new();

    /// <summary>Begins with what is due and waits until it has been posted and recorded.</summary>
    /// <returns>How many tickets' events were claimed: call again while it answers more than zero.</returns>
    public async Task<int> RunOnce(CancellationToken cancel)
    {
        var claimed = await Begin(cancel);
        await Task.WhenAll(claimed.Select(claim => claim.Done));
        return claimed.Sum(claim => claim.Lanes);
    }

    /// <summary>Begins with what there is room for, and does not wait. The bell rings when there is room again.</summary>
    public async Task<int> Step(CancellationToken cancel) => (await Begin(cancel)).Sum(claim => claim.Lanes);

    public Task Finish()
    {
        foreach (var line in lines.Values) line.Stop();
        return Task.WhenAll(begun.Keys);
    }

    private async Task<IReadOnlyList<(int Lanes, Task Done)>> Begin(CancellationToken cancel)
    {
        var claimed = new List<(int, Task)>();
        foreach (var due in await Due(cancel))
        {
            if (due.IsDead) await pause.Run(due.Id, PauseReason.Failing, cancel);
            else if (await Begin(due, cancel) is { } claim) claimed.Add(claim);
        }

        return claimed;
    }

    private async Task<(int Lanes, Task Done)?> Begin(DueWebhook due, CancellationToken cancel)
    {
        var line = lines.GetOrAdd(due.Id, _ => new(post, outcomes, settings, meter, bell, machine, id => pause.Run(id, PauseReason.Gone, CancellationToken.None), logs.CreateLogger<WebhookLine>()));
        var (lanes, each) = line.Room;
        if (lanes == 0) return null;
        var signing = await secrets.Signing(WebhookHolder.OfWebhook(due.Id), cancel);
        var claim = await WebhookClaim.Take(database, due.Id, lanes, each, machine.GetCurrentInstant(), cancel);
        if (claim.Lanes.Count == 0) return null;
        var done = line.Begin(claim, new(due.Id, new(due.Url), signing));
        begun[done] = true;
        _ = done.ContinueWith(_ => begun.TryRemove(done, out var _), TaskScheduler.Default);
        return (claim.Lanes.Count, done);
    }

    /// <summary>Whether no event is to be posted, now or ever.</summary>
    public async Task<bool> NothingWaits(CancellationToken cancel)
    {
        await using var command = database.CreateCommand("select not exists (select from webhook_deliveries where state = 'pending')");
        return (bool)(await command.ExecuteScalarAsync(cancel))!;
    }

    private async Task<IReadOnlyList<DueWebhook>> Due(CancellationToken cancel)
    {
        await using var command = database.CreateCommand(
            $"""
            select w.id, w.url, coalesce(p.failing_since <= $2, false) from webhooks w join webhook_progress p on p.webhook_id = w.id
            where w.paused_at is null and (p.failing_since <= $2 or exists (
                select from webhook_deliveries d
                where d.webhook_id = w.id and d.state = 'pending' and d.next_attempt_at <= $1 and {Lease.IsOver("d.leased_until", "$1")}))
            """);
        var now = machine.GetCurrentInstant();
        command.Parameters.AddWithValue(now.ToUtc());
        command.Parameters.AddWithValue((now - settings.PauseAfter).ToUtc());
        var due = new List<DueWebhook>();
        await using var row = await command.ExecuteReaderAsync(cancel);
        while (await row.ReadAsync(cancel)) due.Add(new(row.GetGuid(0), row.GetString(1), row.GetBoolean(2)));
        return due;
    }

    private sealed record DueWebhook(Guid Id, string Url, bool IsDead);
}
