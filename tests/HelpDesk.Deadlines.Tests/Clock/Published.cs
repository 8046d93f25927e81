using System.Collections.Frozen;
using HelpDesk.Deadlines.Tests.Calendars;

namespace HelpDesk.Deadlines.Tests.Clock;

/// <summary>Policies written the short way. The office is open Monday to Friday, 09:00-17:00 UTC, unless told otherwise.</summary>
internal static class Published
{
    public static readonly WorkingCalendar Office = Sample.Office();

    /// <summary>A term in working hours that never stands still.</summary>
    public static Term In(string target) => new() { Target = Sample.Span(target) };

    /// <summary>A term in working hours that stands still while the desk waits, as resolutions and updates do by default.</summary>
    public static Term Pausing(string target) => In(target) with { PausesIn = Term.DefaultPauses(CommitmentKind.Resolution) };

    public static Term Cushioned(this Term term, string cushion) => term with { Cushion = Sample.Span(cushion) };

    public static Term Led(this Term term, string lead) => term with { Lead = Sample.Span(lead) };

    public static Term RenewedBy(this Term term, string renewBy, int maxRenewals = 2) =>
        term with { RenewBy = Sample.Span(renewBy), MaxRenewals = maxRenewals };

    public static Term Capped(this Term term, int maxRenewals) => term with { MaxRenewals = maxRenewals };

    public static Rules Policy(
        Term? first = null,
        Term? next = null,
        Term? update = null,
        Term? resolution = null,
        WorkingCalendar? calendar = null,
        int version = 1,
        string window = "P14D",
        string? reopenTarget = null) =>
        Policy(Offers(first, next, update, resolution), calendar, version, window, reopenTarget);

    /// <summary>A policy whose terms differ for urgent tickets.</summary>
    public static Rules ByPriority(CommitmentKind kind, Term usual, Term urgent) => Policy(
        new() { [kind] = new TermOffer(usual, new Dictionary<Priority, Term> { [Priority.Urgent] = urgent }.ToFrozenDictionary()) }, null, 1, "P14D", null);

    private static Rules Policy(
        Dictionary<CommitmentKind, TermOffer> offers, WorkingCalendar? calendar, int version, string window, string? reopenTarget) =>
        new(
            new PolicyTerms(offers.ToFrozenDictionary(), Sample.Span(window), reopenTarget is null ? null : Sample.Span(reopenTarget)),
            calendar ?? Office,
            version);

    private static Dictionary<CommitmentKind, TermOffer> Offers(Term? first, Term? next, Term? update, Term? resolution)
    {
        var offers = new Dictionary<CommitmentKind, TermOffer>();
        Offer(CommitmentKind.FirstResponse, first);
        Offer(CommitmentKind.NextResponse, next);
        Offer(CommitmentKind.Update, update);
        Offer(CommitmentKind.Resolution, resolution);
        return offers;

        void Offer(CommitmentKind kind, Term? term)
        {
            if (term is not null) offers[kind] = TermOffer.Same(term);
        }
    }
}
