using System.Text.Json;
using HelpDesk.Access;
using HelpDesk.Database;
using HelpDesk.Events;
using HelpDesk.Time;
using HelpDesk.Web;
using HelpDesk.Web.Json;
using Npgsql;

namespace HelpDesk.Attachments;

/// <summary>Writes the rows of attachments, and who carries them.</summary>
internal static class AttachmentLog
{
    private const string CarriedBy =
        """
        with carried as (update attachments set message_id = $1, ticket_id = $4 where id = any ($2) and message_id is null
            and (ticket_id = $3 or ticket_id in (select id from tickets where merged_into_id = $3)) returning *)
        select id, ticket_id, message_id, name, type, declared_type, size, sha256, created_at from carried order by sequence
        """;

    /// <summary>Refuses where there is no such ticket, or none that the caller sees.</summary>
    public static async Task RequireTicket(NpgsqlDataSource database, long id, Caller caller, CancellationToken cancel)
    {
        await using var command = database.JoinedCommand("select exists (select from tickets where id = $1 and ($2 is null or queue = any ($2)))");
        new Values(command.Parameters).Bigint(id).Texts(caller.Queues);
        if (await command.ExecuteScalarAsync(cancel) is not true) throw Refusal.NotFound("ticket");
    }

    /// <summary>All of them or none, bytes included.</summary>
    public static async Task<IReadOnlyList<AttachmentResponse>> Write(
        NpgsqlDataSource database, IAttachmentStore store, AttachmentOptions options, long ticketId, IReadOnlyList<SpooledFile> files, Instant now, string actor,
        string requestId, CancellationToken cancel)
    {
        var ids = files.Select(_ => Ids.New(now)).ToList();
        var committed = false;
        try
        {
            await using var transaction = await DeskTransaction.Begin(database, cancel);
            var connection = transaction.Connection;
            var written = new List<AttachmentResponse>();
            foreach (var (id, file) in ids.Zip(files)) written.Add(await WriteOne(connection, store, id, ticketId, file, now, actor, cancel));
            await Finish(connection, options, ticketId, written, now, actor, requestId, cancel);
            await transaction.CommitAsync(CancellationToken.None);
            committed = true;
            return written;
        }
        // The ticket went while its files arrived.
        catch (PostgresException error) when (error.SqlState == PostgresErrorCodes.ForeignKeyViolation)
        {
            throw Refusal.NotFound("ticket");
        }
        finally
        {
            if (!committed) ids.ForEach(store.Forget);
        }
    }

    private static async Task<AttachmentResponse> WriteOne(
        NpgsqlConnection connection, IAttachmentStore store, Guid id, long ticketId, SpooledFile file, Instant now, string actor, CancellationToken cancel)
    {
        await using (var command = new NpgsqlCommand(
            """
            insert into attachments (id, ticket_id, name, type, declared_type, size, sha256, store, uploaded_by, created_at)
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
            """, connection))
        {
            new Values(command.Parameters).Uuid(id).Bigint(ticketId).Text(file.Name).Text(file.Type).Text(file.DeclaredType).Bigint(file.Bytes.Length);
            command.Parameters.Add(new() { Value = file.Sha256 });
            new Values(command.Parameters).Text(store.Name).Text(actor).Instant(now);
            await command.ExecuteNonQueryAsync(cancel);
        }

        await store.Keep(connection, id, file.Bytes, cancel);
        return new AttachmentResponse(id, ticketId, null, file.Name, file.Type, file.DeclaredType, file.Bytes.Length, Convert.ToHexStringLower(file.Sha256), now);
    }

