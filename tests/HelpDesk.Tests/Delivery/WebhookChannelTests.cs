using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using HelpDesk.Tests.Support;

namespace HelpDesk.Tests.Delivery;

/// <summary>Customers whose messages are posted to an address on the web.</summary>
internal sealed class WebhookChannelTests : DeskFixture
{
    private readonly ManualClock machine = new(Instant.FromUtc(2026, 11, 22, 9, 0));
    private HttpSink sink = null!;

    protected override IEnumerable<(string Key, string Value)> Settings => [("Webhooks:AllowedNetworks", "127.0.0.0/8"), ("Mail:Attempts", "3")];

    protected override TimeProvider Machine => machine;

    [SetUp]
    public void Open_the_sink()
    {
        machine.Set(Instant.FromUtc(2026, 11, 22, 9, 0));
        sink = new();
    }

    [TearDown]
    public void Close_the_sink() => sink.Dispose();

    private Task<JsonNode> Grace(string more = "") =>
        Customer($$"""{ "email": "grace@example.org", "name": "Grace", "locale": "fi", "timeZone": "Europe/Helsinki", "preferredChannel": "webhook"{{more}} }""");

    private string Hook => $", \"webhookUrl\": \"{sink.Url}\"";

    private static string Secret(JsonNode answer, string member = "secret") => (string)answer[member]!;

