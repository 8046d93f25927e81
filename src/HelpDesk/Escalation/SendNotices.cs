using HelpDesk.Database;
using HelpDesk.Delivery;
using HelpDesk.Time;
using Npgsql;

namespace HelpDesk.Escalation;

/// <summary>
/// Makes one message per person of all that is due for her, once the first of it has gathered long enough. One server at a time: two would make two.
/// What ended before it was sent is not told any more.
/// </summary>
internal sealed class SendNotices(NpgsqlDataSource database, Digest digest, TemplateShelf templates, MailBell bell)
{
    private const int PeopleAtOnce = 100;

    /// <returns>How many notices were settled: call again while it answers more than zero.</returns>
    public async Task<int> RunOnce(Instant now, CancellationToken cancel)
    {
        if (!(await NextDue(cancel) <= now)) return 0;
        await using var transaction = await DeskTransaction.Begin(database, cancel);
        if (!await Hold(transaction.Connection, cancel)) return 0;
        await templates.Refresh(transaction.Connection, cancel);
        var due = await DueNotice.Read(transaction.Connection, now, PeopleAtOnce, cancel);
        await templates.Refresh(transaction.Connection, cancel);
        var messages = new List<OutgoingMessage>();
        var settled = new List<Settled>();
        foreach (var person in due.GroupBy(notice => notice.Person))
        {
            var told = person.Where(notice => !notice.IsOver && !notice.IsForNobody).ToList();
            if (told.Count > 0) messages.Add(digest.Write(told, now));
            settled.AddRange(person.Select(notice => new Settled(notice.Id, told.Contains(notice) ? messages[^1].Id : null, notice.TicketId)));
        }

        if (settled.Count == 0) return 0;
        await using var batch = transaction.Connection.CreateBatch();
        Outbox.InsertMany(batch, messages, now);
        Settle(batch, settled, now);
        await batch.ExecuteNonQueryAsync(cancel);
        await transaction.CommitAsync(cancel);
        if (messages.Count > 0) bell.Ring();
        return settled.Count;
    }

    /// <summary>Until the transaction ends; whoever holds it next sees what this one has settled.</summary>
    private static async Task<bool> Hold(NpgsqlConnection connection, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand("select pg_try_advisory_xact_lock(hashtextextended('notices', 0))", connection);
        return (bool)(await command.ExecuteScalarAsync(cancel))!;
    }

    private static void Settle(NpgsqlBatch batch, IReadOnlyList<Settled> settled, Instant now)
    {
        var command = new NpgsqlBatchCommand(
            """
            update notices n set delivery_id = s.delivery_id, ticket_id = s.ticket_id, dropped_at = case when s.delivery_id is null then $4::timestamptz end
            from unnest($1, $2, $3) as s (id, delivery_id, ticket_id) where n.id = s.id
            """);
        new Columns<Settled>(command.Parameters, settled).Uuid(row => row.Id).Uuid(row => row.DeliveryId).Bigint(row => row.TicketId);
        command.Parameters.Add(new() { Value = now.ToUtc() });
        batch.BatchCommands.Add(command);
    }

    /// <summary>The earliest instant at which somebody is to be told.</summary>
    public async Task<Instant?> NextDue(CancellationToken cancel)
    {
        await using var command = database.CreateCommand("select send_at from notices where delivery_id is null and dropped_at is null order by send_at limit 1");
        return await command.ExecuteScalarAsync(cancel) is DateTime at ? at.ToInstant() : null;
    }

    /// <param name="DeliveryId">Null where it is not told.</param>
    private readonly record struct Settled(Guid Id, Guid? DeliveryId, long TicketId);
}
