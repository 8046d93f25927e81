using System.Net;
using HelpDesk.Delivery;
using HelpDesk.Tests.Support;
using HelpDesk.Time;

namespace HelpDesk.Tests.Delivery;

/// <summary>Trying many messages again at once, and finding them.</summary>
public sealed class RetryManyTests : DeliveryFixture
{
    private TestDesk desk = null!;

    [OneTimeSetUp]
    public void Start_the_desk() => desk = TestDesk.Start(database: Database, machine: new ManualClock(Now));

    [OneTimeTearDown]
    public void Stop_the_desk() => desk.Dispose();

    [SetUp]
    public Task Empty_the_log() => Database.ForgetEvents();

    private async Task<IReadOnlyList<Guid>> Ended(string state, params OutgoingMessage[] messages)
    {
        await QueueAll(messages);
        foreach (var message in messages) await Database.Execute("update deliveries set state = $2, ended_at = case when $2 = 'dead' then created_at end, attempts = 3 where id = $1", message.Id, state);
        return [.. messages.Select(message => message.Id)];
    }

    private async Task<(int Retried, int Remaining, IReadOnlyList<string> Refused)> Retry(string body)
    {
        var answer = await desk.Admin.Post("/v1/deliveries/retry", body).Json();
        return ((int)answer["retried"]!, (int)answer["remaining"]!, [.. answer["refused"]!.AsArray().Select(item => $"{item!["id"]} {item["type"]}")]);
    }

    [Test]
    public async Task Those_named_are_due_again_and_those_that_cannot_be_are_named_with_the_reason()
    {
        var dead = await Ended("dead", Message(), Message());
        var failed = await Ended("failed", Message());
        var expired = await Ended("failed", Message() with { ExpiresAt = Now - Duration.FromMinutes(1) });
        var queued = await Queue(Message());
        var nobody = Ids.New(Now);
        Guid[] all = [.. dead, .. failed, .. expired, queued, nobody];
        var answer = await Retry($$"""{ "ids": [{{string.Join(", ", all.Append(dead[0]).Select(id => $"\"{id}\""))}}] }""");
        Assert.That((answer.Retried, answer.Remaining), Is.EqualTo((3, 0)));
        Assert.That(answer.Refused, Is.EqualTo(new[] { $"{expired[0]} urn:helpdesk:delivery-expired", $"{queued} urn:helpdesk:delivery-not-failed", $"{nobody} urn:helpdesk:not-found" }));
        Assert.That(await Database.Ask<long>("select count(*) from deliveries where state = 'queued' and attempts = 0 and ended_at is null"), Is.EqualTo(4));
        Assert.That(await Database.Ask<long>("select count(*) from events where type = 'delivery.retried' and data -> 'changes' -> 'state' ->> 'to' = 'queued'"), Is.EqualTo(3));
    }

    [TestCase("""{ "state": "dead" }""", 3)]
    [TestCase("""{ "state": "failed" }""", 1)]
    [TestCase("""{ "state": "dead", "recipientDomain": "Example.org" }""", 2)]
    [TestCase("""{ "state": "dead", "recipientDomain": "e_ample.org" }""", 0)]
    [TestCase("""{ "state": "dead", "recipientDomain": "hooks.example" }""", 1)]
    [TestCase("""{ "state": "dead", "kind": "follow_up", "channel": "email" }""", 2)]
    [TestCase("""{ "state": "dead", "kind": "reply" }""", 0)]
    [TestCase("""{ "state": "dead", "ticket": 1 }""", 0)]
    [TestCase("""{ "state": "dead", "createdFrom": "2026-03-02T08:00:00Z", "createdTo": "2026-03-02T08:00:00.000001Z" }""", 3)]
    [TestCase("""{ "state": "dead", "createdTo": "2026-03-02T08:00:00Z" }""", 0)]
    public async Task A_filter_says_which(string filter, int count)
    {
        await Ended("dead", Message(), Message(), Message("https://hooks.example/desk") with { Channel = DeliveryChannel.Webhook });
        await Ended("failed", Message("aino@elsewhere.example"));
        var expired = await Ended("dead", Message() with { ExpiresAt = Now - Duration.FromMinutes(1) });
        var answer = await Retry($$"""{ "filter": {{filter}} }""");
        Assert.That((answer.Retried, answer.Remaining), Is.EqualTo((count, 0)));
        Assert.That(answer.Refused, filter == """{ "state": "dead" }""" ? Is.EqualTo(new[] { $"{expired[0]} urn:helpdesk:delivery-expired" }) : Is.Not.Null);
        Assert.That(await Database.Ask<long>("select count(*) from deliveries where state = 'queued'"), Is.EqualTo(count));
    }

