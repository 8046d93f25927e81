using System.Net;
using HelpDesk.Tests.Support;
using Npgsql;

namespace HelpDesk.Tests.Applications;

/// <summary>Whoever dies when, and however many work at it: each ticket goes over once, and is told once.</summary>
internal sealed class ResumeTests : ApplicationFixture
{
    private static readonly string[] Once = ["1 1"];

    [Test]
    public async Task A_process_killed_in_the_middle_leaves_the_rest_to_another()
    {
        var policy = await Policy();
        var ids = await OpenMany(250);
        await Change(policy, Faster);
        using var victim = await DeskProcess.Start(Database.ConnectionString, ("Jobs__Enabled", "true"), ("Mail__Folder", Folder), ("Desk__SigningKey", TestDesk.SigningKey));
        string job;
        await using (await Hold(ids[150]))
        {
            job = await Ask(policy);
            while (await Database.Ask<long>("select count(*) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock' and query like '%for no key update%'") == 0) await Task.Yield();
            victim.Kill();
        }

        // PostgreSQL finds out that nobody is there any more.
        while (await Database.Ask<long>("select count(*) from pg_stat_activity where datname = current_database() and xact_start is not null and pid <> pg_backend_pid()") > 0) await Task.Yield();
        var left = await Job(job);
        Assert.That(((string?)left["state"], (long)left["progress"]!["done"]!, (long)left["progress"]!["total"]!), Is.EqualTo(("running", 100L, 250L)));
        while (await Step(Desk) > 0) continue;
        var whole = await Job(job);
        Assert.That(((string?)whole["state"], (long)whole["progress"]!["done"]!, (long)whole["counts"]!["changed"]!, (long)whole["counts"]!["told"]!), Is.EqualTo(("done", 250L, 250L, 250L)));
        Assert.That(await Treated(), Is.EqualTo(Once));
    }

    private async Task<NpgsqlConnection> Hold(long ticket)
    {
        var connection = await Database.DataSource.OpenConnectionAsync();
        await using var command = new NpgsqlCommand($"begin; select from tickets where id = {ticket} for update", connection);
        await command.ExecuteNonQueryAsync();
        return connection;
    }

    [Test]
    public async Task Two_servers_at_once_do_it_once()
    {
        var policy = await Policy();
        await OpenMany(350);
        await Change(policy, Faster);
        var job = await Ask(policy);
        using var other = StartAnother();
        await Task.WhenAll(Work(Desk), Work(other));
        var whole = await Job(job);
        Assert.That(((string?)whole["state"], (long)whole["progress"]!["done"]!, (long)whole["counts"]!["changed"]!), Is.EqualTo(("done", 350L, 350L)));
        Assert.That(await Treated(), Is.EqualTo(Once));

        async Task Work(TestDesk desk)
        {
            while (await Database.Ask<long>("select count(*) from long_work where ended_at is null") > 0) await Step(desk);
        }
    }

    [Test]
    public async Task Edits_made_meanwhile_are_not_lost()
    {
        var policy = await Policy();
        var ids = await OpenMany(120);
        await Change(policy, Faster);
        var job = await Ask(policy);
        var edits = Task.WhenAll(ids.Select(id => Desk.Admin.Send(HttpMethod.Patch, $"/v1/tickets/{id}", """{ "assignee": "anna" }""").Json()));
        while (await Step(Desk) > 0) continue;
        await edits;
        Assert.That((string?)(await Job(job))["state"], Is.EqualTo("done"));
        Assert.That(await Database.Ask<long>("select count(*) from tickets where assignee = 'anna' and policy_version = 2"), Is.EqualTo(120));
        Assert.That(await Treated(), Is.EqualTo(Once));
    }

    [Test]
    public async Task A_server_that_has_no_connection_to_spare_does_it()
    {
        var policy = await Policy();
        await OpenMany(3);
        await Change(policy, Faster);
        var job = await Ask(policy);
        // One that knows no policy yet.
        using var narrow = TestDesk.Start([("Sandbox:Clock", "true"), ("ConnectionStrings:HelpDesk", Database.ConnectionString + ";Maximum Pool Size=1;Timeout=5")], database: Database);
        while (await Step(narrow) > 0) continue;
        Assert.That(((string?)(await Job(job))["state"], await Database.Ask<long>("select count(*) from tickets where policy_version = 2")), Is.EqualTo(("done", 3L)));
    }

    [Test]
    public async Task A_cancelled_job_stops_and_what_it_did_stays_done()
    {
        var policy = await Policy();
        await OpenMany(130);
        await Change(policy, Faster);
        var job = await Ask(policy);
        await Step(Desk);
        var cancelled = await Desk.Admin.Post($"/v1/jobs/{job}/cancellation", "").Json();
        Assert.That(((string?)cancelled["state"], (long)cancelled["progress"]!["done"]!), Is.EqualTo(("cancelled", 100L)));
        Assert.That(await Step(Desk), Is.Zero);
        await Desk.Admin.Post($"/v1/jobs/{job}/cancellation", "").Json();
        Assert.That(await Database.Ask<long>("select count(*) from tickets where policy_version = 2"), Is.EqualTo(100));
        Assert.That(await Database.Ask<long>("select count(*) from events where type = 'job.ended'"), Is.EqualTo(1));
        Assert.That((long)(await Apply(policy))["counts"]!["changed"]!, Is.EqualTo(30));
        Assert.That(await Treated(), Is.EqualTo(Once));
    }

    [Test]
    public async Task A_job_that_is_over_is_not_cancelled()
    {
        var job = (string)(await Apply(await Policy()))["id"]!;
        await Desk.Admin.Post($"/v1/jobs/{job}/cancellation", "").Problem(HttpStatusCode.Conflict, "job-over");
        await Desk.Admin.Post("/v1/jobs/0195564e-1200-7a01-8f00-0a1b2c3d4e5f/cancellation", "").Problem(HttpStatusCode.NotFound, "not-found");
        await Desk.Admin.GetAsync("/v1/jobs/0195564e-1200-7a01-8f00-0a1b2c3d4e5f").Problem(HttpStatusCode.NotFound, "not-found");
    }

    [Test]
    public async Task A_job_that_cannot_be_done_is_given_up_in_words_and_holds_up_no_other()
    {
        var policy = await Policy();
        var bad = await Ask(policy);
        await Database.Execute("update long_work set request = '[]'");
        var good = await Ask(policy);
        await Step(Desk);
        Assert.That((string?)(await Job(good))["state"], Is.EqualTo("done"));
        for (var times = 0; times < 5; times++) await Step(Desk);
        var failed = await Job(bad);
        Assert.That(((string?)failed["state"], (string?)failed["error"]), Is.EqualTo(("failed", "An error of the desk's own (JsonException): its log has more.")));
        Assert.That(failed["endedAt"].Hour(), Is.EqualTo("02 08:00"));
    }
}
