using System.Net;
using AngleSharp.Html.Dom;
using HelpDesk.Tests.Support;

namespace HelpDesk.Tests.Web;

/// <summary>What every page for people has in common, seen on the page of an address that leads nowhere.</summary>
internal sealed class PageTests
{
    private TestDesk plain = null!;

    [OneTimeSetUp]
    public void Start() => plain = TestDesk.Start();

    [OneTimeTearDown]
    public void Stop() => plain.Dispose();

    private static Task<HttpResponseMessage> Ask(TestDesk desk, string path, string accept = "text/html", string language = "") =>
        desk.Anonymous.Send(HttpMethod.Get, path, headers: [("Accept", accept), ("Accept-Language", language)]);

    private static async Task<IHtmlDocument> Page(TestDesk desk, string path, string language = "") => await (await Ask(desk, path, language: language)).Page(HttpStatusCode.NotFound);

    [TestCase("/nowhere", "", "en")]
    [TestCase("/nowhere", "fi-FI, en;q=0.5", "fi")]
    [TestCase("/nowhere", "sv, tr;q=0.2, en;q=0.1", "tr")]
    [TestCase("/nowhere", "fi;q=0, tr", "tr")]
    [TestCase("/nowhere", ";;;", "en")]
    [TestCase("/nowhere?lang=tr", "fi", "tr")]
    [TestCase("/nowhere?lang=sv", "fi", "fi")]
    public async Task A_page_is_in_the_language_asked_for_else_in_the_browser_s(string path, string accepted, string language)
    {
        var answer = await Ask(plain, path, language: accepted);
        var page = await answer.Page(HttpStatusCode.NotFound);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(page.DocumentElement.GetAttribute("lang"), Is.EqualTo(language));
            Assert.That(answer.Content.Headers.ContentLanguage, Is.EqualTo(new[] { language }));
            Assert.That(answer.Headers.Vary, Does.Contain("Accept-Language"));
            Assert.That(page.QuerySelector("nav [aria-current]")!.GetAttribute("lang"), Is.EqualTo(language));
            Assert.That(page.QuerySelectorAll("nav a").Select(link => link.GetAttribute("href")), Is.EqualTo(new[] { "?lang=en", "?lang=fi", "?lang=tr" }));
        }
    }

    [Test]
    public async Task A_page_asks_nobody_else_for_anything_and_runs_nothing_of_its_own()
    {
        var answer = await Ask(plain, "/far/away/from/it");
        var policy = answer.Headers.GetValues("Content-Security-Policy").Single();
        Assert.That(policy, Does.StartWith("default-src 'none'; ").And.Contain("form-action 'self'").And.Contain("frame-ancestors 'none'").And.Not.Contain("unsafe").And.Not.Contain("http"));
        Assert.That((answer.Headers.GetValues("X-Frame-Options").Single(), answer.Headers.GetValues("Referrer-Policy").Single()), Is.EqualTo(("DENY", "no-referrer")));
        var page = await answer.Page(HttpStatusCode.NotFound);
        Assert.That(page.QuerySelectorAll("style, [style], script:not([src]), [onclick]"), Is.Empty);
        foreach (var address in page.QuerySelectorAll("link").Select(link => link.GetAttribute("href")!))
        {
            Assert.That(address, Does.StartWith("../../../assets/"));
            var file = await plain.Anonymous.GetAsync(address[8..]);
            Assert.That((file.StatusCode, file.Headers.CacheControl?.ToString()), Is.EqualTo((HttpStatusCode.OK, "public, max-age=31536000, immutable")), address);
            Assert.That(await file.Content.ReadAsStringAsync(), Does.Not.Contain("@import").And.Not.Contain("url("));
        }
    }

    [Test]
    public async Task A_page_has_landmarks_and_a_way_past_its_head()
    {
        var page = await Page(plain, "/nowhere");
        Assert.That(page.QuerySelector("body > a")!.GetAttribute("href"), Is.EqualTo("#content"));
        Assert.That(page.QuerySelectorAll("body > header, body > main#content, body > footer"), Has.Length.EqualTo(3));
        Assert.That(page.QuerySelectorAll("h1"), Has.Length.EqualTo(1));
        Assert.That(page.QuerySelector("nav")!.GetAttribute("aria-label"), Is.EqualTo("Language"));
    }

    [TestCase("/v1/nowhere", "text/html")]
    [TestCase("/health/nowhere", "text/html")]
    [TestCase("/nowhere", "application/json")]
    [TestCase("/nowhere", "*/*")]
    public async Task Programs_still_get_problems(string path, string accept)
    {
        await Ask(plain, path, accept).Problem(HttpStatusCode.NotFound, "not-found");
    }

    [Test]
    public async Task An_asset_of_another_version_is_answered_with_this_one_s_and_not_kept()
    {
        var file = await plain.Anonymous.GetAsync("/assets/0123456789abcdef/page.css");
        Assert.That((file.StatusCode, file.Headers.CacheControl?.ToString(), file.Content.Headers.ContentType?.MediaType), Is.EqualTo((HttpStatusCode.OK, "no-cache", "text/css")));
        Assert.That((await plain.Anonymous.GetAsync("/assets/0123456789abcdef/nothing.css")).StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
    }

    [Test]
    public async Task The_theme_is_what_the_configuration_says_and_stays_readable()
    {
        using var desk = TestDesk.Start([("Pages:Theme:Accent", "#ffcc00"), ("Pages:Theme:Radius", "2px"), ("Pages:Theme:Font", "Inter, 'Open Sans', sans-serif"), ("Pages:Theme:Dark:Background", "#000")]);
        var css = await desk.Anonymous.GetStringAsync("/assets/x/theme.css");
        Assert.That(css, Does.Contain("--fill:#ffcc00;--on-fill:#000000;").And.Contain("--radius:2px;").And.Contain("--font:'Inter','Open Sans',sans-serif;").And.Contain("--background:#000000;"));
        Assert.That(css, Does.Not.Contain("--accent:#ffcc00"), "a yellow link on white could not be read");
    }

    [TestCase("Pages:Theme:Accent", "red;}body{display:none")]
    [TestCase("Pages:Theme:Accent", "#12345")]
    [TestCase("Pages:Theme:Dark:Text", "url(https://example.org)")]
    [TestCase("Pages:Theme:Text", "#cccccc")]
    [TestCase("Pages:Theme:Radius", "10px;}")]
    [TestCase("Pages:Theme:Radius", "calc(1px)")]
    [TestCase("Pages:Theme:Font", "x'}@import 'y")]
    [TestCase("Pages:Theme:Font", "")]
    [TestCase("Pages:Theme:Colour", "#000000")]
    [TestCase("Pages:Logo", "/nowhere/logo.svg")]
    public void A_theme_is_a_few_values_and_nothing_else(string key, string value)
    {
        if (value.Length == 0)
        {
            using var desk = TestDesk.Start([(key, value)]);
            return;
        }

        Assert.That(() => TestDesk.Start([(key, value)]), Throws.Exception.With.Message.Contains(key));
    }

    [TestCase("<svg xmlns=\"http://www.w3.org/2000/svg\"/>", "image/svg+xml")]
    [TestCase("<html><svg", null)]
    [TestCase("GIF89a", null)]
    public async Task The_logo_is_a_file_of_the_desk_s_own(string content, string? type)
    {
        var path = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(path, content);
            if (type is null)
            {
                Assert.That(() => TestDesk.Start([("Pages:Logo", path)]), Throws.Exception.With.Message.Contains("must be a picture"));
                return;
            }

            using var desk = TestDesk.Start([("Pages:Logo", path), ("Desk:Name", "Tea & Co")]);
            var image = (await Page(desk, "/nowhere")).QuerySelector("header img")!;
            var file = await desk.Anonymous.GetAsync("/" + image.GetAttribute("src"));
            Assert.That((image.GetAttribute("alt"), file.Content.Headers.ContentType?.MediaType), Is.EqualTo(("Tea & Co", type)));
            Assert.That(file.Headers.GetValues("Content-Security-Policy").Single(), Does.StartWith("default-src 'none'"));
        }
        finally
        {
            File.Delete(path);
        }
    }
}
