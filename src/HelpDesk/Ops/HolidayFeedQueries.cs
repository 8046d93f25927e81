using HelpDesk.Database;
using HelpDesk.Time;
using Npgsql;

namespace HelpDesk.Ops;

/// <summary>A feed of holidays that cannot be read.</summary>
/// <param name="Name">Or its address, where it has none.</param>
public sealed record HolidayFeedLine(string Name, string Calendar, Instant Since, string Problem);

/// <summary>Those that have failed longest; others are at the API.</summary>
internal sealed class HolidayFeedQueries(NpgsqlDataSource database)
{
    private const int Most = 8;

    public async Task<IReadOnlyList<HolidayFeedLine>> Failing(CancellationToken cancel)
    {
        await using var command = database.JoinedCommand(
            """
            select coalesce(f.name, f.url), c.name, f.failing_since, f.last_problem from holiday_feeds f join calendars c on c.id = f.calendar_id and c.deleted_at is null
            where f.failing_since is not null and not f.paused order by f.failing_since, f.id limit $1
            """);
        new Values(command.Parameters).Integer(Most);
        var found = new List<HolidayFeedLine>();
        await using var row = await command.ExecuteReaderAsync(cancel);
        while (await row.ReadAsync(cancel)) found.Add(new(row.GetString(0), row.GetString(1), row.GetDateTime(2).ToInstant(), row.GetString(3)));
        return found;
    }
}
