using System.Net;
using System.Text.Json.Nodes;
using HelpDesk.Tests.Support;

namespace HelpDesk.Tests.Idempotency;

/// <summary>An answer with a new secret that got lost: asked for again it is the same secret, and the one before still signs.</summary>
internal sealed class SecretRotationTests : DeskFixture
{
    [TearDown]
    public Task Forget_the_keys() => Database.Execute("delete from idempotency_keys");

    private Task<HttpResponseMessage> Rotate(string address, string key) => Desk.Admin.Send(HttpMethod.Post, $"{address}/rotation", headers: ("Idempotency-Key", key));

    [TestCase("/v1/webhooks", """{ "url": "https://hooks.example/in" }""", "/secret")]
    [TestCase("/v1/customers", """{ "name": "Bea", "email": "bea@example.org" }""", "/webhook-secret")]
    [TestCase("/v1/organisations", """{ "name": "Example Oy" }""", "/webhook-secret")]
    [TestCase(null, null, "/v1/notices/webhook-secret")]
    public async Task A_rotation_happens_once(string? resources, string? holder, string secret)
    {
        var address = resources is null ? secret : $"{resources}/{(await Desk.Admin.Post(resources, holder!).Json(HttpStatusCode.Created))["id"]}{secret}";
        await Rotate(address, "one").Json();
        var first = await Rotate(address, "two");
        var again = await Rotate(address, "two");
        var text = await first.Content.ReadAsStringAsync();
        using (Assert.EnterMultipleScope())
        {
            Assert.That((first.StatusCode, again.StatusCode), Is.EqualTo((HttpStatusCode.OK, HttpStatusCode.OK)), text);
            Assert.That(await again.Content.ReadAsStringAsync(), Is.EqualTo(text));
            Assert.That(again.Headers.Contains("Idempotency-Replayed"));
            Assert.That(JsonNode.DeepEquals(await Desk.Admin.GetAsync(address).Json(), JsonNode.Parse(text)), "what was answered is what signs");
            Assert.That(await Database.Ask<long>("select count(*) from events where type = 'webhook_secret.rotated'"), Is.EqualTo(2));
            var kept = await Database.Ask<string>("select string_agg(encode(answer, 'escape'), '') from idempotency_keys");
            Assert.That(kept, Does.Not.Contain("whsec_"));
        }

        await Rotate(address, "three").Json();
        Assert.That((string?)(await Desk.Admin.GetAsync(address).Json())["secret"], Is.Not.EqualTo((string?)JsonNode.Parse(text)!["secret"]));
    }
}
