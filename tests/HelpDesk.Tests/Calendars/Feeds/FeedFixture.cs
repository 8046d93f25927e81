using System.Net;
using System.Text.Json.Nodes;
using HelpDesk.Calendars.Feeds;
using HelpDesk.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace HelpDesk.Tests.Calendars.Feeds;

/// <summary>A desk that reads holidays from a server on loopback. On the desk it is March 2026; the machine's clock, by which feeds are read, shows November.</summary>
internal abstract class FeedFixture : DeskFixture
{
    protected static readonly Instant Start = Instant.FromUtc(2026, 11, 22, 9, 0);

    private protected readonly TestMachine machine = new(Start);
    private protected HttpSink sink = null!;

    protected override IEnumerable<(string Key, string Value)> Settings => [("HolidayFeeds:AllowedNetworks", "127.0.0.0/8")];

    protected override TimeProvider Machine => machine;

    protected const string Nobody = "0195564e-1200-7a01-8f00-0a1b2c3d4e5f";

    protected string Feeds => $"/v1/calendars/{Calendar}/holiday-feeds";

    [SetUp]
    public void Open_the_server()
    {
        machine.Now = Start;
        sink = new();
    }

    [TearDown]
    public void Close_the_server() => sink.Dispose();

    /// <summary>A feed; its address.</summary>
    protected async Task<string> Feed(string? url = null) => $"{Feeds}/{(await Desk.Admin.Post(Feeds, $$"""{ "url": "{{url ?? sink.Url}}" }""").Json(HttpStatusCode.Created))["id"]}";

    /// <summary>Reads what is due now.</summary>
    protected static async Task<int> Read(TestDesk desk) => await desk.Services.GetRequiredService<ReadHolidayFeeds>().RunOnce(default);

    protected Task<int> Read() => Read(Desk);

    /// <summary>Long enough for every feed to be due.</summary>
    protected Task<int> ReadNextDay()
    {
        machine.Now += Duration.FromDays(1);
        return Read();
    }

    /// <summary>The server has this feed from now on.</summary>
    private protected void Serve(params string[] lines) => sink.Answer = _ => HttpSink.Status("200 OK", Ical(lines));

    /// <summary>Events of one day each, such as <c>20260501</c>, or with further lines: <c>20260501;RRULE:FREQ=YEARLY</c>.</summary>
    protected static string Ical(params string[] days)
    {
        var events = days.Select(day => $"BEGIN:VEVENT\r\nUID:{day}@example.org\r\nDTSTART;VALUE=DATE:{day.Replace(";", "\r\n")}\r\nEND:VEVENT\r\n");
        return $"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Example//Holidays//EN\r\n{string.Concat(events)}END:VCALENDAR\r\n";
    }

    protected Task<JsonNode> Office() => Desk.Admin.GetAsync($"/v1/calendars/{Calendar}").Json();

    protected async Task<string> Holidays() => string.Join(' ', (await Office())["holidays"]!.AsArray().Select(day => (string?)day));

    protected async Task<int> Version() => (int)(await Office())["version"]!;

    protected Task<JsonNode> Give(params string[] holidays) =>
        Desk.Admin.Patch($"/v1/calendars/{Calendar}", $$"""{ "holidays": [{{string.Join(',', holidays.Select(day => $"\"{day}\""))}}] }""").Json();

    protected async Task<string?> Problem(string feed) => (string?)(await Desk.Admin.GetAsync(feed).Json())["lastProblem"];

    protected async Task<IReadOnlyList<string>> Told() =>
        [.. (await Database.Ask<string[]>("select array_agg(type order by sequence) from events where type like 'holiday_feed.%' or type = 'calendar.updated'"))!];
}
