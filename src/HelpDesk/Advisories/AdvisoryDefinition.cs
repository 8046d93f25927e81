using HelpDesk.Policies;
using HelpDesk.Web.OpenApi;

namespace HelpDesk.Advisories;

/// <summary>What customers are told about something that affects many of them.</summary>
/// <param name="Texts">What it says, by BCP 47 locale: at least one, at most 50. A reader gets her locale's, else its parent's, else the desk's default, else any.</param>
/// <param name="From">When it begins to hold: now, if left out. Example: "2026-03-02T08:00:00Z".</param>
/// <param name="Until">When it ceases to hold; later than from. Left out: not before it is changed or deleted. Example: "2026-03-02T18:00:00Z".</param>
/// <param name="Published">Whether everybody may read it: on /promises, at GET /v1/public/advisories, and on the pages of tickets that it covers. Letters give it as the reason either way. Default false.</param>
/// <param name="When">Which tickets it covers, as of a policy; all of them, if left out or empty.</param>
[Example("""
    { "texts": { "en": { "title": "Card payments are failing", "body": "Since this morning most cards are declined. We are working on it with our payment provider." },
                 "tr": { "title": "Kartla ödeme yapılamıyor", "body": "Bu sabahtan beri kartların çoğu reddediliyor. Ödeme sağlayıcımızla birlikte çözmeye çalışıyoruz." } },
      "published": true, "when": { "queue": ["billing"] } }
    """)]
[PatchExample("""{ "texts": { "fi": { "title": "Korttimaksut eivät toimi", "body": "Selvitämme asiaa maksunvälittäjämme kanssa." } }, "until": "2126-03-02T18:00:00Z" }""")]
public sealed record AdvisoryDefinition(
    [property: LocaleKeys] IReadOnlyDictionary<string, AdvisoryText> Texts,
    Instant? From = null,
    Instant? Until = null,
    bool Published = false,
    PolicyConditions? When = null);

/// <summary>What an advisory says in one language. Plain text: what looks like markup is shown as it was written.</summary>
/// <param name="Title">One line of 1 to 200 characters. Example: "Card payments are failing".</param>
/// <param name="Body">1 to 2000 characters; it may have several lines. Example: "We are working on it with our payment provider.".</param>
public sealed record AdvisoryText(string Title, string Body);
