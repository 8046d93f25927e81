using HelpDesk.Database;
using HelpDesk.Deadlines;
using HelpDesk.Time;
using HelpDesk.Web;
using Npgsql;

namespace HelpDesk.Ops;

/// <summary>
/// Promises that are owed, each list along an index in its own order: what is looked at is what is shown, and of what the filters leave out no more than is owed.
/// Who sees this sees every queue, so plain SQL needs no caller.
/// </summary>
internal sealed class PromiseQueries(NpgsqlDataSource database)
{
    private const string Owed = "c.ended_at is null and c.promised_at";

    /// <summary>A list in parts, each with its order. What has lapsed is overdue once a sweep has found it, and before: nobody may be sweeping.</summary>
    private static (string Condition, string Key)[] Parts(PromiseShelf shelf) => shelf switch
    {
        PromiseShelf.Due => [($"{Owed} between $1 and $2", "c.promised_at")],
        PromiseShelf.AtRisk => [($"{Owed} >= $1 and c.follow_up_at < $1 and c.lapsed_at is null", "c.promised_at")],
        _ => [("c.ended_at is null and c.lapsed_at is not null and c.state = 'running'", "c.lapsed_at"), ($"{Owed} < $1 and c.lapsed_at is null", "c.promised_at")],
    };

    /// <param name="after">The last one that was seen.</param>
    public async Task<PromiseStretch> Read(PromiseShelf shelf, BoardQuery query, Instant now, int take, (Instant At, Guid Id)? after, CancellationToken cancel)
    {
        var lines = await Lines(shelf, query, now, take + 1, after, cancel);
        var hasMore = lines.Count > take;
        if (hasMore) lines.RemoveAt(take);
        var total = after is null && !hasMore ? lines.Count : await Count(shelf, query, now, cancel);
        return new(shelf, await Named(lines, cancel), total, hasMore);
    }

    private async Task<List<PromiseLine>> Lines(PromiseShelf shelf, BoardQuery query, Instant now, int take, (Instant At, Guid Id)? after, CancellationToken cancel)
    {
        await using var command = database.JoinedCommand("");
        Write(command, shelf, query, now, take, after);
        var lines = new List<PromiseLine>();
        await using var row = await command.ExecuteReaderAsync(cancel);
        while (await row.ReadAsync(cancel))
        {
            lines.Add(new(
                row.GetGuid(0), row.GetInt64(1), row.GetString(2), Conventions.FromWord<CommitmentKind>(row.GetString(3)), Conventions.FromWord<Priority>(row.GetString(4)),
                row.Text(5), row.Text(6), row.At(7)!.Value, row.At(8), row.At(9), row.GetBoolean(10)));
        }

        return lines;
    }

    public static void Write(NpgsqlCommand command, PromiseShelf shelf, BoardQuery query, Instant now, int take, (Instant At, Guid Id)? after)
    {
        var filter = Fill(command, query, now);
        var limit = $"limit ${Add(command, take)}";
        var beyond = "";
        if (after is { } last)
        {
            var (at, id) = (Add(command, last.At.ToUtc()), Add(command, last.Id));
            beyond = $" and {{0}} >= ${at} and ({{0}}, c.id) > (${at}, ${id})";
        }

        var parts = Parts(shelf).Select(part =>
            $"""
            (select c.id, c.ticket_id, t.subject, c.kind, t.priority, t.queue, t.assignee, {part.Key} as at, c.promised_at, c.lapsed_at, coalesce(c.follow_up_at < $1, false)
            from commitments c join tickets t on t.id = c.ticket_id
            where {part.Condition}{beyond.Replace("{0}", part.Key, StringComparison.Ordinal)}{filter}
            order by {part.Key}, c.id {limit})
            """);
        command.CommandText = $"select * from ({string.Join(" union all ", parts)}) found order by at, id {limit}";
    }

    /// <summary>Not beyond what anybody would count.</summary>
    private async Task<int> Count(PromiseShelf shelf, BoardQuery query, Instant now, CancellationToken cancel)
    {
        await using var command = database.JoinedCommand("");
        var filter = Fill(command, query, now);
        var most = Add(command, PromiseStretch.MostCounted + 1);
        var tickets = filter.Length > 0 ? " join tickets t on t.id = c.ticket_id" : "";
        var parts = Parts(shelf).Select(part => $"(select 1 from commitments c{tickets} where {part.Condition}{filter} limit ${most})");
        command.CommandText = $"select count(*)::int from (select 1 from ({string.Join(" union all ", parts)}) found limit ${most}) counted";
        return (int)(await command.ExecuteScalarAsync(cancel))!;
    }

    /// <summary>$1 is now, $2 the end of the window; what else there is follows.</summary>
    private static string Fill(NpgsqlCommand command, BoardQuery query, Instant now)
    {
        Add(command, now.ToUtc());
        Add(command, (now + query.Window).ToUtc());
        var kind = query.Kind is { } only ? $" and c.kind = ${Add(command, Words<CommitmentKind>.Of(only))}" : "";
        return OfTicket(command, query) + kind;
    }

    /// <summary>What the filters ask of a ticket, t.</summary>
    public static string OfTicket(NpgsqlCommand command, BoardQuery query)
    {
        var filter = "";
        if (query.Queue is { } queue) filter += $" and t.queue = ${Add(command, queue)}";
        if (query.Priority is { } priority) filter += $" and t.priority = ${Add(command, Words<Priority>.Of(priority))}";
        if (query.IsUnassigned) filter += " and t.assignee is null";
        if (query.Assignee is { } assignee) filter += $" and t.assignee in (select ${Add(command, assignee)} union all select id::text from agents where lower(name) = lower(${command.Parameters.Count}) or email = lower(${command.Parameters.Count}))";
        return filter;
    }

    public static int Add(NpgsqlCommand command, object value)
    {
        command.Parameters.AddWithValue(value);
        return command.Parameters.Count;
    }

    /// <summary>People know agents by their names.</summary>
    private async Task<IReadOnlyList<PromiseLine>> Named(List<PromiseLine> lines, CancellationToken cancel)
    {
        var ids = lines.Select(line => Guid.TryParse(line.Assignee, out var id) ? id : (Guid?)null).OfType<Guid>().Distinct().ToArray();
        if (ids.Length == 0) return lines;
        var names = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        await using var command = database.JoinedCommand("select id, name from agents where id = any ($1)");
        command.Parameters.AddWithValue(ids);
        await using var row = await command.ExecuteReaderAsync(cancel);
        while (await row.ReadAsync(cancel)) names[row.GetGuid(0).ToString()] = row.GetString(1);
        return [.. lines.Select(line => line with { Assignee = line.Assignee is { } assignee ? names.GetValueOrDefault(assignee, assignee) : null })];
    }
}
