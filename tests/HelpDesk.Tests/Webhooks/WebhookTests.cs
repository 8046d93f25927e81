using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using HelpDesk.Tests.Support;
using HelpDesk.Webhooks;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace HelpDesk.Tests.Webhooks;

/// <summary>What is made, posted, signed, logged and sent again.</summary>
internal sealed class WebhookTests : WebhookFixture
{
    private static readonly string Client = Repository.File("tests", "client");

    /// <summary>As a receiver does it, from the specification alone.</summary>
    private static bool Verifies(HttpSink.Posted post, string secret)
    {
        byte[] signed = [.. Encoding.ASCII.GetBytes($"{post.Headers["webhook-id"]}.{post.Headers["webhook-timestamp"]}."), .. post.Body];
        return post.Headers["webhook-signature"].Split(' ').Contains($"v1,{Convert.ToBase64String(HMACSHA256.HashData(Convert.FromBase64String(secret["whsec_".Length..]), signed))}");
    }

    private async Task<string> Secret(string hook, string member = "secret") => (string)(await Desk.Admin.GetAsync($"{hook}/secret").Json())[member]!;

    [Test]
    public async Task Events_are_posted_as_the_feed_has_them_signed_and_logged()
    {
        var hook = await Hook(more: "");
        var from = (string)(await Desk.Admin.GetAsync("/v1/events?after=now").Json())["next"]!;
        await Policy();
        await Open();
        await Send();
        var feed = (await Desk.Admin.GetAsync($"/v1/events?after={from}&limit=1000").Json())["items"]!.AsArray();
        var posts = sink.Posts.ToDictionary(post => post.Headers["webhook-id"]);
        var secret = await Secret(hook);
        Assert.That(feed, Has.Count.GreaterThan(4));
        Assert.That(posts.Keys, Is.EquivalentTo(feed.Select(item => $"evt_{item!["id"]}")));
        using (Assert.EnterMultipleScope())
        {
            foreach (var item in feed) Assert.That(JsonNode.DeepEquals(JsonNode.Parse(posts[$"evt_{item!["id"]}"].Text), item), Is.True, item!.ToJsonString());
            Assert.That(sink.Posts.Select(post => Verifies(post, secret)), Is.All.True);
            Assert.That(sink.Posts.Select(post => post.Headers["content-type"]), Is.All.EqualTo("application/json; charset=utf-8"));
            Assert.That(sink.Posts.Select(post => post.Headers["webhook-timestamp"]), Is.All.EqualTo($"{Start.ToUnixTimeSeconds()}"));
        }

        var delivery = (await Deliveries(hook))[0];
        var detail = await Desk.Admin.GetAsync($"{hook}/deliveries/{delivery["id"]}").Json();
        var attempt = detail["attempts"]!.AsArray().Single()!;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(((string?)delivery["state"], (int)delivery["attempts"]!, (int?)delivery["lastStatus"]), Is.EqualTo(("delivered", 1, 204)));
            Assert.That(JsonNode.DeepEquals(detail["event"], feed[^1]), Is.True, detail.ToJsonString());
            Assert.That(((string?)attempt["at"], (string?)attempt["url"], (string?)attempt["answer"], attempt["error"]), Is.EqualTo(("2026-11-22T09:00:00Z", sink.Url, "", (JsonNode?)null)));
            Assert.That((double)attempt["milliseconds"]!, Is.GreaterThan(0));
        }
    }

    [Test]
    public async Task The_specification_s_own_library_verifies_a_post_and_refuses_an_altered_one()
    {
        Assert.That(Directory.Exists(Path.Combine(Client, "node_modules", "standardwebhooks")), "The tools of tests/client are not installed: run deploy/test, or npm ci in that folder.");
        // It looks at its own clock.
        machine.Now = Instant.FromDateTimeOffset(TimeProvider.System.GetUtcNow());
        var hook = await Hook();
        await Write(1, 1);
        await Send();
        var post = sink.Posts.Single();
        var secret = await Secret(hook);
        Assert.That(await Verify(post.Text), Does.StartWith("verified "));
        Assert.That(await Verify(post.Text.Replace("\"n\": 1", "\"n\": 2")), Does.StartWith("refused: "));

        async Task<string> Verify(string body)
        {
            var input = new JsonObject
            {
                ["secret"] = secret, ["body"] = body,
                ["headers"] = new JsonObject(post.Headers.Where(header => header.Key.StartsWith("webhook-", StringComparison.Ordinal)).Select(header => KeyValuePair.Create(header.Key, (JsonNode?)header.Value))),
            };
            var file = Path.Combine(Folder, $"webhook.json");
            await File.WriteAllTextAsync(file, input.ToJsonString());
            var (code, said) = await Repository.Run(Client, "bash", "-c", $"node verify-webhook.mjs < '{file}'");
            File.Delete(file);
            Assert.That(code, Is.Zero, said);
            return said;
        }
    }

    [Test]
    public async Task Only_wanted_types_and_queues_are_posted_and_nothing_of_before()
    {
        await Open(""" "queue": "billing" """);
        await Hook(more: """ "types": ["ticket.*"], "queues": ["billing"] """);
        var wanted = await Open(""" "queue": "billing" """);
        await Open(""" "queue": "sales" """);
        await Open();
        await Say(wanted, "agent");
        await Patch(wanted, """{ "priority": "high" }""");
        await Send();
        Assert.That(sink.Posts.Select(post => JsonNode.Parse(post.Text)!).Select(said => $"{said["type"]} {said["ticketId"]}"),
            Is.EqualTo(new[] { $"ticket.created {wanted["id"]}", $"ticket.updated {wanted["id"]}", $"ticket.updated {wanted["id"]}" }).Or.EqualTo(new[] { $"ticket.created {wanted["id"]}", $"ticket.updated {wanted["id"]}" }));
    }

    [Test]
    public async Task While_secrets_overlap_both_sign_and_then_the_new_one_alone()
    {
        var hook = await Hook();
        var old = await Secret(hook);
        var rotated = await Desk.Admin.Post($"{hook}/secret/rotation", "").Json();
        Assert.That(((string?)rotated["previousSecret"], (string?)rotated["secret"]), Is.EqualTo((old, await Secret(hook))));
        Assert.That(await Secret(await Hook()), Is.Not.EqualTo(old).And.Not.EqualTo((string?)rotated["secret"]));
        await Write(1, 1);
        await Send();
        machine.Now += Duration.FromDays(1);
        await Write(1, 1);
        await Send();
        var ours = sink.Posts.Where(post => Verifies(post, (string)rotated["secret"]!)).ToList();
        Assert.That(ours.Select(post => Verifies(post, old)), Is.EqualTo(new[] { true, false }));
    }

    [Test]
    public async Task A_test_event_goes_to_its_webhook_alone_whatever_that_wants()
    {
        var hook = await Hook();
        using var other = new HttpSink();
        await Hook(other.Url, "");
        var asked = await Desk.Admin.Post($"{hook}/test", "");
        var delivery = await asked.Json(HttpStatusCode.Accepted);
        await Send();
        var said = JsonNode.Parse(sink.Posts.Single().Text)!;
        Assert.That((string?)said["type"], Is.EqualTo("webhook.tested"));
        Assert.That(other.Posts, Is.Empty);
        var detail = await Desk.Admin.GetAsync(asked.Headers.Location).Json();
        Assert.That(((string?)detail["state"], (string?)detail["messageId"]), Is.EqualTo(("delivered", (string?)delivery["messageId"])));
        await Desk.Admin.Send(HttpMethod.Patch, hook, """{ "paused": true }""").Json();
        await Desk.Admin.Post($"{hook}/test", "").Problem(HttpStatusCode.Conflict, "webhook-paused");
    }

    [Test]
    public async Task One_a_range_or_all_failed_are_sent_again_under_their_webhook_id()
    {
        var hook = await Hook();
        await Write(2, 2);
        await Send();
        var first = sink.Posts[0];
        var delivery = (await Deliveries(hook, "&ticket=1"))[^1];
        await Replay($$"""{ "deliveryIds": ["{{delivery["id"]}}"] }""", 1);
        Assert.That(Posted, Has.Count.EqualTo(5));
        Assert.That(sink.Posts[^1].Headers["webhook-id"], Is.EqualTo((string?)delivery["messageId"]));
        // What was forgotten is sent again too.
        await Database.Execute("delete from webhook_deliveries where ticket_id = 2");
        await Replay("""{ "from": "2026-03-02T08:00:00Z", "to": "2026-03-02T08:00:01Z" }""", 4);
        Assert.That(sink.Posts.Skip(5).Select(post => post.Headers["webhook-id"]), Is.EquivalentTo(sink.Posts.Take(4).Select(post => post.Headers["webhook-id"])));
        Assert.That(sink.Posts.Count(post => post.Text == first.Text), Is.GreaterThan(1));
        await Replay("""{ "from": "2026-03-02T09:00:00Z", "to": "2026-03-02T10:00:00Z" }""", 0);
        await Database.Execute("update webhook_deliveries set state = 'failed' where ticket_id = 1");
        await Replay("""{ "failed": true }""", 2);
        Assert.That(Posted.Skip(9), Is.EqualTo(new[] { "1.1", "1.2" }));
        Assert.That(await State(hook), Is.EqualTo("4 delivered"));

        async Task Replay(string body, int count)
        {
            var answer = await Desk.Admin.Post($"{hook}/replay", body).Json();
            Assert.That(((int)answer["replayed"]!, (int)answer["remaining"]!), Is.EqualTo((count, 0)));
            await Send();
        }
    }

    [TestCase("""{ }""", "deliveryIds")]
    [TestCase("""{ "failed": true, "from": "2026-03-02T08:00:00Z", "to": "2026-03-03T08:00:00Z" }""", "deliveryIds")]
    [TestCase("""{ "from": "2026-03-02T08:00:00Z" }""", "to")]
    [TestCase("""{ "to": "2026-03-02T08:00:00Z" }""", "from")]
    [TestCase("""{ "from": "2026-03-02T08:00:00Z", "to": "2026-03-02T08:00:00Z" }""", "to")]
    public async Task What_to_replay_is_said_one_way(string body, string member) => await Desk.Admin.Post($"{await Hook()}/replay", body).Refuses(member);

    [Test]
    public async Task A_delivery_that_is_not_known_is_not_replayed() =>
        await Desk.Admin.Post($"{await Hook()}/replay", """{ "deliveryIds": ["0195564e-8a00-7c3d-9b1f-2f4a5c6d7e8f"] }""").Problem(HttpStatusCode.UnprocessableEntity, "unknown-delivery");

    [TestCase("""{ "url": "ftp://example.com/" }""", "url")]
    [TestCase("""{ "url": "https://user:pass@example.com/" }""", "url")]
    [TestCase("""{ "url": "https://169.254.169.254/latest/meta-data" }""", "url")]
    [TestCase("""{ "url": "https://10.0.0.1/" }""", "url")]
    [TestCase("""{ "url": "https://[::1]/" }""", "url")]
    [TestCase("""{ "url": "https://[::ffff:10.0.0.1]/" }""", "url")]
    [TestCase("""{ "url": "https://example.com/", "types": ["ticket.created", "ticket.eaten"] }""", "types[1]")]
    [TestCase("""{ "url": "https://example.com/", "types": ["api_key.created"] }""", "types[0]")]
    [TestCase("""{ "url": "https://example.com/", "types": ["webhook.*"] }""", "types[0]")]
    [TestCase("""{ "url": "https://example.com/", "types": [] }""", "types")]
    [TestCase("""{ "url": "https://example.com/", "queues": [" "] }""", "queues[0]")]
    [TestCase("""{ "url": "https://example.com/", "queues": [] }""", "queues")]
    [TestCase("""{ "url": "https://example.com/", "description": " " }""", "description")]
    public async Task What_is_wrong_is_named(string body, string member)
    {
        await Desk.Admin.Post(Hooks, body).Refuses(member);
        var patch = await Hook();
        await Desk.Admin.Send(HttpMethod.Patch, patch, body, "application/merge-patch+json").Refuses(member);
    }

    [Test]
    public async Task A_webhook_is_read_changed_and_deleted_with_its_tag()
    {
        var hook = await Hook(more: """ "types": ["promise.*"], "description": "Stock" """);
        var read = await Desk.Admin.GetAsync(hook);
        var tag = read.Headers.ETag!.ToString();
        Assert.That((string?)(await read.Json())["description"], Is.EqualTo("Stock"));
        var changed = await Desk.Admin.Send(HttpMethod.Patch, hook, """{ "types": null, "queues": ["billing"] }""", "application/merge-patch+json", ("If-Match", tag));
        var after = await changed.Json();
        Assert.That((after["types"], (string?)after["queues"]![0], (bool)after["paused"]!), Is.EqualTo(((JsonNode?)null, "billing", false)));
        await Desk.Admin.Send(HttpMethod.Patch, hook, """{ "paused": true }""", "application/merge-patch+json", ("If-Match", tag)).Problem(HttpStatusCode.PreconditionFailed, "stale");
        Assert.That((await Desk.Admin.GetAsync(Hooks).Json())["items"]!.AsArray(), Has.Count.EqualTo(1));
        await Write(1, 1);
        Assert.That((await Desk.Admin.DeleteAsync(hook)).StatusCode, Is.EqualTo(HttpStatusCode.NoContent));
        await Desk.Admin.GetAsync(hook).Problem(HttpStatusCode.NotFound, "not-found");
        foreach (var part in new[] { "/secret", "/health", "/deliveries" }) await Desk.Admin.GetAsync(hook + part).Problem(HttpStatusCode.NotFound, "not-found");
        await Send();
        Assert.That(sink.Posts, Is.Empty);
    }

    [Test]
    public async Task Who_is_held_to_queues_has_no_webhooks()
    {
        var hook = await Hook();
        var made = await Desk.Admin.Post("/v1/api-keys", """{ "name": "held", "scopes": ["webhooks"], "queues": ["sales"] }""").Json(HttpStatusCode.Created);
        var held = Desk.With((string)made["key"]!);
        foreach (var address in new[] { Hooks, hook, $"{hook}/secret", $"{hook}/deliveries", $"{hook}/health" }) await held.GetAsync(address).Problem(HttpStatusCode.Forbidden, "queue-forbidden");
        await held.Post(Hooks, """{ "url": "https://example.com/" }""").Problem(HttpStatusCode.Forbidden, "queue-forbidden");
        await held.Post($"{hook}/replay", """{ "failed": true }""").Problem(HttpStatusCode.Forbidden, "queue-forbidden");
    }

    [Test]
    public async Task What_ended_long_ago_is_forgotten_and_what_waits_is_not()
    {
        var hook = await Hook();
        sink.AnswerTo = post => Told(post).Ticket == 1 ? HttpSink.Status("500 Oops") : HttpSink.Taken;
        await Write(2, 1);
        await Send();
        var forget = Desk.Services.GetRequiredService<ForgetDeliveries>();
        Assert.That(await forget.RunOnce(Start + Duration.FromDays(30), default), Is.Zero);
        Assert.That(await forget.RunOnce(Start + Duration.FromDays(31), default), Is.EqualTo(1));
        Assert.That(await State(hook), Is.EqualTo("1 pending"));
        Assert.That(await Database.Ask<long>("select count(*) from webhook_attempts"), Is.EqualTo(1));
    }

    [TestCase("Webhooks:PerEndpoint", "0")]
    [TestCase("Webhooks:PerEndpoint", "many")]
    [TestCase("Webhooks:PauseAfter", "PT0S")]
    [TestCase("Webhooks:PauseAfter", "2 days")]
    [TestCase("Webhooks:KeepDeliveries", "-P1D")]
    public void A_wrong_setting_is_named(string key, string value) => Assert.That(
        () => WebhookSettings.Read(new ConfigurationBuilder().AddInMemoryCollection([new(key, value)]).Build()),
        Throws.TypeOf<HelpDesk.Web.WrongConfiguration>().With.Message.Contains(key).And.Message.Contains(value));
}
