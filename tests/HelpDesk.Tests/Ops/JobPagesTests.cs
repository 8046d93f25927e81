using System.Net;
using AngleSharp.Html.Dom;
using HelpDesk.Jobs;
using HelpDesk.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace HelpDesk.Tests.Ops;

/// <summary>What lies at /jobs: the pages of the job engine, where the one that the desk is built with has any.</summary>
internal sealed class JobPagesTests : DeskFixture
{
    private const string Trigger = "/jobs/recurring/trigger";
    private static readonly (string, string)[] Jobs = [("jobs[]", "forget_old_mail")];

    private bool AreThere => Desk.Services.GetRequiredService<IJobEngine>().HasDashboard;

    [Test]
    public async Task Who_is_not_signed_in_is_led_to_the_sign_in()
    {
        var answer = await Desk.Unfollowing.GetAsync("/jobs");
        Assert.That((answer.StatusCode, answer.Headers.Location?.OriginalString), Is.EqualTo((HttpStatusCode.SeeOther, "ops/sign-in")));
        Assert.That((await Desk.Unfollowing.GetAsync("/jobs/recurring")).StatusCode, Is.EqualTo(AreThere ? HttpStatusCode.SeeOther : HttpStatusCode.NotFound));
        // A key opens the API and no pages.
        var key = await Desk.Admin.Send(HttpMethod.Post, Trigger);
        Assert.That(key.RequestMessage!.RequestUri!.AbsolutePath, Is.EqualTo(AreThere ? "/ops/sign-in" : Trigger));
    }

    [Test]
    public async Task The_operators_view_links_to_them_where_they_are()
    {
        var browser = await OpsBrowser.SignedIn(Desk);
        var links = (await browser.Page("/ops")).QuerySelectorAll("a").OfType<IHtmlAnchorElement>().Select(link => link.GetAttribute("href"));
        Assert.That(links.Contains("jobs"), Is.EqualTo(AreThere));
    }

    [Test]
    public async Task Whoever_is_signed_in_sees_them_and_what_she_does_there_carries_the_session_s_mark()
    {
        var browser = await OpsBrowser.SignedIn(Desk);
        var answer = await browser.Get("/jobs");
        if (!AreThere)
        {
            Assert.That((answer.StatusCode, answer.Headers.Location?.OriginalString), Is.EqualTo((HttpStatusCode.SeeOther, "ops#jobs")));
            return;
        }

        var page = await answer.Page(HttpStatusCode.OK);
        Assert.That(answer.Headers.GetValues("Content-Security-Policy").Single(), Does.Contain("script-src 'self';").And.Not.Contain("unsafe"));
        Assert.That(answer.Headers.CacheControl?.NoStore, Is.True);
        var mark = page.QuerySelector("meta[name=csrf-token]")!.GetAttribute("content")!;
        Assert.That((await browser.Post(Trigger, Jobs)).StatusCode, Is.EqualTo(HttpStatusCode.Forbidden));
        Assert.That((await browser.Post(Trigger, Jobs, ("X-CSRF-Token", mark + "x"))).StatusCode, Is.EqualTo(HttpStatusCode.Forbidden));
        Assert.That((await browser.Post(Trigger, Jobs, ("X-CSRF-Token", mark), ("Sec-Fetch-Site", "cross-site"))).StatusCode, Is.EqualTo(HttpStatusCode.Forbidden));
        Assert.That((await browser.Post(Trigger, Jobs, ("X-CSRF-Token", mark))).StatusCode, Is.EqualTo(HttpStatusCode.NoContent));
        var old = browser.Session;
        await browser.Press(await browser.Page("/ops"), "sign-out");
        browser.Session = old;
        Assert.That((await browser.Get("/jobs")).StatusCode, Is.EqualTo(HttpStatusCode.SeeOther), "signed out of one is signed out of both");
    }
}
