using System.Security.Cryptography;
using System.Text;
using HelpDesk.Access;
using HelpDesk.Database;
using HelpDesk.Time;
using Npgsql;

namespace HelpDesk.Inbound;

/// <summary>What is remembered of each mail: that it was filed, and as what.</summary>
internal static class InboundLog
{
    public static byte[] Hash(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));

    /// <summary>What tells a mail from others: who names it and how. Of a mail that nobody named its bytes do.</summary>
    public static byte[] Fingerprint(ReceivedMail mail, byte[] raw) => mail.MessageId is { } id ? Hash($"{id}\n{mail.Sender.Address}") : raw;

    /// <summary>Whether this mail is new. A copy that is filed at this moment is waited for.</summary>
    public static async Task<bool> Begin(NpgsqlConnection connection, Guid id, byte[] fingerprint, ReceivedMail mail, Instant now, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(
            """
            insert into inbound_mails (id, fingerprint, named, outcome, automated, quoted, received_at) values ($1, $2, $3, 'message', $4, $5, $6)
            on conflict (fingerprint) do nothing
            """, connection);
        var values = new Values(command.Parameters).Uuid(id);
        command.Parameters.Add(new() { Value = fingerprint });
        command.Parameters.Add(new() { Value = mail.MessageId is { } named ? Hash(named) : fingerprint });
        command.Parameters.Add(new() { Value = mail.IsAutomated });
        values.Text(mail.Quoted).Instant(now);
        return await command.ExecuteNonQueryAsync(cancel) == 1;
    }

    public static async Task End(NpgsqlConnection connection, Guid id, InboundOutcome outcome, Guid? message, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand("update inbound_mails set outcome = $2, message_id = $3, quoted = case when $3 is null then null else quoted end where id = $1", connection);
        new Values(command.Parameters).Uuid(id).Text(outcome.Word()).Uuid(message);
        await command.ExecuteNonQueryAsync(cancel);
    }

    /// <summary>By its fingerprint or its id; null where there is none, or none that the caller sees.</summary>
    public static async Task<InboundMailResponse?> Read(NpgsqlCommand command, Caller caller, CancellationToken cancel)
    {
        await using var row = await command.ExecuteReaderAsync(cancel);
        if (!await row.ReadAsync(cancel)) return null;
        var (ticket, message) = (row.IsDBNull(2) ? (long?)null : row.GetInt64(2), row.IsDBNull(3) ? (Guid?)null : row.GetGuid(3));
        if (!caller.Sees(row.Text(4))) return null;
        return new(row.GetGuid(0), Conventions.FromWord<InboundOutcome>(row.GetString(1)), ticket, message, row.GetBoolean(5), row.Text(6), row.GetDateTime(7).ToInstant());
    }

    private const string Known =
        """
        select i.id, i.outcome, m.ticket_id, m.id, t.queue, i.automated, i.quoted, i.received_at
        from inbound_mails i left join messages m on m.id = i.message_id left join tickets t on t.id = m.ticket_id
        """;

    public static NpgsqlCommand ByFingerprint(NpgsqlConnection connection, byte[] fingerprint) =>
        new($"{Known} where i.fingerprint = $1", connection) { Parameters = { new() { Value = fingerprint } } };

    public static NpgsqlCommand ById(NpgsqlDataSource database, Guid id)
    {
        var command = database.JoinedCommand($"{Known} where i.id = $1");
        new Values(command.Parameters).Uuid(id);
        return command;
    }

    /// <summary>Mail of the desk's own that comes back to it.</summary>
    public static async Task<bool> IsOurs(NpgsqlDataSource database, string messageId, CancellationToken cancel)
    {
        await using var command = database.JoinedCommand("select exists (select from deliveries where message_id = $1)");
        new Values(command.Parameters).Text($"<{messageId}>");
        return await command.ExecuteScalarAsync(cancel) is true;
    }
}
