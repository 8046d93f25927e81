using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using AngleSharp.Html.Dom;
using HelpDesk.Tests.Support;

namespace HelpDesk.Tests.TicketPages;

/// <summary>A desk whose tickets are looked at, and answered, from their pages.</summary>
internal abstract class TicketPageFixture : DeskFixture
{
    protected override IEnumerable<(string Key, string Value)> Settings => [("Desk:PublicUrl", "https://desk.example.org"), ("Desk:Name", "Tea & Co"), ("RateLimits:FailuresPerMinute", "5")];

    protected override TimeProvider Machine { get; } = new ManualClock();

    [SetUp]
    public void Another_minute() => ((ManualClock)Machine).Advance(Duration.FromMinutes(1));

    /// <summary>The address of the ticket's page, as a path.</summary>
    protected async Task<string> Link(JsonNode ticket) => new Uri((string)(await Read(ticket))["publicUrl"]!).AbsolutePath;

    protected Task<HttpResponseMessage> Ask(string path, params (string, string)[] headers) => Desk.Unfollowing.Send(HttpMethod.Get, path, headers: headers);

    protected async Task<IHtmlDocument> See(string path, HttpStatusCode expected = HttpStatusCode.OK) => await (await Ask(path)).Page(expected);

    protected async Task<IHtmlDocument> See(JsonNode ticket) => await See(await Link(ticket));

    protected static string Text(IHtmlDocument page) => string.Join(' ', page.Body!.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    /// <summary>Fills in the form of a page and sends it, as a browser does.</summary>
    protected Task<HttpResponseMessage> Send(IHtmlDocument page, string path, string body, IEnumerable<(string Name, string Text)>? files = null, params (string, string)[] headers) =>
        SendTo(Desk, page, path, body, files, headers);

    protected static async Task<HttpResponseMessage> SendTo(
        TestDesk desk, IHtmlDocument page, string path, string body, IEnumerable<(string Name, string Text)>? files = null, params (string, string)[] headers)
    {
        var form = page.QuerySelector("form")!;
        using var content = new MultipartFormDataContent();
        foreach (var hidden in form.QuerySelectorAll("input[type=hidden]")) content.Add(new StringContent(hidden.GetAttribute("value")!), hidden.GetAttribute("name")!);
        content.Add(new StringContent(body), "body");
        // Where none was chosen a browser sends a part without a name.
        foreach (var (name, text) in files ?? [("", "")])
        {
            var file = new ByteArrayContent(Encoding.UTF8.GetBytes(text)) { Headers = { ContentType = new MediaTypeHeaderValue("text/plain") } };
            file.Headers.TryAddWithoutValidation("Content-Disposition", $"form-data; name=\"file\"; filename=\"{name}\"");
            content.Add(file);
        }

        var request = new HttpRequestMessage(HttpMethod.Post, Resolve(path, form.GetAttribute("action")!)) { Content = content };
        foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value);
        return await desk.Unfollowing.SendAsync(request);
    }

    /// <summary>An agent's upload; answers its id.</summary>
    protected async Task<string> Upload(JsonNode ticket, string name)
    {
        using var content = new MultipartFormDataContent { { new StringContent("x"), "file", name } };
        return (string)(await Desk.Admin.PostAsync($"/v1/tickets/{ticket["id"]}/attachments", content).Json(HttpStatusCode.Created))["items"]![0]!["id"]!;
    }

    /// <summary>Sends it from the ticket's own page and follows where that leads.</summary>
    protected async Task<(string Path, IHtmlDocument Page)> Answer(JsonNode ticket, string body, IEnumerable<(string Name, string Text)>? files = null)
    {
        var path = await Link(ticket);
        var sent = await Send(await See(path), path, body, files);
        Assert.That(sent.StatusCode, Is.EqualTo(HttpStatusCode.SeeOther), await sent.Content.ReadAsStringAsync());
        var next = Resolve(path, sent.Headers.Location!.OriginalString);
        return (next, await See(next));
    }

    protected static string Resolve(string path, string relative) => new Uri(new Uri("https://desk.example.org" + path), relative).PathAndQuery;
}
