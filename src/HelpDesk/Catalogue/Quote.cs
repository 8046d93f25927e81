using HelpDesk.Access;
using HelpDesk.Commitments;
using HelpDesk.Deadlines;
using HelpDesk.Delivery;
using HelpDesk.Policies;
using HelpDesk.Tickets;
using HelpDesk.Time;
using HelpDesk.Web;
using Microsoft.AspNetCore.Http.HttpResults;

namespace HelpDesk.Catalogue;

internal static class Quote
{
    private static readonly Duration Farthest = Duration.FromDays(3_653);

    /// <summary>Ask what would be promised</summary>
    /// <remarks>
    /// As if a customer made a ticket of this, with the same choice of the policy and the same clocks; nothing is stored and nobody is written to. Where no policy covers it
    /// the answer is empty, as nothing is promised to such a ticket.
    /// </remarks>
    public static async Task<Ok<QuoteResponse>> Handle(
        QuoteRequest request, AskedLanguage asked, HttpContext http, CatalogueShelf shelf, Languages languages, DeskSettings desk, DeskClock clock, Caller? caller,
        CancellationToken cancel)
    {
        var now = await clock.Now(cancel);
        Check(request, now);
        var language = request.Locale is null ? asked.Language : languages.For(request.Locale);
        http.Response.Headers.ContentLanguage = language.Code;
        var zone = request.TimeZone is null ? desk.Zone : Zones.Find(request.TimeZone)!;
        return TypedResults.Ok(Of(await shelf.Read(cancel), request, now, zone, language, caller));
    }

    /// <param name="request">One that breaks no rule.</param>
    public static QuoteResponse Of(PublishedRules rules, QuoteRequest request, Instant now, DateTimeZone zone, Language language, Caller? caller = null)
    {
        var policy = rules.InForce.For(new Matter(
            request.Priority, request.Queue, request.Channel ?? OpenTicketRequest.DefaultChannel, request.Category, request.Tags ?? [], request.Tier, request.Locale));
        var opened = new TicketOpened(request.At ?? now, Author.Customer, TicketStatus.New, request.Priority);
        var owed = Ledger.Open(0, opened, policy?.Rules, quiet: null).Clock.Commitments.Select(commitment => Quoted(commitment, zone, language)).ToList();
        return new QuoteResponse(Named(policy, caller), owed, Next(owed));
    }

    private static void Check(QuoteRequest request, Instant now)
    {
        var errors = new Dictionary<string, string[]>();
        TicketRules.CheckNotBlank(errors, ("queue", request.Queue), ("channel", request.Channel), ("category", request.Category), ("tier", request.Tier));
        TicketRules.CheckTags(request.Tags, errors);
        if (request.Locale is { } locale && !Locales.IsKnown(locale)) errors["locale"] = [Locales.Rule];
        if (request.TimeZone is { } zone && Zones.Find(zone) is null) errors["timeZone"] = [Zones.Rule(zone)];
        if (request.At is { } at && (at < now - Farthest || at > now + Farthest)) errors["at"] = ["must lie within ten years of now"];
        if (errors.Count > 0) throw Refusal.Invalid(errors);
    }

    /// <summary>What is not published is named to nobody who could not read the policies; the dates she would be told anyway.</summary>
    private static QuotedPolicy? Named(ShelvedPolicy? policy, Caller? caller) =>
        policy is not null && (policy.Definition.Published || caller?.May(Scopes.PoliciesRead) == true)
            ? new QuotedPolicy(policy.Key.PolicyId, policy.Key.PolicyVersion, policy.Definition.Name ?? "", policy.Definition.Description)
            : null;

    private static QuotedCommitment Quoted(Commitment commitment, DateTimeZone zone, Language language) => new(
        commitment.Kind, commitment.DueAt, commitment.PromisedAt,
        commitment.PromisedAt is { } promised ? language.Promise(commitment.Kind.ToWord(), DateWords.Format(promised, zone, language)) : null);

    private static NextPromise? Next(IEnumerable<QuotedCommitment> owed) => owed.Where(commitment => commitment.PromisedAt is not null).MinBy(commitment => commitment.PromisedAt) is { } first
        ? new NextPromise(first.Kind, first.PromisedAt!.Value, first.Words!)
        : null;
}
