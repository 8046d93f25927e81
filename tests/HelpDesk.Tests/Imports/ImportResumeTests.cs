using System.Net;
using System.Text.Json.Nodes;
using HelpDesk.Tests.Support;
using Npgsql;

namespace HelpDesk.Tests.Imports;

/// <summary>Whoever dies when, and however many work at it: each line comes in once.</summary>
internal sealed class ImportResumeTests : ImportFixture
{
    private const int Many = 3500;

    private static readonly string[] File = [.. Enumerable.Range(1, Many).Select(number => Line($"{number}", $"[{Said("2026-02-23T08:00:00Z")}]", requester: $$"""{ "email": "c{{number % 700}}@example.org" }"""))];

    private async Task ExpectWhole(JsonNode job, int imported = Many)
    {
        Assert.That(((string?)job["state"], (long)job["counts"]!["imported"]!, (long)job["counts"]!["known"]!, (long)job["progress"]!["done"]!), Is.EqualTo(("done", (long)imported, (long)Many - imported, (long)Many)));
        Assert.That(await Database.Ask<string>(
            """
            select concat_ws(' ', (select count(*) from tickets), (select count(distinct external_ref) from tickets), (select count(*) from messages), (select count(*) from commitments),
                (select count(*) from promises), (select count(*) from events where type = 'ticket.imported'), (select count(*) from customers), (select count(*) from ticket_texts),
                (select count(*) from import_chunks))
            """), Is.EqualTo($"{Many} {Many} {Many} {Many} {Many} {Many} 700 {Many} 0"));
    }

    [Test]
    public async Task A_process_killed_in_the_middle_leaves_the_rest_to_another()
    {
        await Policy();
        using var victim = await DeskProcess.Start(Database.ConnectionString, ("Jobs__Enabled", "true"), ("Mail__Folder", Folder), ("Desk__SigningKey", TestDesk.SigningKey));
        JsonNode job;
        // Whoever comes to this line waits in the middle of its batch.
        await using (var other = await Database.DataSource.OpenConnectionAsync())
        {
            await using var hold = new NpgsqlCommand("begin; insert into search_languages values ('finnish')", other);
            await hold.ExecuteNonQueryAsync();
            string[] lines = [.. File.Select((line, index) => index == 1500 ? line.Replace("\"requester\": {", "\"requester\": { \"locale\": \"fi\",") : line)];
            job = await Send(lines).Json(HttpStatusCode.Accepted);
            while (await Database.Ask<long>("select count(*) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock' and query like '%search_languages%'") == 0) await Task.Yield();
            victim.Kill();
        }

        // PostgreSQL finds out that nobody is there any more.
        while (await Database.Ask<long>("select count(*) from pg_stat_activity where datname = current_database() and xact_start is not null and pid <> pg_backend_pid()") > 0) await Task.Yield();
        var left = await Job(job);
        Assert.That(((string?)left["state"], (long)left["progress"]!["done"]!), Is.EqualTo(("running", 1000L)));
        while (await Step(Desk) > 0) continue;
        await ExpectWhole(await Job(job));
    }

    [Test]
    public async Task Two_servers_and_two_jobs_at_once_take_each_line_once()
    {
        await Policy();
        var (one, two) = (await Send(File).Json(HttpStatusCode.Accepted), await Send(File).Json(HttpStatusCode.Accepted));
        using var other = StartAnother();
        await Task.WhenAll(Work(Desk), Work(other));
        var (first, second) = (await Job(one), await Job(two));
        Assert.That((long)first["counts"]!["imported"]! + (long)second["counts"]!["imported"]!, Is.EqualTo(Many));
        Assert.That((long)first["counts"]!["customers"]! + (long)second["counts"]!["customers"]!, Is.EqualTo(700));
        await ExpectWhole(first, (int)first["counts"]!["imported"]!);

        async Task Work(TestDesk desk)
        {
            while (await Database.Ask<long>("select count(*) from long_work where ended_at is null") > 0) await Step(desk);
        }
    }

    [Test]
    public async Task What_was_cancelled_is_sent_again_and_goes_on()
    {
        await Policy();
        var job = await Send(File).Json(HttpStatusCode.Accepted);
        await Step(Desk);
        var cancelled = await Desk.Admin.Post($"/v1/jobs/{job["id"]}/cancellation", "").Json();
        Assert.That(((string?)cancelled["state"], (long)cancelled["progress"]!["done"]!), Is.EqualTo(("cancelled", 1000L)));
        Assert.That(await Step(Desk), Is.Zero);
        Assert.That(await Database.Ask<long>("select (select count(*) from import_uploads) + (select count(*) from import_chunks)"), Is.Zero, "the file goes with it");
        await ExpectWhole(await Import(File), Many - 1000);
    }

    [Test]
    public async Task The_file_of_an_import_that_failed_goes_too()
    {
        var job = await Send(File[..1500]).Json(HttpStatusCode.Accepted);
        await Database.Execute("delete from import_chunks where number = 0");
        for (var round = 0; round < 6; round++) await Step(Desk);
        Assert.That((string?)(await Desk.Admin.GetAsync($"/v1/jobs/{job["id"]}").Json())["state"], Is.EqualTo("failed"));
        Assert.That(await Database.Ask<long>("select (select count(*) from import_uploads) + (select count(*) from import_chunks)"), Is.Zero);
    }

    [Test]
    public async Task What_changed_since_the_next_lines_were_prepared_counts_for_them()
    {
        var policy = await Policy();
        var known = await Desk.Admin.Post("/v1/customers", """{ "email": "c5@example.org", "name": "Ada", "tier": "gold" }""").Json(HttpStatusCode.Created);
        var job = await Send(File[..2500]).Json(HttpStatusCode.Accepted);
        await Step(Desk);
        await Desk.Admin.Patch($"/v1/policies/{policy}", """{ "when": { "tier": ["silver"] } }""").Json();
        await Desk.Admin.Patch($"/v1/customers/{known["id"]}", """{ "tier": "silver" }""").Json();
        await Database.Execute("insert into tickets select (jsonb_populate_record(t, jsonb_build_object('id', nextval('ticket_numbers'), 'external_ref', '1500', 'public_token', 'other'))).* from tickets t where external_ref = '1'");
        while (await Step(Desk) > 0) continue;
        Assert.That(Counts(await Job(job)), Is.EqualTo("done 2499 1 0"));
        Assert.That(await Database.Ask<string>(
            """
            select string_agg(distinct (t.external_ref::int > 1000) || ' ' || (c.email = 'c5@example.org') || ' ' || (t.policy_id is not null), ', ')
            from tickets t join customers c on c.id = t.requester_id where t.external_ref <> '1500'
            """), Is.EqualTo("false false true, false true true, true false false, true true true"));
    }
}
