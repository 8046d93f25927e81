using System.Net;
using HelpDesk.Tests.Support;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.Tokens;

namespace HelpDesk.Tests.Ops;

/// <summary>A desk where people sign in to the operators' pages at the issuer of tokens.</summary>
internal abstract class IssuerSignInFixture
{
    protected const string Unknown = "This sign-in was not begun in this browser";
    protected const string Refused = "What your sign-in service sent back does not hold";
    protected const string Away = "cannot be reached at the moment";
    private static readonly Instant Morning = Instant.FromUtc(2026, 3, 2, 8, 0);
    protected static readonly RsaSecurityKey Key = FakeIssuer.Rsa("first");

    private TestDatabase database = null!;

    protected LogLines Log { get; } = new();

    protected TestMachine Machine { get; private set; } = null!;

    protected FakeIssuer Issuer { get; private set; } = null!;

    protected TestDesk Ours { get; private set; } = null!;

    /// <summary>What the browser was answered when it came back.</summary>
    protected HttpResponseMessage? Last { get; private set; }

    [OneTimeSetUp]
    public async Task Start()
    {
        database = TestDatabase.Create();
        Machine = new(Morning);
        Issuer = await FakeIssuer.Start();
        Issuer.Publish(Key);
        Ours = Desk();
    }

    [OneTimeTearDown]
    public async Task Stop()
    {
        Ours.Dispose();
        await Issuer.DisposeAsync();
        database.Dispose();
    }

    [SetUp]
    public void Morning_again()
    {
        Machine.Now = Morning;
        (Issuer.IsAway, Issuer.HasSignIn, Issuer.TokensFail, Issuer.ClientSecret, Issuer.SecretBy) = (false, true, null, null, null);
        Log.Clear();
    }

    protected TestDesk Desk(params (string Key, string Value)[] more) => TestDesk.Start(
        [("Access:Oidc:Authority", Issuer.Address), ("Access:Oidc:Audience", FakeIssuer.Audience), ("Access:Oidc:ClientId", FakeIssuer.Client), ("Desk:PublicUrl", "http://desk.example"), ("RateLimits:FailuresPerMinute", "0"), ("Logging:LogLevel:Microsoft.AspNetCore", "Information"),
            .. more],
        Machine, services => services.AddSingleton<ILoggerProvider>(Log), database);

    /// <summary>A token of identity for Ada, who may do everything.</summary>
    protected Func<string, string> Identity(params (string Claim, object? Value)[] with) =>
        nonce => Issuer.Sign(Key, SecurityAlgorithms.RsaSha256, Machine.Now, [("aud", FakeIssuer.Client), ("name", "Ada Lovelace"), ("scope", null), ("roles", "admin"), ("nonce", nonce), .. with]);

    protected static async Task<Uri> Leave(OpsBrowser browser, string query = "")
    {
        var answer = await browser.Get($"/ops/sign-in/issuer{query}");
        Assert.That((answer.StatusCode, answer.Headers.CacheControl?.NoStore), Is.EqualTo((HttpStatusCode.SeeOther, true)));
        return answer.Headers.Location!;
    }

    protected static string Asked(Uri sentTo, string name) => QueryHelpers.ParseQuery(sentTo.Query)[name].ToString();

    protected string BackFrom(Uri sentTo, Func<string, string> identity, string access = "opaque") => Issuer.SignIn(sentTo, identity, access).Callback.PathAndQuery;

    protected async Task<OpsBrowser> Through(Func<string, string> identity, string access = "opaque", TestDesk? at = null)
    {
        var browser = new OpsBrowser(at ?? Ours);
        Last = await browser.Get(BackFrom(await Leave(browser), identity, access));
        return browser;
    }

    protected static async Task IsIn(OpsBrowser browser) => Assert.That((await browser.Page("/ops")).QuerySelector("h1")!.TextContent, Is.EqualTo("Operations"));

    protected static async Task IsOut(OpsBrowser browser) => Assert.That((await browser.Get("/ops")).StatusCode, Is.EqualTo(HttpStatusCode.SeeOther));

    protected Task<AngleSharp.Html.Dom.IHtmlDocument> IsNot(OpsBrowser browser, HttpStatusCode status, string words) => IsNot(browser, Last!, status, words);

    /// <summary>Not signed in, and told why on a page from which it can be tried again.</summary>
    protected static async Task<AngleSharp.Html.Dom.IHtmlDocument> IsNot(OpsBrowser browser, HttpResponseMessage answer, HttpStatusCode status, string words)
    {
        var page = await answer.Page(status);
        Assert.That(page.QuerySelector("#issuer-fault")!.TextContent, Does.Contain(words));
        Assert.That((browser.Session, page.QuerySelectorAll("a.button").Length), Is.EqualTo(((string?)null, 1)));
        return page;
    }
}
