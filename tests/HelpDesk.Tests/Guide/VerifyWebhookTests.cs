using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using HelpDesk.Tests.Support;
using HelpDesk.Tests.Webhooks;
using HelpDesk.Time;

namespace HelpDesk.Tests.Guide;

/// <summary>docs/examples: what the desk posts is taken, each once, and nothing else.</summary>
internal sealed class VerifyWebhookTests : WebhookFixture
{
    private static readonly HttpClient Stranger = new();

    private string folder = "";

    [SetUp]
    public void Set_the_machine_s_clock()
    {
        machine.Now = TimeProvider.System.GetCurrentInstant();
        folder = Directory.CreateTempSubdirectory("helpdesk-example-").FullName;
    }

    [TearDown]
    public void Clean() => Directory.Delete(folder, recursive: true);

    [Test]
    public async Task What_the_desk_posts_is_kept_once_however_often_it_comes([Values] Tongue tongue)
    {
        // A webhook has its secret from the beginning, and its receiver an address only when it runs.
        var hook = await Hook(more: "");
        var secret = await Secret(hook);
        for (var round = 0; round < 2; round++)
        {
            await using var receiver = await Receiver.Start(tongue, folder, secret);
            await Desk.Admin.Send(HttpMethod.Patch, hook, $$"""{ "url": "{{receiver.Url}}/hooks" }""", "application/merge-patch+json").Json();
            if (round == 0) await Open();
            else await Desk.Admin.Post($"{hook}/replay", """{ "from": "2026-03-02T00:00:00Z", "to": "2026-03-03T00:00:00Z" }""").Json();
            await Send();
            Assert.That(await State(hook), Does.Match("^[0-9]+ delivered$"));
        }

        var events = await Database.Ask<long[]>("select array_agg(event_sequence order by event_sequence) from webhook_deliveries");
        Assert.That(events, Has.Length.GreaterThan(2));
        Assert.That(Kept().Order(), Is.EqualTo(events));
        Assert.That(sink.Posts, Is.Empty);
    }

    [Test]
    public async Task What_is_forged_changed_old_or_early_is_refused([Values] Tongue tongue)
    {
        var (hook, now) = (await Hook(), machine.Now);
        var posts = new List<HttpSink.Posted>();
        foreach (var minutes in new[] { 0, -6, 6 })
        {
            machine.Now = now + Duration.FromMinutes(minutes);
            await Write(1, 1);
            await Send();
            posts.Add(sink.Posts[^1]);
        }

        Assert.That(posts.Select(post => post.Headers["webhook-id"]), Is.Unique);
        var (genuine, body) = (posts[0], posts[0].Body);
        await using var receiver = await Receiver.Start(tongue, folder, await Secret(hook));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(await Take(receiver, [.. body, (byte)' '], genuine.Headers), Is.EqualTo(401), "changed");
            Assert.That(await Take(receiver, body, Changed(genuine, "webhook-id", "evt_7")), Is.EqualTo(401), "another id");
            Assert.That(await Take(receiver, body, Changed(genuine, "webhook-timestamp", $"{now.ToUnixTimeSeconds() + 1}")), Is.EqualTo(401), "another time");
            Assert.That(await Take(receiver, body, Changed(genuine, "webhook-signature", Forged(genuine))), Is.EqualTo(401), "forged");
            Assert.That(await Take(receiver, body, new Dictionary<string, string>()), Is.EqualTo(401), "unsigned");
            Assert.That(await Take(receiver, posts[1].Body, posts[1].Headers), Is.EqualTo(401), "old");
            Assert.That(await Take(receiver, posts[2].Body, posts[2].Headers), Is.EqualTo(401), "early");
            Assert.That(Kept(), Is.Empty);
            Assert.That(await Take(receiver, body, genuine.Headers), Is.EqualTo(204), "genuine");
            Assert.That(Kept(), Has.Length.EqualTo(1));
        }
    }

    [Test]
    public async Task While_secrets_are_changed_over_the_old_one_and_the_new_one_are_good([Values] Tongue tongue)
    {
        var (hook, now) = (await Hook(), machine.Now);
        machine.Now = now - Duration.FromHours(23);
        var rotated = await Desk.Admin.Post($"{hook}/secret/rotation", "").Json();
        machine.Now = now;
        await Write(1, 1);
        await Send();
        var during = sink.Posts[^1];
        await Database.Execute("update webhook_secrets set previous_until = previous_until - interval '2 hours'");
        await Write(1, 1);
        await Send();
        var after = sink.Posts[^1];
        Assert.That(after.Headers["webhook-id"], Is.Not.EqualTo(during.Headers["webhook-id"]));
        Assert.That(await Statuses("previousSecret"), Is.EqualTo((204, 401)));
        Assert.That(await Statuses("secret"), Is.EqualTo((204, 204)));

        async Task<(int, int)> Statuses(string member)
        {
            await using var receiver = await Receiver.Start(tongue, folder, (string)rotated[member]!);
            return (await Take(receiver, during.Body, during.Headers), await Take(receiver, after.Body, after.Headers));
        }
    }

    private async Task<string> Secret(string hook) => (string)(await Desk.Admin.GetAsync($"{hook}/secret").Json())["secret"]!;

    private long[] Kept() => Path.Combine(folder, "events.ndjson") is var file && File.Exists(file) ? [.. File.ReadLines(file).Select(line => (long)JsonNode.Parse(line)!["id"]!)] : [];

    private static Dictionary<string, string> Changed(HttpSink.Posted post, string header, string value) => new(post.Headers) { [header] = value };

    /// <summary>Signed as the desk does, with a secret that is not its own.</summary>
    private static string Forged(HttpSink.Posted post)
    {
        byte[] signed = [.. Encoding.ASCII.GetBytes($"{post.Headers["webhook-id"]}.{post.Headers["webhook-timestamp"]}."), .. post.Body];
        return $"v1,{Convert.ToBase64String(HMACSHA256.HashData(new byte[32], signed))}";
    }

    private static async Task<int> Take(Receiver receiver, byte[] body, IReadOnlyDictionary<string, string> headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, receiver.Url) { Content = new ByteArrayContent(body) };
        foreach (var header in headers.Where(header => header.Key.StartsWith("webhook-", StringComparison.Ordinal))) request.Headers.Add(header.Key, header.Value);
        using var answer = await Stranger.SendAsync(request);
        return (int)answer.StatusCode;
    }
}
