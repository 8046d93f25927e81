using System.Net;
using global::Hangfire;
using global::Hangfire.Common;
using global::Hangfire.States;
using HelpDesk.Jobs;
using HelpDesk.Jobs.Engine;
using HelpDesk.Tests.Ops;
using HelpDesk.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace HelpDesk.Tests.Jobs.Hangfire;

/// <summary>A lead at the engine's own pages: she looks, and whatever she posts is refused before the engine sees it.</summary>
internal sealed class LeadDashboardTests : DeskFixture
{
    private static readonly (string, string)[] Chosen = [("jobs[]", "forget_old_mail")];

    private async Task<OpsBrowser> Lead()
    {
        var agent = await Desk.Admin.Post("/v1/agents", """{ "name": "Grace", "email": "grace@example.org", "role": "lead" }""").Json(HttpStatusCode.Created);
        var key = await Desk.Admin.Post("/v1/api-keys", $$"""{ "name": "Grace", "agentId": "{{agent["id"]}}", "scopes": ["tickets:read"] }""").Json(HttpStatusCode.Created);
        return await OpsBrowser.SignedIn(Desk, (string)key["key"]!, "../jobs");
    }

    private Task<long> Jobs() => Database.Ask<long>("select count(*) from hangfire.job");

    /// <summary>One is planned, one waits for its turn, one has failed.</summary>
    [OneTimeSetUp]
    public async Task Fill_the_engine_s_tables()
    {
        await Desk.Services.GetRequiredService<IJobEngine>().Prepare(CancellationToken.None);
        var storage = Desk.Services.GetRequiredService<HangfireStore>().Storage;
        var job = Job.FromExpression<HangfireJob>(run => run.Run("forget_old_mail", false, CancellationToken.None));
        new RecurringJobManager(storage).AddOrUpdate("forget_old_mail", job, Cron.Yearly(), new RecurringJobOptions());
        // Without the filters, by which what failed would be tried again.
        var client = new BackgroundJobClient(storage, new JobFilterProviderCollection());
        client.Create(job, new EnqueuedState());
        client.Create(job, new FailedState(new JobFailedException("forget_old_mail failed.")));
    }

    [TestCase("/jobs", false)]
    [TestCase("/jobs/recurring", true)]
    [TestCase("/jobs/jobs/enqueued/default", true)]
    [TestCase("/jobs/jobs/failed", true)]
    [TestCase("/jobs/jobs/details/2", true)]
    [TestCase("/jobs/retries", false)]
    [TestCase("/jobs/servers", false)]
    public async Task She_sees_every_page_without_anything_to_press(string path, bool hasButtons)
    {
        var (lead, admin) = (await Lead(), await OpsBrowser.SignedIn(Desk));
        const string Buttons = "button[data-url], button[data-ajax], button[data-confirm], .js-jobs-list-command, .js-jobs-list-checkbox";
        var (page, theirs) = (await lead.Page(path), await admin.Page(path));
        Assert.That((page.QuerySelectorAll(Buttons).Length, theirs.QuerySelectorAll(Buttons).Length > 0), Is.EqualTo((0, hasButtons)));
        var links = page.QuerySelectorAll("a").Select(link => link.GetAttribute("href")).ToList();
        Assert.That(links, Does.Contain("/ops/sign-out").And.Not.Contain("/ops"));
        Assert.That(theirs.QuerySelectorAll("a").Select(link => link.GetAttribute("href")), Does.Contain("/ops/sign-out").And.Contain("/ops"));
    }

    [Test]
    public async Task Its_figures_refresh_themselves()
    {
        var lead = await Lead();
        var mark = (await lead.Page("/jobs")).QuerySelector("meta[name=csrf-token]")!.GetAttribute("content")!;
        var answer = await lead.Post("/jobs/stats", [("metrics[]", "servers:count")], ("X-CSRF-Token", mark));
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(await answer.Content.ReadAsStringAsync(), Does.Contain("servers:count"));
        Assert.That((await lead.Post("/jobs/stats", [])).StatusCode, Is.EqualTo(HttpStatusCode.Forbidden));
    }

    [TestCase("/jobs/recurring/trigger")]
    [TestCase("/jobs/recurring/remove")]
    [TestCase("/jobs/jobs/failed/requeue")]
    [TestCase("/jobs/jobs/enqueued/delete")]
    [TestCase("/jobs/jobs/actions/requeue/1")]
    [TestCase("/jobs/stats/../recurring/trigger")]
    [TestCase("/jobs//recurring/trigger")]
    [TestCase("/jobs/recurring/trigger/stats")]
    public async Task What_she_posts_is_refused_by_the_desk_s_own_door(string path)
    {
        var before = await Jobs();
        var lead = await Lead();
        var mark = (await lead.Page("/jobs")).QuerySelector("meta[name=csrf-token]")!.GetAttribute("content")!;
        var page = await (await lead.Post(path, Chosen, ("X-CSRF-Token", mark))).Page(HttpStatusCode.Forbidden);
        Assert.That(page.QuerySelector("h1")!.TextContent, Is.EqualTo("For operators only"));
        Assert.That(await Jobs(), Is.EqualTo(before));
    }

    /// <summary>The words of what went wrong may be those of a mail: the engine is not told them.</summary>
    [Test]
    public async Task What_a_job_failed_with_is_in_none_of_its_pages()
    {
        var job = new HelpDesk.Jobs.RecurringJob("fails", Duration.FromHours(1), JobReach.OnceAcrossServers, JobClock.Machine, (_, _, _) => throw new InvalidOperationException("no such address: ada@example.org"));
        var run = ActivatorUtilities.CreateInstance<SharedRun>(Desk.Services, (IEnumerable<HelpDesk.Jobs.RecurringJob>)[job]);
        var told = Assert.ThrowsAsync<JobFailedException>(() => run.Run("fails", true, CancellationToken.None))!;
        Assert.That(told.ToString(), Does.Contain("fails failed").And.Not.Contain("ada@"));
        Assert.That(await Database.Ask<string>("select error from recurring_jobs where name = 'fails'"), Does.Contain("ada@example.org"));
    }
}
