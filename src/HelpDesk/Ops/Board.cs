using HelpDesk.Database;
using HelpDesk.Jobs;
using HelpDesk.Web.Pages;
using Npgsql;

namespace HelpDesk.Ops;

/// <summary>The first page: a little of everything, the worst first.</summary>
internal static class Board
{
    /// <summary>Of each list; the rest is a click away.</summary>
    private const int Rows = 8;

    public static async Task<IResult> Show(
        HttpContext http, OpsDesk desk, PromiseQueries promises, DeliveryQueries deliveries, JobList jobs, LongWorkQueries work, HolidayFeedQueries feeds, NpgsqlDataSource database, CancellationToken cancel)
    {
        var frame = PageFrame.Of(http);
        var context = await desk.Of(http, frame, cancel);
        var now = context.Time.Now;
        var stretches = new List<PromiseStretch>();
        foreach (var shelf in Enum.GetValues<PromiseShelf>()) stretches.Add(await promises.Read(shelf, context.Query, now, Rows, null, cancel));
        var outbox = new OutboxView(
            await deliveries.Read(areDead: true, context.Query, now, Rows, null, cancel), await deliveries.Read(areDead: false, context.Query, now, Rows, null, cancel), await deliveries.Waiting(now, cancel), deliveries.OpenCircuits());
        var view = new BoardView(context, stretches, outbox, await work.Read(cancel), await jobs.Read(cancel), jobs.AreOn, await feeds.Failing(cancel), await Suggested(database, cancel), Retried.Of(http.Request), WorkCancelled.Of(http.Request), http.RequestServices.GetRequiredService<JobPages>().AreThere);
        return new PageAnswer<BoardPage, BoardView>(frame, view) { AsksDesk = true };
    }

    /// <summary>Registered queues and active agents; others can be typed.</summary>
    private static async Task<Suggestions> Suggested(NpgsqlDataSource database, CancellationToken cancel)
    {
        await using var command = database.JoinedCommand(
            "select array(select name from queues order by lower(name) limit 200), array(select name from agents where active order by lower(name), id limit 200)");
        await using var row = await command.ExecuteReaderAsync(cancel);
        await row.ReadAsync(cancel);
        return new(row.GetFieldValue<string[]>(0), row.GetFieldValue<string[]>(1));
    }
}

/// <param name="Promises">One stretch of each shelf.</param>
/// <param name="JobsAreOn">Whether this server runs jobs.</param>
/// <param name="FailingFeeds">Feeds of holidays that cannot be read.</param>
/// <param name="Work">Long work that is under way, and the last that was.</param>
/// <param name="Retried">What the last press of a button came to.</param>
/// <param name="WorkCancelled">The same, of the button that stops work.</param>
/// <param name="HasDashboard">Whether the job engine has pages of its own.</param>
public sealed record BoardView(
    OpsContext Context, IReadOnlyList<PromiseStretch> Promises, OutboxView Outbox, IReadOnlyList<LongWorkLine> Work, IReadOnlyList<JobLine> Jobs, bool JobsAreOn, IReadOnlyList<HolidayFeedLine> FailingFeeds, Suggestions Suggestions,
    Retried? Retried, WorkCancelled? WorkCancelled, bool HasDashboard);

public sealed record OutboxView(DeliveryStretch Dead, DeliveryStretch Failing, IReadOnlyList<WaitingMessages> Waiting, IReadOnlyList<OpenCircuit> Circuits);

/// <summary>What a filter may be filled in with.</summary>
public sealed record Suggestions(IReadOnlyList<string> Queues, IReadOnlyList<string> Agents);
