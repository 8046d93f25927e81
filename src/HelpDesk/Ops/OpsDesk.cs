using HelpDesk.Access;
using HelpDesk.Escalation;
using HelpDesk.Tickets;
using HelpDesk.Time;
using HelpDesk.Web.Pages;

namespace HelpDesk.Ops;

/// <summary>What all these pages have in common.</summary>
/// <param name="Time">The desk's time, in its zone.</param>
/// <param name="Clock">The machine's; another than the desk's in a sandbox.</param>
/// <param name="Caller">Whose key it is.</param>
/// <param name="FormToken">What every form carries.</param>
/// <param name="Keep">What a link to the same page in another language keeps of its query.</param>
/// <param name="TicketUrl">Where a ticket is seen, by its number; null where no frontend is known.</param>
public sealed record OpsContext(OpsTime Time, OpsTime Clock, string Caller, string FormToken, BoardQuery Query, string Keep, Func<long, string?> TicketUrl)
{
    /// <summary>In a sandbox, where nothing happens until the clock is moved: the two are the same elsewhere, but for the moment between readings.</summary>
    public bool StandsStill => Duration.FromSeconds(1) < (Time.Now > Clock.Now ? Time.Now - Clock.Now : Clock.Now - Time.Now);
}

/// <summary>Finds that out for a request.</summary>
internal sealed class OpsDesk(DeskClock clock, DeskSettings settings, NoticeOptions notices, Sessions sessions)
{
    public async Task<OpsContext> Of(HttpContext http, PageFrame frame, CancellationToken cancel)
    {
        var now = await clock.Now(cancel);
        var query = BoardQuery.Of(http.Request);
        return new(
            new(now, settings.Zone, frame.Language), new(clock.MachineNow, settings.Zone, frame.Language), Caller.Of(http.User)!.Name,
            sessions.FormToken(http.Features.Get<Session>()!), query, query.Keep(http.Request.Query["after"] is [{ Length: > 0 } after] ? after : null), notices.UrlOf);
    }
}
