using HelpDesk.Web;
using HelpDesk.Web.Pages;

namespace HelpDesk.PromisePages;

/// <summary>Which of the page's forms is asked for, and how: with the instant all that its text depends on, beside what is published, what affects many and how it was kept.</summary>
/// <param name="Up">From the page to the desk's root.</param>
/// <param name="Zone">The reader's; null where she named none.</param>
/// <param name="IsZoneUnknown">She named one that there is not.</param>
internal sealed record PromiseAsk(PageLanguage Language, bool IsLanguageChosen, string Up, DateTimeZone? Zone, bool IsZoneUnknown, PromiseParts Parts, bool IsEmbedded)
{
    public static PromiseAsk Of(HttpRequest request, PageFrame frame, bool isEmbedded)
    {
        var name = request.Query["zone"].ToString();
        var zone = name.Length is 0 or > 100 ? null : Zones.Find(name);
        return new(frame.Language, frame.IsChosen, frame.Up, zone, name.Length > 0 && zone is null, isEmbedded ? Shown(request.Query["show"]) : PromiseParts.All, isEmbedded);
    }

    private static PromiseParts Shown(string? part) => part switch
    {
        "strip" => PromiseParts.Strip,
        "hours" => PromiseParts.Hours,
        "quote" => PromiseParts.Quote,
        "advisories" => PromiseParts.Advisories,
        _ => PromiseParts.All,
    };
}

/// <summary>What a page is made of.</summary>
[Flags]
public enum PromiseParts
{
    /// <summary>"If you wrote now".</summary>
    Quote = 1,

    /// <summary>When somebody is there.</summary>
    Hours = 2,

    /// <summary>How promises were kept.</summary>
    Strip = 4,

    /// <summary>What affects many now.</summary>
    Advisories = 8,

    /// <summary>Everything.</summary>
    All = Quote | Hours | Strip | Advisories,
}
