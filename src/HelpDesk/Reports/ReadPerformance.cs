using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using HelpDesk.Access;
using HelpDesk.Tickets;
using HelpDesk.Time;
using HelpDesk.Web;
using Microsoft.AspNetCore.Http.HttpResults;
using NodaTime.Text;

namespace HelpDesk.Reports;

internal static class ReadPerformance
{
    public const int DefaultDays = 90;
    private const int MostDays = 731;

    public static IReadOnlyList<QueryFilter> Filters { get; } =
    [
        new("from", "The first day, in the desk's time zone. Default: 90 days before \"to\".", Format: "date", Example: "2026-01-01", IsList: false),
        new("to", "The day after the last one; at most two years (731 days) after \"from\". Default: tomorrow, and without a key today.", Format: "date", Example: "2026-04-01", IsList: false),
        QueryFilter.Of<Grouping>("by", "By what to tell groups apart; without it the total alone.") with { IsList = false },
    ];

    /// <summary>How well promises were kept</summary>
    /// <remarks>
    /// The days are those of the desk's time zone, from "from" up to but without "to". A promise counts on the day it ended ("made": on the day it was made); a verdict on the
    /// day it was certain: kept when fulfilled, broken when the first promise was found broken; targets and times on the day the commitment ended. What is found late
    /// counts where it belongs, so figures of past days may still change. A commitment is judged once: one that was broken and then met by the recovery's date is broken. A
    /// reopened ticket's resolution keeps its verdict, and the new one is judged by itself. What was merged or split counts on the ticket it is on now; queue,
    /// priority and channel are those the ticket has now. Customers who cannot be reached count like all others: what is broken on them is silent. Erasing a customer changes no figure.
    ///
    /// With a key that has `reports:read` and is not held to queues everything is told, today included. Everybody else gets the public view: of days that are over, in blocks
    /// of days that have at least `smallestSample` verdicts together, so "from" and "to" may be answered narrower than asked. A group with fewer in one
    /// of the blocks is withheld and counted under "other", which is itself never smaller; hence the difference of two answers tells of no small sample either.
    /// Queues and channels are named where a published policy names them, policies where they are published; all else is "other".
    /// </remarks>
    public static async Task<Ok<PerformanceResponse>> Handle(
        HttpContext http, Caller? caller, PerformanceShelf shelf, PerformanceOptions options, DeskSettings desk, DeskClock clock, CancellationToken cancel)
    {
        var seesAll = caller is { Queues: null } && caller.May(Scopes.ReportsRead);
        if (!seesAll && !options.IsPublic) caller!.MustSeeAll();
        var today = (await clock.Now(cancel)).InZone(desk.Zone).Date;
        var question = Question(http.Request, today, isPublic: !seesAll);
        var (version, answer) = await shelf.Read(question, cancel);
        http.MayKeep($"{version} {question}", seesAll);
        return TypedResults.Ok(answer);
    }

    private static PerformanceQuestion Question(HttpRequest request, LocalDate today, bool isPublic)
    {
        var to = Date(request, "to") ?? (isPublic ? today : today.PlusDays(1));
        var from = Date(request, "from") ?? to.PlusDays(-DefaultDays);
        if (from >= to) throw Refusal.Invalid("from", $"must be before \"to\", which is {LocalDatePattern.Iso.Format(to)}");
        if (Period.DaysBetween(from, to) > MostDays) throw Refusal.Invalid("from", $"must be at most {MostDays} days before \"to\", which is {LocalDatePattern.Iso.Format(to)}");
        return new(from, to, One(request, "by") is not { } word ? null : Words<Grouping>.TryParse(word, out var by) ? by : throw Refusal.Invalid("by", Words<Grouping>.Rule), isPublic, today);
    }

    private static LocalDate? Date(HttpRequest request, string name) =>
        One(request, name) is not { } text ? null
        : LocalDatePattern.Iso.Parse(text).TryGetValue(default, out var date) && date.Year is >= 1900 and < 9000 ? date
        : throw Refusal.Invalid(name, "must be a date of the years 1900 to 8999 as yyyy-MM-dd, for example 2026-03-02");

    /// <summary>Null when it is not there.</summary>
    public static string? One(HttpRequest request, string name) => request.Query[name] switch
    {
        [] or [""] => null,
        [{ } text] => text,
        _ => throw Refusal.Invalid(name, "must be there once"),
    };

    /// <summary>Whoever asks without a key may keep the answer for a minute, and so may what lies between.</summary>
    public static void MayKeep(this HttpContext http, string version, bool seesAll)
    {
        http.SetETag(BinaryPrimitives.ReadInt64BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes(version))) & long.MaxValue);
        http.Response.Headers.Append("Vary", "Authorization");
        if (!seesAll && http.Request.Headers.Authorization.Count == 0) http.Response.Headers.CacheControl = "public, max-age=60";
    }
}
