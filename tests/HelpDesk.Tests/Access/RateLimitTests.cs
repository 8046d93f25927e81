using System.Net;
using HelpDesk.Tests.Support;
using HelpDesk.Web;

namespace HelpDesk.Tests.Access;

internal sealed class RateLimitTests
{
    private const string Tickets = "/v1/tickets";
    private TestDatabase database = null!;
    private TestMachine machine = null!;

    [OneTimeSetUp]
    public void Create() => database = TestDatabase.Create();

    [OneTimeTearDown]
    public void Drop() => database.Dispose();

    [SetUp]
    public void At_the_start_of_a_minute() => machine = new(Instant.FromUtc(2026, 3, 2, 8, 0));

    [Test]
    public async Task Every_answer_to_a_caller_tells_its_limit_problems_included()
    {
        using var desk = Start(("RateLimits:PerMinute", "6000"));
        machine.Now += Duration.FromMilliseconds(17_900);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Limits(await desk.Admin.GetAsync(Tickets)), Is.EqualTo("\"default\";q=6000;w=60 \"default\";r=5999;t=43"));
            Assert.That(Limits(await desk.Admin.GetAsync($"{Tickets}/7")), Does.EndWith("r=5998;t=43"), "404");
            Assert.That(Limits(await desk.Admin.GetAsync($"{Tickets}?limit=0")), Does.EndWith("r=5997;t=43"), "400");
            Assert.That(Limits(await desk.Admin.GetAsync("/v1/nowhere")), Does.EndWith("r=5996;t=43"), "no route");
            Assert.That(Limits(await desk.Admin.GetAsync("/openapi/v1.json")), Does.EndWith("r=5995;t=43"), "public, with a key");
            Assert.That(Limits(await desk.Anonymous.GetAsync(Tickets)), Is.Empty, "401");
            Assert.That(Limits(await desk.Anonymous.GetAsync("/health/live")), Is.Empty, "public, without a key");
        }
    }

    [Test]
    public async Task Who_asks_too_often_is_told_when_to_come_again_and_others_are_not_held_up()
    {
        using var desk = Start(("RateLimits:PerMinute", "2"));
        var other = desk.With((string)(await desk.Admin.Post("/v1/api-keys", """{"name":"x","scopes":["tickets:read"]}""").Json(HttpStatusCode.Created))["key"]!);
        await desk.Admin.GetAsync(Tickets).Json();
        machine.Now += Duration.FromSeconds(59.5);
        var refused = await desk.Admin.GetAsync(Tickets);
        var problem = await Task.FromResult(refused).Problem(HttpStatusCode.TooManyRequests, "too-many-requests");
        using (Assert.EnterMultipleScope())
        {
            Assert.That((string?)problem["detail"], Does.Contain("2 times a minute"));
            Assert.That(refused.Headers.RetryAfter!.Delta, Is.EqualTo(TimeSpan.FromSeconds(1)));
            Assert.That(Limits(refused), Does.EndWith("r=0;t=1"));
            Assert.That((await other.GetAsync(Tickets)).StatusCode, Is.EqualTo(HttpStatusCode.OK));
        }

        machine.Now += Duration.FromSeconds(0.5);
        Assert.That(Limits(await desk.Admin.GetAsync(Tickets)), Does.EndWith("r=1;t=60"));
    }

    [Test]
    public async Task Without_a_limit_nothing_is_counted_and_nothing_told()
    {
        using var desk = Start(("RateLimits:PerMinute", "0"));
        for (var count = 0; count < 5; count++) Assert.That(Limits(await desk.Admin.GetAsync(Tickets)), Is.Empty);
    }

    [TestCase("RateLimits:PerMinute", "-1")]
    [TestCase("RateLimits:PerMinute", "many")]
    [TestCase("RateLimits:PerMinute", "1.5")]
    [TestCase("RateLimits:FailuresPerMinute", "99999999999")]
    [TestCase("RateLimits:PublicPerMinute", "-1")]
    public void A_limit_that_cannot_be_stops_the_start_and_is_named(string key, string value) =>
        Assert.That(() => Start((key, value)), Throws.TypeOf<WrongConfiguration>().With.Message.Contains(key).And.Message.Contains(value));

    [Test]
    public async Task Without_a_key_what_is_public_is_limited_by_address_and_keys_are_counted_apart()
    {
        using var desk = Start(("RateLimits:PublicPerMinute", "2"));
        Assert.That(Limits(await desk.Anonymous.GetAsync("/v1/commitments")), Is.EqualTo("\"default\";q=2;w=60 \"default\";r=1;t=60"));
        Assert.That(Limits(await desk.Anonymous.Post("/v1/commitments/quote", "{}")), Does.EndWith("r=0;t=60"));
        var refused = await desk.Anonymous.GetAsync("/v1/commitments");
        var problem = await Task.FromResult(refused).Problem(HttpStatusCode.TooManyRequests, "too-many-requests");
        using (Assert.EnterMultipleScope())
        {
            Assert.That((string?)problem["detail"], Does.Contain("2 times a minute"));
            Assert.That(refused.Headers.RetryAfter!.Delta, Is.EqualTo(TimeSpan.FromSeconds(60)));
            Assert.That((await desk.Admin.GetAsync("/v1/commitments")).StatusCode, Is.EqualTo(HttpStatusCode.OK));
            Assert.That((await desk.Anonymous.GetAsync("/health/live")).StatusCode, Is.EqualTo(HttpStatusCode.OK), "public, not limited");
        }

        machine.Now += Duration.FromMinutes(1);
        Assert.That((await desk.Anonymous.GetAsync("/v1/commitments")).StatusCode, Is.EqualTo(HttpStatusCode.OK));
    }

    [Test]
    public async Task Keys_cannot_be_guessed_at_full_speed()
    {
        using var desk = Start(("RateLimits:FailuresPerMinute", "3"));
        var good = (string)(await desk.Admin.Post("/v1/api-keys", """{"name":"x","scopes":["tickets:read"]}""").Json(HttpStatusCode.Created))["key"]!;
        for (var guess = 0; guess < 3; guess++) await desk.With($"guess-{guess}").GetAsync(Tickets).Problem(HttpStatusCode.Unauthorized, "unauthorized");
        machine.Now += Duration.FromSeconds(40);
        var refused = await desk.With("guess-3").GetAsync(Tickets);
        await Task.FromResult(refused).Problem(HttpStatusCode.TooManyRequests, "too-many-requests");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(refused.Headers.RetryAfter!.Delta, Is.EqualTo(TimeSpan.FromSeconds(20)));
            await desk.With(good).GetAsync(Tickets).Problem(HttpStatusCode.TooManyRequests, "too-many-requests");
            Assert.That(Limits(await desk.With(good).GetAsync("/health/live")), Is.Empty, "a public endpoint tells a guesser nothing");
            Assert.That((await desk.Admin.GetAsync(Tickets)).StatusCode, Is.EqualTo(HttpStatusCode.OK), "who was good lately is let in from the same address");
            Assert.That((await desk.Anonymous.GetAsync(Tickets)).StatusCode, Is.EqualTo(HttpStatusCode.Unauthorized), "no key is no guess");
        }

        machine.Now += Duration.FromSeconds(20);
        await desk.With(good).GetAsync(Tickets).Json();
    }

    [Test]
    public async Task A_key_that_was_good_and_is_revoked_is_a_guess_like_any_other()
    {
        using var desk = Start(("RateLimits:FailuresPerMinute", "1"));
        var made = await desk.Admin.Post("/v1/api-keys", """{"name":"x","scopes":["tickets:read"]}""").Json(HttpStatusCode.Created);
        var holder = desk.With((string)made["key"]!);
        await holder.GetAsync(Tickets).Json();
        await desk.Admin.DeleteAsync($"/v1/api-keys/{made["id"]}");
        await holder.GetAsync(Tickets).Problem(HttpStatusCode.Unauthorized, "unauthorized");
        await holder.GetAsync(Tickets).Problem(HttpStatusCode.TooManyRequests, "too-many-requests");
    }

    private TestDesk Start(params (string, string)[] settings) => TestDesk.Start(settings, machine: machine, database: database);

    private static string Limits(HttpResponseMessage answer) => string.Join(
        ' ', new[] { "RateLimit-Policy", "RateLimit" }.Where(answer.Headers.Contains).Select(name => answer.Headers.GetValues(name).Single()));
}
