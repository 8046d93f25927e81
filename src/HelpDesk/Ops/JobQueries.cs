using HelpDesk.Database;
using HelpDesk.Jobs;
using HelpDesk.Time;
using HelpDesk.Web;
using Npgsql;

namespace HelpDesk.Ops;

/// <summary>The recurring jobs: what runs on each server as this one knows it, what runs once across them as the engine's tables have it.</summary>
internal sealed class JobQueries(IEnumerable<RecurringJob> jobs, JobLog log, NpgsqlDataSource database, IConfiguration configuration)
{
    public bool AreOn => configuration.IsOn("Jobs:Enabled", otherwise: true);

    public async Task<IReadOnlyList<JobLine>> Read(CancellationToken cancel)
    {
        var shared = await Shared(cancel);
        return [.. jobs.Select(job => Line(job, shared)).OrderBy(line => line.IsShared)];
    }

    private JobLine Line(RecurringJob job, Dictionary<string, (Instant? Last, Instant? Next)> shared)
    {
        var here = log.Of(job.Name);
        if (job.Reach == JobReach.EachServer) return new(job.Name, false, job.Every, here.StartedAt, here.StartedAt is null ? null : here.Took, here.Done, here.Error, here.NextAt);
        var (last, next) = shared.GetValueOrDefault(job.Name);
        // Fired is a moment before started; what another server ran since is not this one's to tell of.
        var isOwn = here.StartedAt is { } start && (last is not { } fired || fired <= start);
        return new(job.Name, true, job.Every, isOwn ? here.StartedAt : last, isOwn ? here.Took : null, isOwn ? here.Done : 0, isOwn ? here.Error : null, next);
    }

    private async Task<Dictionary<string, (Instant? Last, Instant? Next)>> Shared(CancellationToken cancel)
    {
        var found = new Dictionary<string, (Instant?, Instant?)>(StringComparer.Ordinal);
        // Made by the engine, at its first start.
        await using (var exists = database.JoinedCommand("select to_regclass('quartz.qrtz_triggers') is not null"))
        {
            if (await exists.ExecuteScalarAsync(cancel) is not true) return found;
        }

        await using var command = database.JoinedCommand("select trigger_name, prev_fire_time, next_fire_time from quartz.qrtz_triggers");
        await using var row = await command.ExecuteReaderAsync(cancel);
        while (await row.ReadAsync(cancel)) found[row.GetString(0)] = (Ticks(row, 1), Ticks(row, 2));
        return found;
    }

    private static Instant? Ticks(NpgsqlDataReader row, int column) =>
        row.IsDBNull(column) || row.GetInt64(column) is var ticks && ticks <= 0 ? null : new DateTime(row.GetInt64(column), DateTimeKind.Utc).ToInstant();
}
