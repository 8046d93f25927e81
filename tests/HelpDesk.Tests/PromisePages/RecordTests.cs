using HelpDesk.PromisePages;
using HelpDesk.Tests.Support;

namespace HelpDesk.Tests.PromisePages;

/// <summary>How promises were kept, on the page, and the page in pages of others.</summary>
internal sealed class RecordTests : PromisePageFixture
{
    [Test]
    public async Task The_share_and_the_days_are_what_everybody_may_see()
    {
        await Policy(Terms, Published);
        await Answered(4);
        Assert.That((await See()).QuerySelector(".share"), Is.Null, "today is not over");
        await Now("2026-03-03T08:00:00Z");
        var page = await See();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Text(page.QuerySelector(".share")!), Is.EqualTo("100% of promises kept in the last 90 days"));
            Assert.That(Text(page.QuerySelector(".share + .quiet")!), Is.EqualTo("4 commitments judged, 2 March 2026."));
            Assert.That(page.QuerySelectorAll(".strip > ol > li"), Has.Length.EqualTo(90));
            Assert.That(Texts(page, ".strip > ol > li").Last(), Is.EqualTo("2 March 4 kept, 0 renewed in time, 0 broken"));
            Assert.That(Texts(page, ".figures tbody tr"), Is.EqualTo(new[] { "3 December – 1 March Too few to show", "2 March 4 0 0" }));
            Assert.That(page.QuerySelector(".strip > svg")!.GetAttribute("aria-label"), Does.Contain("last 90 days"));
        }
    }

    [TestCase("en", "4 commitments judged, 2 March 2026.", "4 commitments judged, 2 March 2026 to 3 March 2026.")]
    [TestCase("fi", "4 arvioitua sitoumusta, 2.3.2026", "4 arvioitua sitoumusta, 2.3.2026–3.3.2026")]
    [TestCase("tr", "Değerlendirilen taahhüt: 4 (2 Mart 2026)", "Değerlendirilen taahhüt: 4 (2 Mart 2026 – 3 Mart 2026)")]
    public void One_day_is_one_date(string language, string one, string two)
    {
        var words = HelpDesk.PromisePages.PromisePageWords.Of(HelpDesk.Web.Pages.PageLanguage.Find(language)!);
        Assert.That((words.Sample(4, new(2026, 3, 2), new(2026, 3, 2)), words.Sample(4, new(2026, 3, 2), new(2026, 3, 3))), Is.EqualTo((one, two)));
    }

    [Test]
    public async Task Too_few_are_not_told_of()
    {
        await Policy(Terms, Published);
        await Answered(2);
        await Now("2026-03-03T08:00:00Z");
        var page = await See();
        Assert.That(Text(page.Body!), Does.Contain("Too few promises have come due so far for a fair figure."));
        Assert.That(Texts(page, ".strip > ol > li").Distinct().Single(), Does.EndWith("Too few to show"));
        Assert.That(page.QuerySelectorAll(".strip > svg .kept, .strip > svg .broken"), Is.Empty);
    }

    [Test]
    public async Task Days_with_few_are_shown_together()
    {
        await Policy(Terms, Published);
        await Answered(2);
        await Now("2026-03-03T09:00:00Z");
        await Answered(2);
        await Now("2026-03-04T08:00:00Z");
        Assert.That(Texts(await See(), ".figures tbody tr").Last(), Is.EqualTo("2 March – 3 March together 4 0 0"));
    }

    [Test]
    public async Task What_was_broken_shows_without_its_colour_too()
    {
        await Policy("""{ "first_response": { "target": "PT4H", "hours": "around_the_clock", "maxRenewals": 0 } }""", Published);
        await Answered(4);
        await Open();
        await Advance("PT5H");
        await Answered(0);
        await Now("2026-03-03T08:00:00Z");
        var page = await See();
        Assert.That(Text(page.QuerySelector(".share")!), Does.StartWith("80.0%"));
        var bars = page.QuerySelectorAll(".strip > svg > .broken");
        Assert.That(bars, Has.Length.EqualTo(2), "a bar, and a mark under it");
        Assert.That(bars.Select(bar => int.Parse(bar.GetAttribute("height")!, null)), Is.All.GreaterThan(4));
    }

    [Test]
    public async Task Where_figures_are_not_public_nothing_is_said_of_them()
    {
        await Policy(Terms, Published);
        using var closed = StartAnother(("Performance:Public", "false"));
        Assert.That((await (await closed.Anonymous.GetAsync("/promises")).Page()).QuerySelector(".strip"), Is.Null);
    }

    [TestCase(90, 0, 0, "kept 56")]
    [TestCase(999, 0, 1, "kept 50, broken 6, broken 5")]
    [TestCase(0, 0, 5, "broken 56, broken 5")]
    [TestCase(0, 7, 0, "renewed 56")]
    [TestCase(2, 1, 1, "kept 28, renewed 14, broken 14, broken 5")]
    [TestCase(1, 500, 500, "kept 6, renewed 22, broken 28, broken 5")]
    [TestCase(0, 0, 0, "none 3")]
    public void However_few_of_many_are_seen(long kept, long renewed, long broken, string bars) =>
        Assert.That(string.Join(", ", StripPicture.Bars(new(0, 1, "", new(kept, renewed, broken))).Select(bar => $"{bar.Look} {bar.Height}")), Is.EqualTo(bars));

    [Test]
    public async Task Pages_of_others_may_show_the_embedded_form_alone()
    {
        await Policy(Terms, Published);
        var page = await Ask();
        Assert.That(page.Headers.GetValues("Content-Security-Policy").Single(), Does.Contain("frame-ancestors 'none';"));
        var embedded = await Ask("/embed");
        Assert.That(embedded.Headers.GetValues("Content-Security-Policy").Single(), Does.Contain("frame-ancestors *;"));
        Assert.That((embedded.Headers.Contains("X-Frame-Options"), embedded.Headers.GetValues("X-Robots-Tag").Single()), Is.EqualTo((false, "noindex")));
        var document = await embedded.Page();
        Assert.That((document.QuerySelectorAll("header, footer").Length, document.QuerySelectorAll(".quotes, .strip, .week").Length, document.QuerySelector(".end a:not([hidden])")!.GetAttribute("href")), Is.EqualTo((0, 3, "../promises")));
    }

    [TestCase("strip", ".strip")]
    [TestCase("quote", ".quotes")]
    [TestCase("hours", ".week")]
    public async Task Of_the_embedded_form_one_part_can_be_shown(string part, string selector)
    {
        await Policy(Terms, Published);
        var page = await See("/embed?lang=fi&show=" + part);
        Assert.That(page.QuerySelectorAll(".quotes, .strip, .week").Single().Matches(selector), Is.True);
        Assert.That(page.QuerySelector(".end a:not([hidden])")!.GetAttribute("href"), Is.EqualTo("../promises?lang=fi"));
    }

    [TestCase("https://www.example.com https://shop.example.com:8443", "frame-ancestors https://www.example.com https://shop.example.com:8443;")]
    [TestCase("none", "frame-ancestors 'none';")]
    [TestCase("*", "frame-ancestors *;")]
    public async Task Whose_pages_may_show_it_is_configured(string origins, string policy)
    {
        using var desk = StartAnother(("Pages:EmbedIn", origins));
        Assert.That((await desk.Anonymous.GetAsync("/promises/embed")).Headers.GetValues("Content-Security-Policy").Single(), Does.Contain(policy));
    }

    [TestCase("https://www.example.com/")]
    [TestCase("www.example.com")]
    [TestCase("https://x.example.com;script-src")]
    [TestCase("https://x.example.com *")]
    [TestCase("'self'")]
    public void Only_origins_can_be_named(string origins) =>
        Assert.That(() => StartAnother(("Pages:EmbedIn", origins)).Dispose(), Throws.Exception.With.Message.Contains("Pages:EmbedIn"));
}
