using System.Net;
using HelpDesk.Tests.Support;

namespace HelpDesk.Tests.Jobs;

/// <summary>What operators do to recurring jobs over the API, whichever engine the desk is built with.</summary>
[NonParallelizable]
internal sealed class JobControlTests : EngineFixture
{
    [TestCase(true)]
    [TestCase(false)]
    public async Task A_paused_job_stands_still_on_every_server_and_after_a_restart_until_it_is_let_go_on(bool isShared)
    {
        var (runs, ticks) = (new Signal(), new Signal());
        var jobs = new[] { isShared ? Once("job", Often, runs) : Each("job", Often, runs), Once("tick", Often, ticks) };
        using (var one = Run(jobs))
        using (var two = Run(jobs))
        {
            await runs.Reach(1);
            var paused = await Pause(one, "job");
            Assert.That(((bool)paused["paused"]!, (string?)paused["pausedBy"], (string?)paused["nextRunAt"]), Is.EqualTo((true, "admin", (string?)null)));
            // The other server has looked by then.
            await ticks.Reach(ticks.Value + 3);
            var before = runs.Value;
            await ticks.Reach(ticks.Value + 3);
            Assert.That(runs.Value, Is.EqualTo(before));
            Assert.That((bool)(await Job(two, "job"))["paused"]!, Is.True);
        }

        var count = runs.Value;
        using var three = Run(jobs);
        await ticks.Reach(ticks.Value + 2);
        Assert.That(runs.Value, Is.EqualTo(count));
        Assert.That((bool)(await Pause(three, "job", paused: false))["paused"]!, Is.False);
        await runs.Reach(count + 1);
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task A_job_is_run_out_of_its_turn_whichever_server_is_asked(bool isShared)
    {
        var runs = new Signal();
        var jobs = new[] { isShared ? Once("job", Seldom, runs) : Each("job", Seldom, runs) };
        using var worker = Run(jobs);
        await runs.Reach(1);
        using var web = Run(jobs, ("Jobs:Enabled", "false"));
        var asked = await RunNow(web, "job");
        Assert.That((string?)asked["runAskedAt"], Is.Not.Null);
        await runs.Reach(2);
        await RunNow(worker, "job");
        await runs.Reach(3);
        Assert.That((string?)(await Job(worker, "job"))["runAskedAt"], Is.Null);
    }

    [Test]
    public async Task In_a_sandbox_that_holds_the_time_a_job_runs_when_somebody_asks_for_it()
    {
        await Database.Execute("insert into sandbox_clock (now) values ('2026-03-02T08:00:00Z')");
        var (each, once) = (new Signal(), new Signal());
        using var desk = Run([Each("each", Often, each), Once("once", Often, once)], ("Sandbox:Clock", "true"));
        await RunNow(desk, "each");
        await RunNow(desk, "once");
        await each.Reach(1);
        await once.Reach(1);
        Assert.That((each.Value, once.Value), Is.EqualTo((1, 1)));
    }

    [Test]
    public async Task What_is_asked_twice_is_written_down_once_and_what_cannot_be_is_refused()
    {
        using var desk = Run([Once("job", Seldom, new Signal())], ("Jobs:Enabled", "false"));
        await RunNow(desk, "job");
        await RunNow(desk, "job");
        await Pause(desk, "job");
        await Pause(desk, "job");
        Assert.That((string?)(await Job(desk, "job"))["runAskedAt"], Is.Null, "what nobody took up is forgotten");
        var refused = await desk.Admin.Post("/v1/jobs/job/run", "").Json(HttpStatusCode.Conflict);
        Assert.That((string?)refused["type"], Is.EqualTo("urn:helpdesk:job-paused"));
        await Pause(desk, "job", paused: false);
        await Pause(desk, "job", paused: false);
        Assert.That(await Database.Ask<string[]>("select array_agg(type order by sequence) from events"), Is.EqualTo(new[] { "job.triggered", "job.paused", "job.resumed" }));
        Assert.That((await desk.Admin.Post("/v1/jobs/rubbish/run", "")).StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
        Assert.That((await desk.Admin.Send(HttpMethod.Put, "/v1/jobs/rubbish/paused", """{ "paused": true }""")).StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
        Assert.That((await desk.Admin.Send(HttpMethod.Put, "/v1/jobs/job/paused", "{}")).StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
        Assert.That((await desk.Anonymous.GetAsync("/v1/jobs")).StatusCode, Is.EqualTo(HttpStatusCode.Unauthorized));
    }
}
