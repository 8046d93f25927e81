using Npgsql;

namespace HelpDesk.Faults;

/// <summary>Reads the desk's tables, once nobody writes any more.</summary>
internal static class BookReader
{
    public static async Task<Books> Read(NpgsqlDataSource database, CancellationToken cancel)
    {
        var commitments = await All(database, "select id, ticket_id, kind, state, wake_at, fulfilled_at, ended_at, owes_recovery from commitments", row => new CommitmentRow(
            row.GetGuid(0), row.GetInt64(1), row.GetString(2), row.GetString(3), At(row, 4), At(row, 5), At(row, 6), row.GetBoolean(7)), cancel);
        var promises = await All(
            database,
            "select id, commitment_id, ticket_id, number, promised_at, made_at, made_by, outcome, ended_at, follow_up_at from promises order by commitment_id, number",
            row => new PromiseRow(
                row.GetGuid(0), row.GetGuid(1), row.GetInt64(2), row.GetInt32(3), At(row, 4)!.Value, At(row, 5)!.Value, row.GetString(6), row.GetString(7), At(row, 8), At(row, 9)),
            cancel);
        var followUps = await All(database, "select promise_id, commitment_id, ticket_id, at, delivery_id, new_promise_id, withdrawn_at from follow_ups", row => new FollowUpRow(
            row.GetGuid(0), row.GetGuid(1), row.GetInt64(2), At(row, 3)!.Value, Id(row, 4), Id(row, 5), At(row, 6)), cancel);
        var deliveries = await All(
            database,
            """
            select id, effect, ticket_id, kind, channel, recipient, message_id, state, attempts, expires_at, copy_of, created_at, sent_at, ended_at, last_error
            from deliveries order by sequence
            """,
            row => new DeliveryRow(
                row.GetGuid(0), row.GetString(1), row.IsDBNull(2) ? null : row.GetInt64(2), row.GetString(3), row.GetString(4), row.GetString(5), row.GetString(6), row.GetString(7),
                row.GetInt32(8), At(row, 9), Id(row, 10), At(row, 11)!.Value, At(row, 12), At(row, 13), Text(row, 14)),
            cancel);
        return new Books(
            await All(database, "select id, status from tickets order by id", row => new TicketRow(row.GetInt64(0), row.GetString(1)), cancel),
            await All(database, "select id, ticket_id, body from messages order by sequence", row => new MessageRow(row.GetGuid(0), row.GetInt64(1), row.GetString(2)), cancel),
            commitments.ToDictionary(row => row.Id),
            promises.ToDictionary(row => row.Id),
            followUps.ToDictionary(row => row.Promise),
            deliveries.ToDictionary(row => row.Id),
            await All(
                database, "select sequence, at, type, ticket_id, commitment_id, promise_id, request_id, data ->> 'reason' from events order by sequence",
                row => new EventRow(
                    row.GetInt64(0), At(row, 1)!.Value, row.GetString(2), row.IsDBNull(3) ? null : row.GetInt64(3), Id(row, 4), Id(row, 5), Text(row, 6), Text(row, 7)),
                cancel));
    }

    private static async Task<List<T>> All<T>(NpgsqlDataSource database, string sql, Func<NpgsqlDataReader, T> read, CancellationToken cancel)
    {
        await using var command = database.CreateCommand(sql);
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var rows = new List<T>();
        while (await reader.ReadAsync(cancel)) rows.Add(read(reader));
        return rows;
    }

    private static Instant? At(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : Instant.FromDateTimeUtc(row.GetDateTime(column));

    private static Guid? Id(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetGuid(column);

    private static string? Text(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);
}
