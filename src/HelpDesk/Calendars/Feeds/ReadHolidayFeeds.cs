using HelpDesk.Time;
using Npgsql;

namespace HelpDesk.Calendars.Feeds;

/// <summary>Rung when a feed is to be read at once.</summary>
internal sealed class HolidayFeedBell : Bell;

/// <summary>Reads the feeds that are due. Safe on any number of servers at once; nothing is held while a server is asked.</summary>
internal sealed partial class ReadHolidayFeeds(NpgsqlDataSource database, FeedFetch fetch, IServiceScopeFactory scopes, DeskClock clock, ILogger<ReadHolidayFeeds> log)
{
    private const int AtOnce = 4;

    /// <returns>How many were read, well or not.</returns>
    public async Task<int> RunOnce(CancellationToken cancel)
    {
        var claimed = await ClaimedFeed.Take(database, AtOnce, clock.MachineNow, cancel);
        if (claimed.Count == 0) return 0;
        var year = (await clock.Now(cancel)).InUtc().Year;
        await Task.WhenAll(claimed.Select(feed => Read(feed, year, cancel)));
        return claimed.Count;
    }

    private async Task Read(ClaimedFeed feed, int year, CancellationToken cancel)
    {
        var reading = await Fetched(feed, year, cancel);
        await using var scope = scopes.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<TakeReading>().Run(feed, reading, cancel);
    }

    private async Task<FeedReading> Fetched(ClaimedFeed feed, int year, CancellationToken cancel)
    {
        try
        {
            return await fetch.Read(feed, year, cancel);
        }
        // A feed that breaks the reader would else be read again at once, for ever.
        catch (Exception error) when (error is not OperationCanceledException)
        {
            LogBroken(error, feed.Id);
            return FeedReading.Of(year, "It cannot be read.");
        }
    }

    [LoggerMessage(2401, LogLevel.Error, "Holiday feed {Feed} cannot be read")]
    private partial void LogBroken(Exception error, Guid feed);
}
