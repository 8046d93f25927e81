namespace HelpDesk.Jobs.Engine;

/// <summary>
/// A cadence as the engine takes it: as an expression of cron with seconds, in UTC. It knows turns of the clock and no intervals, so that a cadence must divide a
/// minute, an hour or a day. Jobs of one cadence come at different minutes and seconds, by their names, and not all at midnight.
/// </summary>
internal static class Cadence
{
    public static string Cron(RecurringJob job)
    {
        var at = job.Name.Aggregate(0, (sum, letter) => ((sum * 31) + letter) % 3600);
        var (second, minute) = (at % 60, at / 60);
        var every = job.Every;
        if (every == Duration.FromDays(1)) return $"{second} {minute} 2 * * *";
        if (Divides(every, Duration.FromDays(1), Duration.FromHours(1)) is { } hours) return $"{second} {minute} */{hours} * * *";
        if (Divides(every, Duration.FromHours(1), Duration.FromMinutes(1)) is { } minutes) return $"{second} */{minutes} * * * *";
        if (Divides(every, Duration.FromMinutes(1), Duration.FromSeconds(1)) is { } seconds) return $"*/{seconds} * * * * *";
        throw new ArgumentException($"{job.Name} cannot come every {every}: a cadence must divide a minute, an hour or a day.", nameof(job));
    }

    private static long? Divides(Duration every, Duration whole, Duration unit)
    {
        var (count, fits) = ((long)(every / unit), (long)(whole / unit));
        return count > 0 && count * unit == every && fits % count == 0 && count < fits ? count : null;
    }
}
