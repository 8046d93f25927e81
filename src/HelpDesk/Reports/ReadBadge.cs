using System.Globalization;
using System.Text;
using HelpDesk.Access;
using HelpDesk.Deadlines;
using HelpDesk.Delivery;
using HelpDesk.Tickets;
using HelpDesk.Time;
using HelpDesk.Web;
using Microsoft.AspNetCore.Http.HttpResults;

namespace HelpDesk.Reports;

internal static class ReadBadge
{
    private const int MostDays = 730;
    public const string Type = "image/svg+xml";

    public static IReadOnlyList<QueryFilter> Filters { get; } =
    [
        new("lang", "en, tr or fi, with or without a region. Default: the desk's language.", Example: "fi", IsList: false),
        new("days", "How many of the last days that are over, 1 to 730. Default: 90.", Example: "90", IsList: false),
        QueryFilter.Of<CommitmentKind>("kind", "Of one kind of commitment alone.") with { IsList = false },
    ];

    /// <summary>How well promises were kept, as a picture</summary>
    /// <remarks>
    /// An SVG to be put on a page or into a mail. It says what everybody may see, whoever asks: the share of commitments kept over the last days that are over, cut to a
    /// tenth of a percent; and where they are too few to be shown, that.
    /// </remarks>
    public static async Task<ContentHttpResult> Handle(
        HttpContext http, Caller? caller, PerformanceShelf shelf, PerformanceOptions options, DeskSettings desk, DeskClock clock, Languages languages, CancellationToken cancel)
    {
        if (!options.IsPublic) caller!.MustSeeAll();
        var words = WordsOf(ReadPerformance.One(http.Request, "lang"), languages);
        var days = Days(ReadPerformance.One(http.Request, "days"));
        CommitmentKind? kind = ReadPerformance.One(http.Request, "kind") is not { } word ? null
            : Words<CommitmentKind>.TryParse(word, out var known) ? known : throw Refusal.Invalid("kind", Words<CommitmentKind>.Rule);
        var today = (await clock.Now(cancel)).InZone(desk.Zone).Date;
        var (version, answer) = await shelf.Read(new(today.PlusDays(-days), today, kind is null ? null : Grouping.Kind, true, today), cancel);
        var figures = kind is null ? answer.Total : answer.Groups.FirstOrDefault(group => group.Name == Words<CommitmentKind>.Of(kind.Value))?.Figures;
        http.MayKeep($"{version} {today} {words.Language} {days} {kind}", seesAll: false);
        http.Response.Headers.ContentSecurityPolicy = Badge.Policy;
        // Pages of others show it.
        http.Response.Headers["Cross-Origin-Resource-Policy"] = "cross-origin";
        return TypedResults.Content(Badge.Draw(words.Language, words.LabelOf(kind), words.Value(figures?.KeptPercent, days), figures?.KeptPercent), Type, Encoding.UTF8);
    }

    private static BadgeWords WordsOf(string? lang, Languages languages)
    {
        if (lang is null) return BadgeWords.All[languages.For(null).Code];
        return BadgeWords.All.TryGetValue(lang.Split('-', '_')[0], out var words) ? words : throw Refusal.Invalid("lang", "must be en, tr or fi");
    }

    private static int Days(string? text) =>
        text is null ? ReadPerformance.DefaultDays
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var days) && days is >= 1 and <= MostDays ? days
        : throw Refusal.Invalid("days", $"must be a whole number from 1 to {MostDays}");
}