    /// <summary>As a receiver does it, from the specification alone.</summary>
    private static bool Verifies(HttpSink.Posted post, string secret)
    {
        Assert.That(secret, Does.StartWith("whsec_"));
        using var hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, Convert.FromBase64String(secret["whsec_".Length..]));
        hash.AppendData(Encoding.ASCII.GetBytes(post.Headers["webhook-id"] + "." + post.Headers["webhook-timestamp"] + "."));
        hash.AppendData(post.Body);
        return post.Headers["webhook-signature"].Split(' ').Contains("v1," + Convert.ToBase64String(hash.GetHashAndReset()));
    }

    [Test]
    public async Task Messages_are_posted_to_the_customer_s_own_address_signed_with_her_secret()
    {
        await Policy();
        var grace = await Grace(Hook);
        var ticket = await OpenFor(grace);
        Assert.That((string?)ticket["commitments"]![0]!["promises"]![0]!["toldVia"], Is.EqualTo("webhook"));
        await Deliver();
        var post = sink.Posts.Single();
        var delivery = (await Deliveries(ticket)).Single();
        var said = JsonNode.Parse(post.Text)!;
        var words = await Desk.Admin.GetAsync($"/v1/deliveries/{delivery["id"]}").Json();
        using (Assert.EnterMultipleScope())
        {
            Assert.That((string?)delivery["state"], Is.EqualTo("sent"));
            Assert.That(((string?)delivery["channel"], (string?)delivery["recipient"]), Is.EqualTo(("webhook", sink.Url)));
            Assert.That(post.Headers["webhook-id"], Is.EqualTo((string?)delivery["id"]));
            Assert.That(post.Headers["webhook-timestamp"], Is.EqualTo(machine.Now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture)));
            Assert.That(Verifies(post, Secret(await Desk.Admin.GetAsync($"/v1/customers/{grace["id"]}/webhook-secret").Json())), Is.True);
            var expected = JsonNode.Parse($$"""
                { "type": "acknowledgement", "timestamp": "{{Monday}}", "data": { "deliveryId": "{{delivery["id"]}}", "ticketId": {{ticket["id"]}}, "customerId": "{{grace["id"]}}",
                  "kind": "acknowledgement", "locale": "fi", "publicUrl": "{{ticket["publicUrl"]}}",
                  "promises": [{ "kind": "first_response", "promisedAt": "2026-03-02T12:00:00Z", "before": null }] } }
                """)!;
            foreach (var member in new[] { "subject", "text", "html" }) expected["data"]![member] = said["data"]![member]!.DeepClone();
            Assert.That(JsonNode.DeepEquals(said, expected), Is.True, post.Text);
            Assert.That(((string?)said["data"]!["subject"], (string?)said["data"]!["text"]), Is.EqualTo(((string?)words["subject"], (string?)words["text"])));
            Assert.That((string?)said["data"]!["text"], Does.Contain("14.00 (Europe/Helsinki)"));
            Assert.That((string?)said["data"]!["html"], Does.Contain("<p"));
        }
    }

    [Test]
    public async Task A_follow_up_posts_the_old_and_the_new_date()
    {
        await Policy();
        await OpenFor(await Grace(Hook));
        await Advance("PT3H");
        var promise = JsonNode.Parse(sink.Posts[^1].Text)!["data"]!["promises"]!.AsArray().Single()!;
        Assert.That(
            ((string?)promise["kind"], (string?)promise["promisedAt"], (string?)promise["before"]),
            Is.EqualTo(("first_response", "2026-03-02T14:00:00Z", "2026-03-02T12:00:00Z")));
    }

    [Test]
    public async Task Without_an_address_of_her_own_her_organisation_s_is_posted_to_signed_with_its_secret()
    {
        var organisation = await Desk.Admin.Post("/v1/organisations", $$"""{ "name": "Example Oy"{{Hook}} }""").Json(HttpStatusCode.Created);
        var grace = await Grace($", \"organisationId\": \"{organisation["id"]}\"");
        await OpenFor(grace);
        await Deliver();
        var secret = Secret(await Desk.Admin.GetAsync($"/v1/organisations/{organisation["id"]}/webhook-secret").Json());
        Assert.That(Verifies(sink.Posts.Single(), secret), Is.True);
        Assert.That(secret, Is.Not.EqualTo(Secret(await Desk.Admin.GetAsync($"/v1/customers/{grace["id"]}/webhook-secret").Json())));
        using var own = new HttpSink();
        await Desk.Admin.Send(HttpMethod.Patch, $"/v1/customers/{grace["id"]}", $$"""{ "webhookUrl": "{{own.Url}}" }""").Json();
        await OpenFor(grace);
        await Deliver();
        Assert.That((own.Posts.Count, sink.Posts.Count), Is.EqualTo((1, 1)));
    }

    [Test]
    public async Task With_nowhere_to_post_to_she_is_written_by_e_mail()
    {
        var ticket = await OpenFor(await Grace());
        await Deliver();
        Assert.That(((string?)(await Deliveries(ticket)).Single()["channel"], Mails().Count), Is.EqualTo(("email", 1)));
    }

    [Test]
    public async Task With_nowhere_to_post_to_and_no_address_nobody_is_reached()
    {
        await Policy();
        var ticket = await OpenFor(await Customer("""{ "name": "Grace", "preferredChannel": "webhook" }"""));
        await Advance("PT3H");
        Assert.That(await Deliveries(ticket), Is.Empty);
        Assert.That(await Notes(ticket), Has.One.Contains("nobody to reach"));
    }

    [Test]
    public async Task A_post_that_comes_back_is_the_same_post()
    {
        sink.Answer = attempt => attempt == 1 ? HttpSink.Status("500 Internal Server Error", "Out of cheese.") : HttpSink.Taken;
        var ticket = await OpenFor(await Grace(Hook));
        await Deliver();
        var failed = (await Deliveries(ticket)).Single();
        Assert.That(((string?)failed["state"], (string?)failed["lastError"]), Is.EqualTo(("failed", "500 Out of cheese.")));
        machine.Advance(Duration.FromMinutes(1));
        await Advance("PT10S");
        using (Assert.EnterMultipleScope())
        {
            Assert.That((string?)(await Deliveries(ticket)).Single()["state"], Is.EqualTo("sent"));
            Assert.That(sink.Posts.Select(post => post.Text).Distinct().Count(), Is.EqualTo(1));
            Assert.That(sink.Posts.Select(post => post.Headers["webhook-id"]).Distinct().Count(), Is.EqualTo(1));
            Assert.That(sink.Posts.Select(post => post.Headers["webhook-signature"]).Distinct().Count(), Is.EqualTo(2), "each attempt is signed at its own time");
        }
    }

    [Test]
    public async Task A_receiver_that_is_gone_gets_no_further_attempt()
    {
        sink.Answer = _ => HttpSink.Status("410 Gone", "No longer here.");
        var ticket = await OpenFor(await Grace(Hook));
        await Advance("PT1H");
        var dead = (await Deliveries(ticket)).Single();
        Assert.That(((string?)dead["state"], (string?)dead["lastError"], sink.Posts.Count), Is.EqualTo(("dead", "410 No longer here.", 1)));
    }

    [Test]
    public async Task A_receiver_that_hangs_is_left_after_ten_seconds_and_tried_again()
    {
        var asked = new TaskCompletionSource();
        sink.Answer = _ =>
        {
            asked.TrySetResult();
            return null;
        };
        var ticket = await OpenFor(await Grace(Hook));
        var run = Deliver();
        await asked.Task;
        machine.Advance(Duration.FromSeconds(10));
        await run;
        var failed = (await Deliveries(ticket)).Single();
        Assert.That(((string?)failed["state"], (string?)failed["lastError"]), Is.EqualTo(("failed", "The other side did not take it within 10 seconds.")));
    }

    [Test]
    public async Task A_receiver_that_asks_for_time_is_not_posted_to_before()
    {
        sink.Answer = attempt => attempt == 1 ? HttpSink.Status("503 Service Unavailable", headers: "Retry-After: 600\r\n") : HttpSink.Taken;
        var ticket = await OpenFor(await Grace(Hook));
        await Deliver();
        Assert.That((string?)(await Deliveries(ticket)).Single()["nextAttemptAt"], Is.EqualTo("2026-03-02T08:10:00Z"));
    }

    [Test]
    public async Task For_a_day_after_a_rotation_both_secrets_sign()
    {
        var grace = await Grace(Hook);
        var address = $"/v1/customers/{grace["id"]}/webhook-secret";
        var old = Secret(await Desk.Admin.GetAsync(address).Json());
        var rotated = await Desk.Admin.Post($"{address}/rotation", "").Json();
        Assert.That((Secret(rotated, "previousSecret"), (string?)rotated["previousUntil"]), Is.EqualTo((old, "2026-11-23T09:00:00Z")));
        await OpenFor(grace);
        await Deliver();
        Assert.That((Verifies(sink.Posts[0], old), Verifies(sink.Posts[0], Secret(rotated))), Is.EqualTo((true, true)));
        machine.Advance(Duration.FromDays(1));
        await OpenFor(grace);
        await Deliver();
        Assert.That((Verifies(sink.Posts[1], old), Verifies(sink.Posts[1], Secret(rotated))), Is.EqualTo((false, true)));
        var now = await Desk.Admin.GetAsync(address).Json();
        Assert.That((Secret(now), now["previousSecret"], now["previousUntil"]), Is.EqualTo((Secret(rotated), (JsonNode?)null, (JsonNode?)null)));
    }

    [Test]
    public async Task A_second_rotation_ends_the_first_secret()
    {
        var grace = await Grace();
        var address = $"/v1/customers/{grace["id"]}/webhook-secret";
        var first = Secret(await Desk.Admin.GetAsync(address).Json());
        var second = Secret(await Desk.Admin.Post($"{address}/rotation", "").Json());
        var third = await Desk.Admin.Post($"{address}/rotation", "").Json();
        Assert.That((Secret(third, "previousSecret"), new[] { first, second, Secret(third) }.Distinct().Count()), Is.EqualTo((second, 3)));
    }

    [Test]
    public async Task Secrets_are_neither_stored_nor_told_without_their_scope()
    {
        var grace = await Grace(Hook);
        var address = $"/v1/customers/{grace["id"]}/webhook-secret";
        await Desk.Admin.Post($"{address}/rotation", "").Json();
        var answer = await Desk.Admin.GetAsync(address);
        Assert.That(answer.Headers.CacheControl?.NoStore, Is.True);
        var secret = Secret(await answer.Json())["whsec_".Length..];
        Assert.That(await Database.Ask<string>("select string_agg(t::text, '') from webhook_secrets t"), Does.Not.Contain(secret));
        Assert.That(await Database.Ask<string>("select string_agg(data::text, '') from events"), Does.Not.Contain(secret));
        var key = await Desk.Admin.Post("/v1/api-keys", """{ "name": "x", "scopes": ["customers:read", "customers:write"] }""").Json(HttpStatusCode.Created);
        using var reader = Desk.With((string)key["key"]!);
        await reader.GetAsync(address).Problem(HttpStatusCode.Forbidden, "forbidden");
        var held = await Desk.Admin.Post("/v1/api-keys", """{ "name": "x", "scopes": ["webhooks"], "queues": ["sales"] }""").Json(HttpStatusCode.Created);
        using var other = Desk.With((string)held["key"]!);
        await other.GetAsync(address).Problem(HttpStatusCode.Forbidden, "queue-forbidden");
    }

    [Test]
    public async Task An_erased_customer_is_posted_to_no_more_and_her_address_is_gone()
    {
        var grace = await Grace(Hook);
        await Desk.Admin.Post($"/v1/customers/{grace["id"]}/webhook-secret/rotation", "").Json();
        await OpenFor(grace);
        await Desk.Admin.DeleteAsync($"/v1/customers/{grace["id"]}");
        await Deliver();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(sink.Connections, Is.Zero);
            Assert.That(await Database.Ask<long>("select count(*) from webhook_secrets"), Is.Zero);
            foreach (var table in new[] { "customers", "deliveries", "events" })
            {
                Assert.That(await Database.Ask<string>($"select coalesce(string_agg(t::text, ''), '') from {table} t"), Does.Not.Contain("/hooks"), table);
            }
        }
    }

    [TestCase("ftp://example.com/", "must be an absolute https")]
    [TestCase("https://a:b@example.com/", "without user and password")]
    [TestCase("http://192.168.1.1/", "192.168.1.1 is not on the public internet")]
    [TestCase("https://[::1]/", "is not on the public internet")]
    public async Task An_address_that_cannot_be_posted_to_is_refused(string url, string rule)
    {
        Assert.That(await Desk.Admin.Post("/v1/customers", $$"""{ "webhookUrl": "{{url}}" }""").Refuses("webhookUrl"), Does.Contain(rule));
        Assert.That(await Desk.Admin.Post("/v1/organisations", $$"""{ "name": "x", "webhookUrl": "{{url}}" }""").Refuses("webhookUrl"), Does.Contain(rule));
    }
}
