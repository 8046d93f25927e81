using HelpDesk.Database;
using HelpDesk.Time;
using Npgsql;

namespace HelpDesk.Calendars.Feeds;

/// <summary>A feed that this process alone may read until the lease runs out.</summary>
/// <param name="CountedFor">The year that it was counted out for; null where it is to be read whatever is known of it.</param>
internal sealed record ClaimedFeed(Guid Lease, Guid Id, Guid CalendarId, Uri Url, string? EntityTag, string? LastModified, int? CountedFor)
{
    /// <summary>How long a dead claim stays dead. Outlives one reading (<see cref="FeedFetch.Limit"/>) with room to record it.</summary>
    public static readonly Duration Duration = Database.Lease.Longest;

    private static readonly string Sql =
        $"""
        with due as materialized (
            select f.id from holiday_feeds f join calendars c on c.id = f.calendar_id and c.deleted_at is null
            where not f.paused and f.next_read_at <= $1 and {Database.Lease.IsOver("f.leased_until", "$1")}
            order by f.next_read_at limit $2 for update of f skip locked
        )
        update holiday_feeds f set lease_id = $3, leased_until = $4 from due where f.id = due.id
        returning f.id, f.calendar_id, f.url, f.entity_tag, f.last_modified, f.counted_for
        """;

    public static async Task<IReadOnlyList<ClaimedFeed>> Take(NpgsqlDataSource database, int most, Instant machineNow, CancellationToken cancel)
    {
        var lease = Ids.New(machineNow);
        await using var command = database.CreateCommand(Sql);
        new Values(command.Parameters).Instant(machineNow).Integer(most).Uuid(lease).Instant(machineNow + Duration);
        var claimed = new List<ClaimedFeed>();
        await using var row = await command.ExecuteReaderAsync(cancel);
        while (await row.ReadAsync(cancel))
        {
            claimed.Add(new(lease, row.GetGuid(0), row.GetGuid(1), new(row.GetString(2)), row.Text(3), row.Text(4), row.IsDBNull(5) ? null : row.GetInt32(5)));
        }

        return claimed;
    }
}
