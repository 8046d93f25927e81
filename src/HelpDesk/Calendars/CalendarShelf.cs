using System.Collections.Concurrent;
using HelpDesk.Database;
using HelpDesk.Deadlines;
using Npgsql;

namespace HelpDesk.Calendars;

/// <summary>Calendar versions ready to count in. A version never changes, so one that was read is kept.</summary>
internal sealed class CalendarShelf(NpgsqlDataSource database)
{
    private readonly ConcurrentDictionary<(Guid Id, int Version), WorkingCalendar> read = new();

    /// <param name="connection">The one that the caller's transaction holds; null for the request's, or one from the pool.</param>
    public async ValueTask<WorkingCalendar> Get(Guid id, int version, NpgsqlConnection? connection, CancellationToken cancel)
    {
        if (read.TryGetValue((id, version), out var known)) return known;
        await using var command = database.CommandOver(connection, "select definition from calendar_versions where calendar_id = $1 and version = $2");
        command.Parameters.Add(new() { Value = id });
        command.Parameters.Add(new() { Value = version });
        var json = (string?)await command.ExecuteScalarAsync(cancel)
            ?? throw new InvalidOperationException($"Calendar {id} has no version {version}.");
        return read.GetOrAdd((id, version), CalendarReading.Read(CalendarVersion.Read(json)));
    }
}
