using System.Net;
using HelpDesk.Tests.Support;

namespace HelpDesk.Tests.Web;

internal sealed class MetricsTests
{
    private const string Ticket = """{ "subject": "s", "body": "b", "requester": { "email": "ada@example.org" } }""";

    private static async Task<string> Read(HttpClient client) => await (await client.GetAsync("/metrics")).Content.ReadAsStringAsync();

    [Test]
    public async Task They_are_off_unless_asked_for()
    {
        using var desk = TestDesk.Start();
        Assert.That((await desk.Admin.GetAsync("/metrics")).StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
    }

    [Test]
    public async Task They_want_the_admin_scope_unless_they_are_public()
    {
        using var desk = TestDesk.Start([("Metrics:Enabled", "true")]);
        Assert.That((await desk.Anonymous.GetAsync("/metrics")).StatusCode, Is.EqualTo(HttpStatusCode.Unauthorized));
        var answer = await desk.Admin.GetAsync("/metrics");
        Assert.That((answer.StatusCode, answer.Content.Headers.ContentType?.ToString()), Is.EqualTo((HttpStatusCode.OK, "text/plain; version=0.0.4; charset=utf-8")));
        using var open = TestDesk.Start([("Metrics:Enabled", "true"), ("Metrics:Public", "true")]);
        Assert.That((await open.Anonymous.GetAsync("/metrics")).StatusCode, Is.EqualTo(HttpStatusCode.OK));
    }

    [Test]
    public async Task A_key_of_their_own_opens_them_and_nothing_else()
    {
        const string key = "the-key-of-prometheus-0123456789-0123";
        using var desk = TestDesk.Start([("Metrics:Enabled", "true"), ("Metrics:Key", key)]);
        Assert.That((await desk.With(key).GetAsync("/metrics")).StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That((await desk.Admin.GetAsync("/metrics")).StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That((await desk.With($"{key}x").GetAsync("/metrics")).StatusCode, Is.EqualTo(HttpStatusCode.Unauthorized));
        foreach (var path in new[] { "/v1/tickets", "/v1/api-keys", "/v1/events", "/v1/deliveries" }) await desk.With(key).GetAsync(path).Problem(HttpStatusCode.Unauthorized, "unauthorized");
        Assert.That(
            () => TestDesk.Start([("Metrics:Enabled", "true"), ("Metrics:Key", "short")]).Dispose(),
            Throws.InstanceOf<HelpDesk.Web.WrongConfiguration>().With.Message.StartsWith("Metrics:Key (environment: Metrics__Key) must be 32 or more"));
    }

    [Test]
    public async Task While_the_database_is_away_what_the_server_knows_by_itself_is_told_and_that_the_rest_is_not()
    {
        const string key = "the-key-of-prometheus-0123456789-0123";
        using var database = TestDatabase.Create();
        using var desk = TestDesk.Start([("Metrics:Enabled", "true"), ("Metrics:Key", key)], database: database);
        using var prometheus = desk.With(key);
        await database.Interrupt(async () =>
        {
            var answer = await prometheus.GetAsync("/metrics");
            Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK));
            var told = await answer.Content.ReadAsStringAsync();
            foreach (var what in new[] { "sweep", "delivery", "webhooks" }) Assert.That(told, Does.Contain($"helpdesk_figures_unread{{what=\"{what}\"}} 1\n"));
            Assert.That(told, Does.Contain("\ndb_client_connection_max{").And.Not.Contain("\nhelpdesk_sweep_backlog ").And.Not.Contain("\nhelpdesk_webhooks_pending "));
        });
        Assert.That(await Read(prometheus), Does.Contain("helpdesk_figures_unread{what=\"sweep\"} 0\n").And.Contain("\nhelpdesk_sweep_backlog 0\n").And.Contain("\nhelpdesk_webhooks_pending 0\n"));
    }

    [Test]
    public async Task What_is_due_and_broken_in_silence_shows_as_such()
    {
        var folder = Directory.CreateTempSubdirectory("helpdesk-mail-").FullName;
        using var desk = TestDesk.Start([("Metrics:Enabled", "true"), ("Sandbox:Clock", "true"), ("Mail:Folder", folder)], machine: new ManualClock());
        await desk.Admin.Send(HttpMethod.Put, "/v1/sandbox/clock", """{ "now": "2026-03-02T08:00:00Z" }""").Json();
        var calendar = await desk.Admin.Post("/v1/calendars", """{ "name": "c", "timeZone": "UTC", "week": { "mon": [["08:00","17:00"]] } }""").Json(HttpStatusCode.Created);
        await desk.Admin.Post("/v1/policies", $$"""{ "name": "p", "calendarId": "{{calendar["id"]}}", "terms": { "first_response": { "target": "PT4H" } } }""").Json(HttpStatusCode.Created);
        await desk.Admin.Post("/v1/tickets", Ticket).Json(HttpStatusCode.Created);
        // Nothing of what lies between is played: the follow-up was due at eleven, the promise at twelve.
        await desk.Admin.Send(HttpMethod.Put, "/v1/sandbox/clock", """{ "now": "2026-03-02T12:30:00Z" }""").Json();
        Assert.That(await Read(desk.Admin), Does.Contain("helpdesk_sweep_backlog 1\n").And.Contain("helpdesk_sweep_oldest_due_seconds 5400\n"));
        await desk.Admin.Post("/v1/sandbox/clock/advance", """{ "by": "PT1M" }""").Json();
        Assert.That(await Read(desk.Admin), Does.Contain("helpdesk_promises_silent_total 1\n").And.Contain("helpdesk_promises_total{what=\"promise_broken\"} 1\n"));
        var report = await desk.Admin.GetAsync("/v1/commitments/performance?from=2026-03-01&to=2026-03-03").Json();
        Assert.That(report.ToJsonString(), Does.Contain("\"silent\":1"));
        Directory.Delete(folder, recursive: true);
    }

    [Test]
    public async Task They_count_what_was_promised_what_waits_and_what_left()
    {
        var folder = Directory.CreateTempSubdirectory("helpdesk-mail-").FullName;
        using var desk = TestDesk.Start([("Metrics:Enabled", "true"), ("Sandbox:Clock", "true"), ("Mail:Folder", folder)], machine: new ManualClock());
        await desk.Admin.Send(HttpMethod.Put, "/v1/sandbox/clock", """{ "now": "2026-03-02T08:00:00Z" }""").Json();
        var calendar = await desk.Admin.Post("/v1/calendars", """{ "name": "c", "timeZone": "UTC", "week": { "mon": [["08:00","17:00"]] } }""").Json(HttpStatusCode.Created);
        await desk.Admin.Post("/v1/policies", $$"""{ "name": "p", "calendarId": "{{calendar["id"]}}", "terms": { "first_response": { "target": "PT4H" } } }""").Json(HttpStatusCode.Created);
        await desk.Admin.Post("/v1/tickets", Ticket).Json(HttpStatusCode.Created);
        var before = await Read(desk.Admin);
        Assert.That(before, Does.Contain("# TYPE helpdesk_promises_total counter\n").And.Contain("helpdesk_promises_total{what=\"promise_made\"} 1\n"));
        Assert.That(before, Does.Contain("# TYPE helpdesk_delivery_queue gauge\nhelpdesk_delivery_queue{channel=\"email\",state=\"queued\"} 1\n"));
        await desk.Admin.Post("/v1/sandbox/clock/advance", """{ "by": "PT3H" }""").Json();
        var after = await Read(desk.Admin);
        Assert.That(after, Does.Contain("helpdesk_follow_up_lateness_seconds_count 1\n").And.Contain("helpdesk_promises_silent_total 0\n").And.Contain("helpdesk_delivery_dead_total{channel=\"email\"} 0\n"));
        Assert.That(after, Does.Contain("helpdesk_promises_total{what=\"promise_renewed\"} 1\n").And.Contain("helpdesk_sweep_tickets_total 1\n"));
        Assert.That(after, Does.Contain("helpdesk_delivery_attempts_total{channel=\"email\",kind=\"follow_up\",outcome=\"sent\"} 1\n"));
        Assert.That(after, Does.Contain("helpdesk_delivery_lateness_seconds_bucket{channel=\"email\",kind=\"follow_up\",le=\"0.01\"} 1\n").And.Contain("helpdesk_delivery_lateness_seconds_count{channel=\"email\",kind=\"follow_up\"} 1\n"));
        Assert.That(after.Split('\n'), Has.All.Match("""^(# (HELP|TYPE) .+|[a-z_]+(\{([a-z_]+="[^"]*",?)+\})? [0-9.E+-]+|)$"""));
        Directory.Delete(folder, recursive: true);
    }
}
