using System.Net;
using AngleSharp.Html.Dom;
using HelpDesk.Tests.Support;

namespace HelpDesk.Tests.Ops;

/// <summary>Somebody at the operators' pages. Cookies are kept here, whatever the clock on the wall says of them.</summary>
internal sealed class OpsBrowser(TestDesk desk)
{
    private readonly HttpClient client = desk.Browser();

    /// <summary>The session, as the cookie has it; null while there is none.</summary>
    public string? Session { get; set; }

    /// <summary>The last one that was set, with its attributes.</summary>
    public string SetCookie { get; private set; } = "";

    /// <summary>What it remembers while it is away at the issuer.</summary>
    public string? Attempt { get; set; }

    public string SetAttempt { get; private set; } = "";

    public static async Task<OpsBrowser> SignedIn(TestDesk desk, string key = TestDesk.AdminKey, string leadsTo = "../ops")
    {
        var browser = new OpsBrowser(desk);
        var answer = await browser.SignIn(key);
        Assert.That((answer.StatusCode, answer.Headers.Location?.OriginalString), Is.EqualTo((HttpStatusCode.SeeOther, leadsTo)), await answer.Content.ReadAsStringAsync());
        return browser;
    }

    public Task<HttpResponseMessage> SignIn(string key, params (string Name, string Value)[] headers) => Post("/ops/sign-in", [("key", key)], headers);

    public async Task<IHtmlDocument> Page(string path, HttpStatusCode expected = HttpStatusCode.OK) => await (await Get(path)).Page(expected);

    public Task<HttpResponseMessage> Get(string path, params (string Name, string Value)[] headers) => Send(new(HttpMethod.Get, path), headers);

    public Task<HttpResponseMessage> Post(string path, (string Name, string Value)[] form, params (string Name, string Value)[] headers) =>
        Send(new(HttpMethod.Post, path) { Content = new FormUrlEncodedContent(form.Select(field => KeyValuePair.Create(field.Name, field.Value))) }, headers);

    /// <summary>Presses a button of the page, with all its form holds.</summary>
    public async Task<HttpResponseMessage> Press(IHtmlDocument page, string action)
    {
        var form = page.QuerySelectorAll("form").OfType<IHtmlFormElement>().First(each => each.GetAttribute("action")!.EndsWith(action, StringComparison.Ordinal));
        return await Post("/" + form.GetAttribute("action")!.TrimStart('.', '/'), [.. form.QuerySelectorAll("input[name]").Select(input => (input.GetAttribute("name")!, input.GetAttribute("value")!))]);
    }

    private async Task<HttpResponseMessage> Send(HttpRequestMessage request, (string Name, string Value)[] headers)
    {
        if (Cookies is { Length: > 0 } cookies) request.Headers.Add("Cookie", cookies);
        foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value);
        var answer = await client.SendAsync(request);
        foreach (var cookie in answer.Headers.TryGetValues("Set-Cookie", out var set) ? set : [])
        {
            var (name, value) = (cookie[..cookie.IndexOf('=')], cookie[(cookie.IndexOf('=') + 1)..cookie.IndexOf(';')]);
            if (name == "helpdesk-ops") (SetCookie, Session) = (cookie, value.Length == 0 ? null : value);
            else (SetAttempt, Attempt) = (cookie, value.Length == 0 ? null : value);
        }

        return answer;
    }

    private string Cookies => string.Join("; ", new[] { Session is null ? null : $"helpdesk-ops={Session}", Attempt is null ? null : $"helpdesk-sign-in={Attempt}" }.OfType<string>());
}