    [Test]
    public async Task One_call_puts_back_ten_thousand_and_tells_how_many_are_left()
    {
        await Database.Execute(
            """
            insert into deliveries (id, effect, kind, channel, recipient, locale, subject, text_body, html_body, message_id, state, attempts, next_attempt_at, created_at, ended_at)
            select gen_random_uuid(), n::text, 'reply', 'email', 'a@b.example', 'en', 's', 't', 'h', n::text, 'dead', 1, timestamptz '2026-03-02Z', timestamptz '2026-03-02Z', timestamptz '2026-03-02Z'
            from generate_series(1, 10020) n
            """);
        Assert.That((await Retry("""{ "filter": { "state": "dead" } }""")).Remaining, Is.EqualTo(20));
        var rest = await Retry("""{ "filter": { "state": "dead" } }""");
        Assert.That((rest.Retried, rest.Remaining), Is.EqualTo((20, 0)));
    }

    [TestCase("{}", "ids")]
    [TestCase("""{ "ids": [] }""", "ids")]
    [TestCase("""{ "ids": ["0195564e-8a00-7c3d-9b1f-2f4a5c6d7e8f"], "filter": { "state": "dead" } }""", "ids")]
    [TestCase("""{ "filter": { "state": "sent" } }""", "filter.state")]
    public async Task What_makes_no_sense_is_refused_by_its_member(string body, string member) =>
        Assert.That((await desk.Admin.Post("/v1/deliveries/retry", body).Json(HttpStatusCode.BadRequest))["errors"]![member], Is.Not.Null);

    [TestCase("kind=follow_up", 3)]
    [TestCase("kind=reply", 0)]
    [TestCase("channel=inbox,webhook", 1)]
    [TestCase("recipient=Aino@Example.org", 2)]
    [TestCase("customer=0195564e-1200-7a01-8f00-0a1b2c3d4e5f", 1)]
    public async Task The_list_is_filtered(string filter, int count)
    {
        await QueueAll([Message(), Message(), Message("pekka@example.org") with { Channel = DeliveryChannel.Inbox, CustomerId = Guid.Parse("0195564e-1200-7a01-8f00-0a1b2c3d4e5f") }]);
        Assert.That((await desk.Admin.GetAsync($"/v1/deliveries?{filter}").Json())["items"]!.AsArray(), Has.Count.EqualTo(count));
    }

    [Test]
    public async Task The_attempts_of_a_delivery_are_listed_oldest_first_page_by_page()
    {
        var id = await Queue(Message());
        for (var number = 1; number <= 3; number++)
        {
            await Database.Execute("insert into delivery_attempts (delivery_id, number, at, took, server, outcome, words) values ($1, $2, $3, 43000, 'mail.example.com:25', 'failed', '451 later')", id, number, Now.ToUtc());
        }

        var first = await desk.Admin.GetAsync($"/v1/deliveries/{id}/attempts?limit=2").Json();
        Assert.That(first["items"]![0]!.ToJsonString(), Is.EqualTo("""{"number":1,"at":"2026-03-02T08:00:00Z","took":"PT0.043S","server":"mail.example.com:25","outcome":"failed","words":"451 later"}"""));
        var next = await desk.Admin.GetAsync($"/v1/deliveries/{id}/attempts?limit=2&cursor={first["nextCursor"]}").Json();
        Assert.That(next["items"]!.AsArray().Select(item => (int)item!["number"]!), Is.EqualTo(new[] { 3 }));
        await desk.Admin.GetAsync($"/v1/deliveries/{Ids.New(Now)}/attempts").Problem(HttpStatusCode.NotFound, "not-found");
    }
}
