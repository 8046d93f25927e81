using Npgsql;

namespace HelpDesk.Database;

/// <summary>
/// Tells whether anything was committed, by whichever server. While the mark is the same, a look at the database finds what a look begun after it was read first found. One reading
/// serves all who ask within a fifth of a second.
/// </summary>
internal sealed class CommitMark(NpgsqlDataSource database, TimeProvider machine) : IDisposable
{
    private static readonly TimeSpan Fresh = TimeSpan.FromMilliseconds(200);
    private readonly SemaphoreSlim one = new(1);
    private Known? known;

    /// <summary>As it was at most a fifth of a second ago.</summary>
    public async ValueTask<string> Read(CancellationToken cancel) => Remembered ?? await ReadAnew(cancel);

    private string? Remembered => known is { } last && machine.GetElapsedTime(last.At) < Fresh ? last.Mark : null;

    private async Task<string> ReadAnew(CancellationToken cancel)
    {
        await one.WaitAsync(cancel);
        try
        {
            // Who had to wait finds what the one before it has read.
            return Remembered ?? await ReadNow(cancel);
        }
        finally
        {
            one.Release();
        }
    }

    /// <summary>As it is now.</summary>
    public async Task<string> ReadNow(CancellationToken cancel)
    {
        var start = machine.GetTimestamp();
        // A transaction that writes takes a number, which shows here once it is over; the sequence tells a database that was restored from the one before it.
        await using var command = database.CreateCommand("select pg_current_snapshot()::text || ' ' || (select last_value from events_sequence_seq)");
        var mark = (string)(await command.ExecuteScalarAsync(cancel))!;
        known = new(start, mark);
        return mark;
    }

    public void Dispose() => one.Dispose();

    private sealed record Known(long At, string Mark);
}
