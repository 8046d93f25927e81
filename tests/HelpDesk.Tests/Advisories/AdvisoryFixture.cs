using System.Text.Json.Nodes;
using HelpDesk.Tests.PromisePages;
using HelpDesk.Tests.Support;

namespace HelpDesk.Tests.Advisories;

/// <summary>A desk where something affects many.</summary>
internal abstract class AdvisoryFixture : PromisePageFixture
{
    protected const string Cards = """
        { "en": { "title": "Card payments are failing", "body": "We work on it with our provider." },
          "tr": { "title": "Kartla ödeme yapılamıyor", "body": "Sağlayıcımızla çözmeye çalışıyoruz." },
          "fi": { "title": "Korttimaksut eivät toimi", "body": "Selvitämme asiaa maksunvälittäjämme kanssa." } }
        """;

    protected override IEnumerable<(string Key, string Value)> Settings => [.. base.Settings, ("Desk:PublicUrl", "https://desk.example.org")];

    /// <param name="more">Further members.</param>
    protected Task<JsonNode> Advise(string more = "", string texts = Cards) => Desk.Admin.Make("/v1/advisories", $$"""{ "texts": {{texts}}{{(more.Length == 0 ? "" : ", " + more)}} }""");

    /// <summary>In English alone, the title its only news.</summary>
    protected Task<JsonNode> Titled(string title, string more = "") => Advise(more, $$"""{ "en": { "title": "{{title}}", "body": "Words." } }""");

    protected async Task<IEnumerable<string?>> Public(string query = "", HttpClient? reader = null) =>
        [.. (await (reader ?? Desk.Anonymous).GetAsync("/v1/public/advisories" + query).Json())["items"]!.AsArray().Select(item => (string?)item!["title"])];
}
