using System.Net;
using HelpDesk.LongWork;
using HelpDesk.Ops;
using HelpDesk.Tests.Support;
using HelpDesk.Web.Pages;
using Microsoft.Extensions.DependencyInjection;

namespace HelpDesk.Tests.Ops;

/// <summary>Long work on the operators' board: how it stands, who asked for it, and the button that stops it.</summary>
internal sealed class LongWorkTests : DeskFixture
{
    private OpsBrowser browser = null!;
    private string actor = "";

    [SetUp]
    public async Task Sign_in()
    {
        var key = await Desk.Admin.Post("/v1/api-keys", """{ "name": "Night shift", "scopes": ["admin"] }""").Json(HttpStatusCode.Created);
        actor = $"key:{key["id"]}";
        browser = await OpsBrowser.SignedIn(Desk, (string)key["key"]!);
        await Desk.With((string)key["key"]!).Post($"/v1/calendars/{Calendar}/application", """{ "dryRun": false }""");
    }

    private async Task<string> Row(string query = "")
    {
        var row = (await browser.Page($"/ops{query}")).QuerySelector("section[aria-labelledby=work] tbody tr")!;
        return string.Join(' ', row.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
    }

    [Test]
    public async Task What_waits_is_shown_with_who_asked_for_it_in_the_reader_s_language()
    {
        Assert.That(await Row(), Is.EqualTo("Apply the calendar “Office” to open tickets, version 1 calendar_application Waiting 0 so far Night shift 08:00 now – Stop (Apply the calendar “Office” to open tickets, version 1)"));
        Assert.That(await Row("?lang=fi"), Does.StartWith("Kalenteri ”Office” avoimille tiketeille, versio 1").And.Contain("Odottaa"));
        Assert.That(await Row("?lang=tr"), Does.StartWith("“Office” takvimini açık taleplere uygulama, sürüm 1").And.Contain("Bekliyor"));
    }

    [Test]
    public async Task What_is_under_way_tells_how_far_it_has_come()
    {
        await Database.Execute("update long_work set state = 'running', started_at = created_at, done = 1200, total = 3400, actor = 'admin'");
        Assert.That(await Row(), Does.Contain("Under way 1,200 of 3,400 Bootstrap admin key"));
        var progress = (await browser.Page("/ops")).QuerySelector("section[aria-labelledby=work] progress")!;
        Assert.That((progress.GetAttribute("value"), progress.GetAttribute("max")), Is.EqualTo(("1200", "3400")));
    }

    [Test]
    public async Task What_failed_tells_why_and_cannot_be_stopped()
    {
        await Database.Execute("update long_work set state = 'failed', error = '<b>It broke.</b>', ended_at = created_at, actor = 'jwt:ada', request = '{}', kind = 'of_another_version'");
        var page = await browser.Page("/ops");
        Assert.That(page.QuerySelectorAll("section[aria-labelledby=work] form, section[aria-labelledby=work] b"), Is.Empty);
        Assert.That(await Row(), Is.EqualTo("of_another_version of_another_version Failed <b>It broke.</b> 0 so far jwt:ada 08:00 now 08:00 now"));
    }

    [Test]
    public async Task Its_button_stops_it_for_who_is_signed_in_and_keeps_the_filters()
    {
        var page = await browser.Page("/ops?queue=billing&lang=en");
        var answer = await browser.Press(page, "/cancellation?lang=en&queue=billing");
        Assert.That((answer.StatusCode, answer.Headers.Location?.OriginalString), Is.EqualTo((HttpStatusCode.SeeOther, "../../../ops?lang=en&queue=billing&stopped=1")));
        Assert.That(await Row(), Does.Contain("Stopped"));
        var entry = (await Desk.Admin.GetAsync("/v1/audit?type=job.ended").Json())["items"]![0]!;
        Assert.That((string?)entry["actor"], Is.EqualTo(actor));
        Assert.That((await browser.Page("/ops?stopped=1")).QuerySelector("#work-cancelled")!.TextContent, Does.Contain("What was done stays done."));
        await Database.Execute("update long_work set state = 'done'");
        Assert.That((await browser.Press(page, "/cancellation?lang=en&queue=billing")).Headers.Location?.OriginalString, Does.EndWith("stopped=0"));
        Assert.That((await browser.Page("/ops?stopped=0")).QuerySelector("#work-cancelled.bad")!.TextContent, Does.Contain("had ended before"));
        Assert.That((await browser.Page("/ops?stopped=x")).QuerySelector("#work-cancelled"), Is.Null);
    }

    [Test]
    public async Task Nobody_stops_it_without_the_form_of_the_session()
    {
        var id = await Database.Ask<Guid>("select id from long_work");
        Assert.That((await browser.Post($"/ops/long-work/{id}/cancellation", [("token", "x")])).StatusCode, Is.EqualTo(HttpStatusCode.Forbidden));
        Assert.That((await new OpsBrowser(Desk).Post($"/ops/long-work/{id}/cancellation", [])).Headers.Location?.OriginalString, Does.EndWith("/sign-in"));
        Assert.That(await Row(), Does.Contain("Waiting"));
    }

    [Test]
    public async Task The_last_that_have_ended_follow_what_has_not()
    {
        await Database.Execute("update long_work set state = 'done', ended_at = created_at");
        for (var more = 0; more < 7; more++)
        {
            await Desk.Admin.Post($"/v1/calendars/{Calendar}/application", """{ "dryRun": false }""");
            if (more < 6) await Database.Execute("update long_work set state = 'done', ended_at = coalesce(ended_at, created_at)");
        }

        var states = (await browser.Page("/ops")).QuerySelectorAll("section[aria-labelledby=work] tbody .state").Select(state => state.TextContent);
        Assert.That(states, Is.EqualTo(new[] { "Waiting", "Done", "Done", "Done", "Done", "Done" }));
    }

    [Test]
    public void Every_kind_of_work_is_told_in_words()
    {
        foreach (var language in PageLanguage.All) Assert.That(OpsWords.Of(language).Work.Kinds.Keys, Is.SupersetOf(Desk.Services.GetServices<LongWorkKind>().Select(kind => kind.Name)), language.Tag);
    }
}
