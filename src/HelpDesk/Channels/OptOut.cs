using System.Globalization;
using HelpDesk.Access;
using HelpDesk.Customers;
using HelpDesk.Database;
using HelpDesk.Delivery;
using HelpDesk.Events;
using HelpDesk.Time;
using HelpDesk.Web.Pages;
using Microsoft.EntityFrameworkCore;

namespace HelpDesk.Channels;

/// <summary>
/// A customer's own word on whether she is written to, by the link in her mail. To look at the page changes nothing: programs that check mail follow its links.
/// </summary>
internal static class OptOut
{
    public static IEndpointConventionBuilder MapOptOut(this IEndpointRouteBuilder app)
    {
        var pages = app.MapGroup(OptOutLinks.Path);
        pages.MapGet("/{token}", Show);
        pages.MapPost("/{token}", End);
        pages.MapPost("/{token}/opt-in", TakeUp);
        return pages.ServesPages();
    }

    private static Task<IResult> Show(string token, HttpContext http, HelpDeskDb db, OptOutLinks links, GuessLimit guesses, DeskClock clock, CancellationToken cancel) =>
        Answer(token, null, http, db, links, guesses, clock, cancel);

    /// <summary>The button on the page, and a mail program's own (RFC 8058).</summary>
    private static Task<IResult> End(string token, HttpContext http, HelpDeskDb db, OptOutLinks links, GuessLimit guesses, DeskClock clock, CancellationToken cancel) =>
        Answer(token, true, http, db, links, guesses, clock, cancel);

    private static Task<IResult> TakeUp(string token, HttpContext http, HelpDeskDb db, OptOutLinks links, GuessLimit guesses, DeskClock clock, CancellationToken cancel) =>
        Answer(token, false, http, db, links, guesses, clock, cancel);

    private static async Task<IResult> Answer(
        string token, bool? optOut, HttpContext http, HelpDeskDb db, OptOutLinks links, GuessLimit guesses, DeskClock clock, CancellationToken cancel)
    {
        if (guesses.Refuses(http, token) is { } seconds)
        {
            // At the last moment: a problem clears what was set before it.
            http.Response.OnStarting(() =>
            {
                http.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
                return Task.CompletedTask;
            });
            throw CallerLimit.TooMany($"This address has asked for too many pages that are not there. Come again in {seconds} s.");
        }

        if (links.Read(token) is not { } id)
        {
            guesses.WasBad(http, token);
            return Missing(http);
        }

        guesses.WasGood(token);
        var customer = optOut is { } to
            ? await Change(id, to, http, db, clock, cancel)
            : await ReadCustomer.Find(db.Whole().AsNoTracking(), await Successor(db, id, cancel), cancel);
        return customer is null ? Missing(http) : Page(http, token, customer, isDone: optOut is not null);
    }

    private static PageAnswer<OptOutPage, OptOutModel> Page(HttpContext http, string token, Customer customer, bool isDone)
    {
        var frame = PageFrame.Of(http, customer.Locale);
        var words = OptOutWords.Of(frame.Language);
        var (title, text, button) = customer.OptOut ? (isDone ? words.Ended : words.Off) : isDone ? words.TakenUp : words.On;
        var address = $"{OptOutLinks.Path[1..]}/{token}";
        return new(frame, new(title, text, button, frame.Page(customer.OptOut ? $"{address}/opt-in" : address)));
    }

    private static PageAnswer<OptOutPage, OptOutModel> Missing(HttpContext http)
    {
        var frame = PageFrame.Of(http);
        var (title, text) = OptOutWords.Of(frame.Language).Missing;
        return new(frame, new(title, text)) { Status = StatusCodes.Status404NotFound };
    }

    /// <summary>The link that a customer was mailed before she was merged into another is the other's.</summary>
    private static async Task<Guid> Successor(HelpDeskDb db, Guid id, CancellationToken cancel) =>
        await db.Set<CustomerMerge>().Where(merge => merge.Id == id).Select(merge => (Guid?)merge.IntoId).FirstOrDefaultAsync(cancel) ?? id;

    private static async Task<Customer?> Change(Guid id, bool optOut, HttpContext http, HelpDeskDb db, DeskClock clock, CancellationToken cancel)
    {
        var now = await clock.Now(cancel);
        await using var transaction = await db.Begin(cancel);
        id = await Successor(db, id, cancel);
        await db.Hold("customers", id, cancel);
        if (await ReadCustomer.Find(db.Whole(), id, cancel) is not { } customer) return null;
        var before = customer.Definition;
        if (before.OptOut == optOut) return customer;
        customer.Change(before with { OptOut = optOut }, now);
        var actor = Caller.Of(http.User)?.Id ?? $"customer:{id}";
        db.Add(Event.Of("customer.updated", now, actor, http.TraceIdentifier, new { customerId = id, changes = MemberChanges.Between(before, customer.Definition) }));
        await db.SaveChangesAsync(cancel);
        if (optOut) await Outbox.Stop(transaction.Connection, id, null, now, clock.MachineNow, cancel);
        await transaction.CommitAsync(cancel);
        return customer;
    }
}
