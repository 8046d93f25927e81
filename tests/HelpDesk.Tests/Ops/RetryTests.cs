using System.Net;
using HelpDesk.Tests.Support;

namespace HelpDesk.Tests.Ops;

/// <summary>Messages that did not leave: shown, and tried again from the page.</summary>
internal sealed class RetryTests : DeskFixture
{
    private OpsBrowser browser = null!;
    private string actor = "";

    [SetUp]
    public async Task Sign_in()
    {
        await Policy();
        var key = await Desk.Admin.Post("/v1/api-keys", """{ "name": "Night shift", "scopes": ["admin"] }""").Json(HttpStatusCode.Created);
        actor = $"key:{key["id"]}";
        browser = await OpsBrowser.SignedIn(Desk, (string)key["key"]!);
    }

    private async Task<string> Dead(string more = "")
    {
        var ticket = await Open();
        var id = (string)(await Deliveries(ticket))[0]["id"]!;
        await Database.Execute($"update deliveries set state = 'dead', attempts = 5, tries = 7, last_error = '550 5.1.1 No such mailbox', ended_at = created_at {more} where id = $1", Guid.Parse(id));
        return id;
    }

    private async Task<string> State(string id) => (string)(await Desk.Admin.GetAsync($"/v1/deliveries/{id}").Json())["state"]!;

    private async Task<IReadOnlyList<string>> Retries() =>
        [.. (await Desk.Admin.GetAsync("/v1/audit?type=delivery.retried").Json())["items"]!.AsArray().Select(item => $"{item!["actor"]}")];

    [Test]
    public async Task A_dead_message_is_shown_with_the_server_s_words_and_leaves_again_at_the_press_of_its_button()
    {
        var id = await Dead();
        var page = await browser.Page("/ops");
        Assert.That(page.QuerySelector("#dead tbody")!.TextContent, Does.Contain("550 5.1.1 No such mailbox").And.Contain("ada@example.org").And.Contain("Acknowledgement"));
        Assert.That(page.QuerySelectorAll("#dead tbody td").Select(cell => cell.TextContent.Trim()), Does.Contain("7"));
        var answer = await browser.Press(page, $"/{id}/retry");
        Assert.That((answer.StatusCode, answer.Headers.Location?.OriginalString), Is.EqualTo((HttpStatusCode.SeeOther, "../../../ops?retried=1.0.0")));
        Assert.That((await State(id), await Retries()), Is.EqualTo(("queued", new[] { actor })));
        Assert.That((await browser.Page("/ops?retried=1.0.0")).QuerySelector("#retried")!.TextContent.Trim(), Is.EqualTo("1 message is due again and leaves now."));
    }

    [Test]
    public async Task All_that_are_dead_leave_again_at_once()
    {
        string[] ids = [await Dead(), await Dead()];
        var late = await Dead(", expires_at = '2026-03-02T07:00:00Z'");
        var answer = await browser.Press(await browser.Page("/ops"), "/deliveries/retry");
        Assert.That(answer.Headers.Location?.OriginalString, Is.EqualTo("../../ops?retried=2.0.1"));
        Assert.That(new[] { await State(ids[0]), await State(ids[1]), await State(late) }, Is.EqualTo(new[] { "queued", "queued", "dead" }));
        Assert.That(await Retries(), Is.EqualTo(new[] { actor, actor }));
        var page = await browser.Page("/ops/deliveries/dead");
        Assert.That(page.QuerySelector("tbody .act")!.TextContent.Trim(), Is.EqualTo("No longer holds"));
        Assert.That(page.QuerySelectorAll("tbody tr"), Has.Length.EqualTo(1));
    }

    [Test]
    public async Task One_that_cannot_be_tried_again_is_told_of()
    {
        var id = await Dead();
        var page = await browser.Page("/ops");
        await browser.Press(page, $"/{id}/retry");
        var again = await browser.Press(page, $"/{id}/retry");
        Assert.That(again.Headers.Location?.OriginalString, Is.EqualTo("../../../ops?retried=0.0.1"));
        Assert.That((await browser.Page("/ops?retried=0.0.1")).QuerySelector("#retried.bad")!.TextContent, Does.Contain("cannot be tried again"));
        Assert.That((await browser.Page("/ops?retried=<b>.1.1")).QuerySelector("#retried"), Is.Null);
    }

    [Test]
    public async Task What_fails_and_what_waits_is_counted()
    {
        var failed = await Dead();
        await Database.Execute("update deliveries set state = 'failed', ended_at = null, next_attempt_at = '2026-03-02T08:05:00Z' where id = $1", Guid.Parse(failed));
        var page = await browser.Page("/ops");
        Assert.That(page.QuerySelector("#failing tbody")!.TextContent, Does.Contain("08:05").And.Contain("in 5 min"));
        Assert.That(page.QuerySelector(".tile[href='#failing'] strong")!.TextContent, Is.EqualTo("1"));
        Assert.That(page.QuerySelector(".ops-facts")!.TextContent, Does.Contain("E-mail"));
    }

    [Test]
    public async Task Jobs_are_listed_whether_or_not_this_server_runs_them()
    {
        var page = await browser.Page("/ops");
        var jobs = page.QuerySelector("section[aria-labelledby=jobs]")!;
        Assert.That(jobs.TextContent, Does.Contain("This server runs no jobs").And.Contain("not yet"));
        Assert.That(jobs.QuerySelectorAll("tbody code").Select(code => code.TextContent), Does.Contain("follow_up").And.Contain("deliver").And.Contain("forget_old_mail"));
    }
}
