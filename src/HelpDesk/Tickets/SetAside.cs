using System.Collections.Concurrent;
using HelpDesk.Web.Problems;

namespace HelpDesk.Tickets;

/// <summary>
/// Tickets that a job fails with: they are left out for a while, so that one of them holds up no other. Known to this process alone; another server finds out for itself.
/// </summary>
internal sealed partial class SetAside(ILogger<SetAside> log)
{
    private static readonly Duration Length = Duration.FromMinutes(10);

    /// <summary>Where so many fail it is not they that are at fault: the job fails.</summary>
    private const int Most = 1_000;

    private readonly ConcurrentDictionary<(string Job, long Ticket), Instant> until = new();

    /// <summary>Those that the job leaves out now. Of a clock that was set back they are none.</summary>
    public long[] From(string job, Instant now)
    {
        foreach (var each in until) if (each.Key.Job == job && (each.Value <= now || each.Value > now + Length)) until.TryRemove(each);
        return [.. until.Keys.Where(key => key.Job == job).Select(key => key.Ticket)];
    }

    /// <summary>One batch. Where it fails its halves are tried, and theirs, down to the one ticket that it fails with.</summary>
    /// <param name="work">What is asked for, in a transaction of its own; says first which tickets it has.</param>
    /// <returns>How many were done or set aside.</returns>
    public Task<int> Run(string job, Instant now, Func<Batch, Task<int>> work) => Run(job, now, new Batch([], From(job, now)), work);

    private async Task<int> Run(string job, Instant now, Batch batch, Func<Batch, Task<int>> work)
    {
        try
        {
            return await work(batch);
        }
        catch (Exception error) when (batch.Has.Count > 0 && until.Count < Most && error is not OperationCanceledException && !DatabaseAway.Caused(error))
        {
            if (batch is { Only.Length: > 0, Has: [var ticket] })
            {
                until[(job, ticket)] = now + Length;
                LogSetAside(error, job, ticket);
                return 1;
            }
        }

        var done = 0;
        foreach (var half in batch.Has.Chunk((batch.Has.Count + 1) / 2)) done += await Run(job, now, new Batch(half, batch.Without), work);
        return done;
    }

    [LoggerMessage(2202, LogLevel.Error, "{Job} fails with ticket {Ticket}, leaves it out and tries again in ten minutes")]
    private partial void LogSetAside(Exception error, string job, long ticket);
}

/// <param name="Only">Of these tickets alone; none for whatever is due.</param>
/// <param name="Without">Not of these.</param>
internal sealed record Batch(long[] Only, long[] Without)
{
    /// <summary>Those that it took on.</summary>
    public IReadOnlyList<long> Has { get; set; } = [];
}