    /// <summary>The ticket is locked only now: uploads at once count one after the other, and nobody waited for bytes.</summary>
    private static async Task Finish(
        NpgsqlConnection connection, AttachmentOptions options, long ticketId, IReadOnlyList<AttachmentResponse> written, Instant now, string actor, string requestId,
        CancellationToken cancel)
    {
        await using (var command = new NpgsqlCommand("select from tickets where id = $1 for no key update", connection) { Parameters = { new() { Value = ticketId } } })
        {
            await command.ExecuteNonQueryAsync(cancel);
        }

        await using (var command = new NpgsqlCommand("select count(*) from attachments where ticket_id = $1", connection) { Parameters = { new() { Value = ticketId } } })
        {
            if ((long)(await command.ExecuteScalarAsync(cancel))! > options.MaxPerTicket) throw TooMany(options);
        }

        await using var batch = connection.CreateBatch();
        EventLog.Append(batch, [.. written.Select(attachment => new NewEvent("attachment.created", now, actor, requestId, Data(attachment), ticketId))]);
        await batch.ExecuteNonQueryAsync(cancel);
    }

    private static string Data(AttachmentResponse attachment) => JsonSerializer.Serialize(
        new { AttachmentId = attachment.Id, attachment.Name, attachment.Type, attachment.Size, attachment.Sha256 }, JsonConventions.Options);

    public static Refusal TooMany(AttachmentOptions options) => Refusal.Conflict("too-many-attachments", $"A ticket has at most {options.MaxPerTicket} attachments.");

    /// <summary>Gives a message its attachments: of this ticket or of one that was merged into it, each once, none that another message has. The caller's transaction holds the ticket.</summary>
    public static async Task<IReadOnlyList<AttachmentResponse>> Carry(
        NpgsqlConnection connection, long ticketId, Guid messageId, IReadOnlyList<Guid>? ids, CancellationToken cancel)
    {
        if (ids is null || ids.Count == 0) return [];
        await using var command = new NpgsqlCommand(CarriedBy, connection);
        var carried = await Read(command, messageId, ids, ticketId, ticketId, cancel);
        return carried.Count == ids.Count ? carried : throw NotThere(ids, carried);
    }

    /// <summary>A message that opened another ticket takes its attachments along.</summary>
    public static async Task<IReadOnlyList<AttachmentResponse>> CarryToAnother(
        NpgsqlDataSource database, long to, Guid messageId, IReadOnlyList<Guid>? ids, long from, CancellationToken cancel)
    {
        if (ids is null || ids.Count == 0) return [];
        await using var command = database.JoinedCommand(CarriedBy);
        return await Read(command, messageId, ids, from, to, cancel);
    }

    private static async Task<IReadOnlyList<AttachmentResponse>> Read(
        NpgsqlCommand command, Guid messageId, IReadOnlyList<Guid> ids, long from, long to, CancellationToken cancel)
    {
        new Values(command.Parameters).Uuid(messageId);
        command.Parameters.Add(new() { Value = ids.ToArray() });
        new Values(command.Parameters).Bigint(from).Bigint(to);
        var carried = new List<AttachmentResponse>();
        await using var rows = await command.ExecuteReaderAsync(cancel);
        while (await rows.ReadAsync(cancel))
        {
            carried.Add(new AttachmentResponse(
                rows.GetGuid(0), rows.GetInt64(1), rows.GetGuid(2), rows.GetString(3), rows.GetString(4), rows.Text(5), rows.GetInt64(6),
                Convert.ToHexStringLower(rows.GetFieldValue<byte[]>(7)), rows.GetDateTime(8).ToInstant()));
        }

        return carried;
    }

    private static Refusal NotThere(IReadOnlyList<Guid> ids, IReadOnlyList<AttachmentResponse> carried)
    {
        var found = carried.Select(attachment => attachment.Id).ToHashSet();
        var errors = new Dictionary<string, string[]>();
        for (var index = 0; index < ids.Count; index++)
        {
            if (!found.Remove(ids[index])) errors[$"attachments[{index}]"] = ["must be an attachment of this ticket that no message has yet, each once"];
        }

        return new Refusal(StatusCodes.Status422UnprocessableEntity, "no-such-attachment", "Well-formed, but impossible", "See errors for what cannot be attached.", errors);
    }
}
