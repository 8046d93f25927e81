using BenchmarkDotNet.Attributes;
using HelpDesk.Delivery;

namespace HelpDesk.Benchmarks;

/// <summary>One follow-up in words: its dates, subject, text and HTML.</summary>
[MemoryDiagnoser]
public class RenderBenchmarks
{
    private readonly Rendering rendering = new(new("en"));
    private readonly Language language = new English();
    private readonly CompiledTemplate own = CompiledTemplate.Of(
        TemplateSource.Of("{{subject}}", "{{#each items}}{{what}}: {{newDate}}{{/each}}", "<table>{{#each items}}<tr><td>{{what}}</td><td>{{newDate}}</td></tr>{{/each}}</table>"), "en");

    private readonly PromiseWords promises = new(new("en"));
    private readonly DateWords dates = new(new("en"));
    private readonly DateTimeZone zone = DateTimeZoneProviders.Tzdb["Europe/Helsinki"];
    private readonly Instant now = Instant.FromUtc(2026, 3, 2, 8, 0);

    [Params("en", "tr", "fi")]
    public string Locale { get; set; } = "en";

    [Benchmark]
    public int FollowUp() => rendering.Render(MessageKind.FollowUp, Locale, new MessageModel
    {
        CustomerName = "Aino Virtanen",
        TicketNumber = 42,
        Subject = "Printer on fire",
        DeskName = "The Desk",
        PublicUrl = "https://desk.example.com/t/0123456789abcdef",
        Reason = "We are waiting for a spare part.",
        Items =
        [
            new()
            {
                What = promises.What("resolution", Locale),
                OldDate = dates.Format(now + Duration.FromHours(1), zone, Locale),
                NewDate = dates.Format(now + Duration.FromHours(5), zone, Locale),
            },
        ],
    }).Html.Length;

    [Benchmark]
    public int FollowUpFromHtmlOfItsOwn() => own.Render(MessageSample.Of(MessageKind.FollowUp, language, isWhole: true)).Html.Length;

    [Benchmark]
    public string Date() => dates.Format(now, zone, Locale);
}
