using System.Text.Json;
using HelpDesk.Database;
using HelpDesk.Delivery;
using HelpDesk.Events;
using HelpDesk.Time;
using HelpDesk.Web.Json;
using Npgsql;

namespace HelpDesk.Webhooks;

/// <summary>Pauses a webhook that is dead, and tells the desk's administrators by mail, in the same transaction: once, however many servers find it so.</summary>
internal sealed partial class PauseWebhook(
    NpgsqlDataSource database, DeskClock clock, WebhookSettings settings, Languages languages, MailIds ids, MailBell bell, ILogger<PauseWebhook> log)
{
    public async Task Run(Guid id, PauseReason why, CancellationToken cancel)
    {
        var now = await clock.Now(cancel);
        await using var transaction = await DeskTransaction.Begin(database, cancel);
        if (await Pause(transaction.Connection, id, why, now, cancel) is not { } paused) return;
        await using var batch = transaction.Connection.CreateBatch();
        EventLog.Append(batch, [new("webhook.paused", now, "desk", null, JsonSerializer.Serialize(
            new
            {
                webhookId = id, why = why.Word(), failingSince = paused.FailingSince,
                changes = new { paused = new { from = false, to = true } },
            },
            JsonConventions.Options))]);
        var letters = (await Administrators(transaction.Connection, cancel)).Select(admin => Letter(admin, id, why, paused, now)).ToList();
        Outbox.InsertMany(batch, letters, now);
        await batch.ExecuteNonQueryAsync(cancel);
        await transaction.CommitAsync(cancel);
        bell.Ring();
        LogPaused(id, paused.Url, why.Word());
    }

    /// <summary>Null where somebody was first, or it is not so any more.</summary>
    private async Task<Paused?> Pause(NpgsqlConnection connection, Guid id, PauseReason why, Instant now, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(
            """
            update webhooks w set paused_at = $2, paused_why = $3, updated_at = $2, row_version = row_version + 1 from webhook_progress p
            where w.id = $1 and p.webhook_id = w.id and w.paused_at is null and ($3 = 'gone' or p.failing_since <= $4)
            returning w.url, w.description, p.failing_since
            """,
            connection);
        new Values(command.Parameters).Uuid(id).Instant(now).Text(why.Word()).Instant(clock.MachineNow - settings.PauseAfter);
        await using var row = await command.ExecuteReaderAsync(cancel);
        return await row.ReadAsync(cancel) ? new(row.GetString(0), row.Text(1), row.IsDBNull(2) ? null : row.GetDateTime(2).ToInstant()) : null;
    }

    private static async Task<IReadOnlyList<Administrator>> Administrators(NpgsqlConnection connection, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand("select name, email, locale from agents where active and role = 'admin' order by name, id", connection);
        var found = new List<Administrator>();
        await using var row = await command.ExecuteReaderAsync(cancel);
        while (await row.ReadAsync(cancel)) found.Add(new(row.GetString(0), row.GetString(1), row.Text(2)));
        return found;
    }

    private OutgoingMessage Letter(Administrator admin, Guid webhook, PauseReason why, Paused paused, Instant now)
    {
        var id = Ids.New(now);
        var language = languages.For(admin.Locale);
        var (subject, text) = PausedWords.Of(language.Code, admin.Name, webhook, paused.Description is { } name ? $"{paused.Url} ({name})" : paused.Url, why == PauseReason.Gone);
        return new()
        {
            Id = id,
            Effect = $"webhook_paused:{webhook}:{id}",
            Kind = MessageKind.Notice,
            Recipient = admin.Email,
            RecipientName = admin.Name,
            Locale = language.Code,
            Subject = SingleLine.Of(subject),
            Text = text,
            Html = string.Concat(text.Split("\n\n").Select(paragraph => $"<p>{HtmlText.Escape(paragraph)}</p>")),
            MessageId = ids.Of(id),
        };
    }

    [LoggerMessage(2102, LogLevel.Error, "Webhook {Webhook} to {Url} is paused ({Why}): its events wait until somebody lets it go on")]
    private partial void LogPaused(Guid webhook, string url, string why);

    private sealed record Paused(string Url, string? Description, Instant? FailingSince);

    private sealed record Administrator(string Name, string Email, string? Locale);
}
