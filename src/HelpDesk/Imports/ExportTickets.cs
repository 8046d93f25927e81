using System.ComponentModel;
using System.Data;
using System.Globalization;
using HelpDesk.Access;
using HelpDesk.Database;
using HelpDesk.Tickets;
using HelpDesk.Time;
using HelpDesk.Web;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace HelpDesk.Imports;

internal static class ExportTickets
{
    /// <summary>Export tickets with their histories</summary>
    /// <remarks>
    /// The tickets that pass the filters, which are those of the list of tickets, as lines of JSON that an import takes; in the order of their numbers, as they were at one instant. A
    /// ticket that no other system has a name for is named by its number, with the externalSource <c>helpdesk</c>. One that was merged into another is in the other's line. What was broken off goes on with
    /// <c>afterRef</c> and <c>afterSource</c>: those of the last whole line. With <c>Accept-Encoding: gzip</c> it comes compressed.
    /// </remarks>
    public static async Task<IResult> Handle(
        [Description("Goes on behind the ticket with this externalRef.")] string? afterRef, [Description("The externalSource of afterRef, if it has one.")] string? afterSource,
        HttpContext http, HelpDeskDb db, DeskClock clock, Caller caller, CancellationToken cancel)
    {
        caller.MustSeeAll();
        IReadOnlyList<TicketCondition> conditions = [.. TicketFilter.Read(http.Request, db, await clock.Now(cancel)), .. await CustomFieldFilter.Read(http.Request, db, cancel)];
        if (afterSource is not null && afterRef is null) throw Refusal.Invalid("afterSource", "needs an afterRef");
        var after = afterRef is null ? 0 : await Behind(db, afterSource, afterRef, cancel);
        return new ExportStream(db, new TicketSelection(db, conditions), after);
    }

    private static async Task<long> Behind(HelpDeskDb db, string? source, string reference, CancellationToken cancel)
    {
        var rows = db.Set<TicketRow>().AsNoTracking();
        var found = await rows.Where(row => (row.ExternalSource ?? "") == (source ?? "") && row.ExternalRef == reference).Select(row => (long?)row.Id).FirstOrDefaultAsync(cancel);
        if (found is null && source == TicketLines.OwnSource && long.TryParse(reference, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            found = await rows.Where(row => row.Id == number && row.ExternalRef == null).Select(row => (long?)row.Id).FirstOrDefaultAsync(cancel);
        }

        return found ?? throw Refusal.Invalid("afterRef", "must be the externalRef of a ticket of this externalSource");
    }
}

/// <summary>The lines as they are read: one snapshot, never more than some tickets in memory, however many there are and however slowly somebody reads.</summary>
internal sealed class ExportStream(HelpDeskDb db, TicketSelection selection, long after) : IResult
{
    private const int AtOnce = 100;

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var (answer, cancel) = (httpContext.Response, httpContext.RequestAborted);
        answer.ContentType = ImportBody.Lines[0];
        answer.Headers.CacheControl = "no-store";
#pragma warning disable RS0030 // All of it is read as it was at one instant, and none of it is part of anything else.
        await using var transaction = await db.Database.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancel);
#pragma warning restore RS0030
        await db.Database.ExecuteSqlRawAsync("set transaction read only", cancel);
        var connection = (NpgsqlConnection)db.Database.GetDbConnection();
        while (await Next(cancel) is { Length: > 0 } ids)
        {
            foreach (var line in await TicketLines.Read(connection, ids, cancel)) await answer.Body.WriteAsync(line, cancel);
            await answer.Body.FlushAsync(cancel);
            after = ids[^1];
        }
    }

    private Task<long[]> Next(CancellationToken cancel) => selection.Rows
        .Where(row => row.Id > after && row.MergedIntoId == null).OrderBy(row => row.Id).Select(row => row.Id).Take(AtOnce).ToArrayAsync(cancel);
}
