using System.Globalization;
using System.Net;
using HelpDesk.Tests.Support;

namespace HelpDesk.Tests.Ops;

/// <summary>Who gets to the operators' pages, and for how long.</summary>
internal sealed class SignInTests
{
    private TestDatabase database = null!;
    private TestMachine machine = null!;
    private TestDesk desk = null!;

    [OneTimeSetUp]
    public void Start()
    {
        database = TestDatabase.Create();
        machine = new(Instant.FromUtc(2026, 3, 2, 8, 0));
        desk = TestDesk.Start(machine: machine, database: database, settings: [("RateLimits:FailuresPerMinute", "0")]);
    }

    [OneTimeTearDown]
    public void Stop()
    {
        desk.Dispose();
        database.Dispose();
    }

    private async Task<(string Id, string Key)> Key(string more = "\"scopes\": [\"admin\"]", TestDesk? at = null)
    {
        var made = await (at ?? desk).Admin.Post("/v1/api-keys", $$"""{ "name": "Night shift", {{more}} }""").Json(HttpStatusCode.Created);
        return ((string)made["id"]!, (string)made["key"]!);
    }

    private static async Task IsIn(OpsBrowser browser) => Assert.That((await browser.Page("/ops")).QuerySelector("h1")!.TextContent, Is.EqualTo("Operations"));

    private static async Task IsOut(OpsBrowser browser, string path = "/ops", string leadsTo = "../ops/sign-in")
    {
        var answer = await browser.Get(path);
        Assert.That((answer.StatusCode, answer.Headers.Location?.OriginalString), Is.EqualTo((HttpStatusCode.SeeOther, leadsTo[(path == "/ops" ? 3 : 0)..])));
    }

    [Test]
    public async Task A_key_that_may_do_everything_opens_the_board()
    {
        var (id, key) = await Key();
        var browser = new OpsBrowser(desk);
        var answer = await browser.SignIn(key);
        using (Assert.EnterMultipleScope())
        {
            Assert.That((answer.StatusCode, answer.Headers.Location?.OriginalString), Is.EqualTo((HttpStatusCode.SeeOther, "../ops")));
            Assert.That(browser.SetCookie.ToLowerInvariant(), Does.Contain("; path=/ops;").And.Contain("; httponly").And.Contain("; samesite=strict").And.Contain("; expires=mon, 02 mar 2026 16:00:00 gmt").And.Not.Contain("secure"));
            Assert.That(browser.Session, Does.StartWith($"{id}.").And.Not.Contain(key.Split('_', 3)[2]));
        }

        var page = await browser.Page("/ops");
        Assert.That(page.QuerySelector(".ops-who p")!.TextContent, Is.EqualTo("Signed in as Night shift"));
        Assert.That(page.DocumentElement.OuterHtml, Does.Not.Contain(key.Split('_', 3)[2]));
    }

    [Test]
    public async Task The_admin_key_opens_it_too() => await IsIn(await OpsBrowser.SignedIn(desk));

    [TestCase("no-such-key")]
    [TestCase("hd_0123456789abcdef_nothing")]
    [TestCase("eyJhbGciOiJub25lIn0.e30.")]
    [TestCase("")]
    public async Task A_bad_key_opens_nothing(string key)
    {
        var browser = new OpsBrowser(desk);
        var page = await (await browser.SignIn(key)).Page(HttpStatusCode.Forbidden);
        Assert.That(page.QuerySelector("[role=alert]")!.TextContent, Is.EqualTo("This key is unknown, revoked or expired."));
        Assert.That((browser.Session, page.QuerySelector("#key")!.GetAttribute("value")), Is.EqualTo(((string?)null, (string?)null)));
        await IsOut(browser);
    }

    [Test]
    public async Task A_key_that_may_do_less_opens_nothing()
    {
        var browser = new OpsBrowser(desk);
        var page = await (await browser.SignIn((await Key("\"scopes\": [\"tickets:read\", \"messages:write\"]")).Key)).Page(HttpStatusCode.Forbidden);
        Assert.That(page.QuerySelector("[role=alert]")!.TextContent, Does.Contain("scope admin"));
        await IsOut(browser);
    }

    [Test]
    public async Task Keys_cannot_be_tried_at_full_speed()
    {
        using var slow = TestDesk.Start([("RateLimits:FailuresPerMinute", "2")], machine, database: database);
        var browser = new OpsBrowser(slow);
        await browser.SignIn("one");
        await browser.SignIn("two");
        var refused = await browser.SignIn(TestDesk.AdminKey);
        Assert.That((await refused.Page(HttpStatusCode.TooManyRequests)).QuerySelector("[role=alert]")!.TextContent, Does.Contain("Try again in 60 s."));
        Assert.That((refused.Headers.RetryAfter!.Delta, browser.Session), Is.EqualTo((TimeSpan.FromSeconds(60), (string?)null)));
    }

    [TestCase("/ops", "ops/sign-in")]
    [TestCase("/ops/overdue", "../ops/sign-in")]
    [TestCase("/ops/deliveries/dead?lang=tr", "../../ops/sign-in?lang=tr")]
    [TestCase("/ops?lang=fi&next=https://evil.example", "ops/sign-in?lang=fi")]
    public async Task Whoever_is_not_signed_in_is_led_to_the_sign_in_and_nowhere_else(string path, string leadsTo)
    {
        var answer = await new OpsBrowser(desk).Get(path, ("Authorization", $"Bearer {TestDesk.AdminKey}"));
        Assert.That((answer.StatusCode, answer.Headers.Location?.OriginalString), Is.EqualTo((HttpStatusCode.SeeOther, leadsTo)));
        Assert.That(await answer.Content.ReadAsStringAsync(), Is.Empty);
    }

    [Test]
    public async Task A_session_ends_with_its_key()
    {
        var (id, key) = await Key();
        var browser = await OpsBrowser.SignedIn(desk, key);
        await IsIn(browser);
        await desk.Admin.DeleteAsync($"/v1/api-keys/{id}");
        await IsOut(browser);
        Assert.That(browser.Session, Is.Null, "the cookie is taken back");
    }

    [Test]
    public async Task A_session_ends_when_its_key_expires_or_eight_hours_are_over()
    {
        var start = machine.Now;
        var brief = await OpsBrowser.SignedIn(desk, (await Key("\"scopes\": [\"admin\"], \"expiresAt\": \"2026-03-02T09:00:00Z\"")).Key);
        var plain = await OpsBrowser.SignedIn(desk);
        try
        {
            machine.Now = start + Duration.FromHours(1);
            await IsOut(brief);
            machine.Now = start + Duration.FromHours(8) - Duration.FromMilliseconds(1);
            await IsIn(plain);
            machine.Now = start + Duration.FromHours(8);
            await IsOut(plain);
        }
        finally
        {
            machine.Now = start;
        }
    }

    [Test]
    public async Task A_session_is_good_at_a_server_whose_clock_is_some_minutes_behind()
    {
        var start = machine.Now;
        var browser = await OpsBrowser.SignedIn(desk);
        try
        {
            machine.Now = start - Duration.FromMinutes(5);
            await IsIn(browser);
            machine.Now -= Duration.FromMilliseconds(1);
            await IsOut(browser);
        }
        finally
        {
            machine.Now = start;
        }
    }

    [Test]
    public async Task A_session_ends_when_its_secret_was_rotated_away()
    {
        var (id, key) = await Key();
        var browser = await OpsBrowser.SignedIn(desk, key);
        await desk.Admin.Post($"/v1/api-keys/{id}/rotation", """{ "overlap": "PT0S" }""").Json();
        await IsOut(browser);
    }

    [Test]
    public async Task A_session_is_good_at_every_server_that_has_the_desk_s_key_and_at_no_other()
    {
        var browser = await OpsBrowser.SignedIn(desk);
        using var another = TestDesk.Start(machine: machine, database: database);
        await IsIn(new OpsBrowser(another) { Session = browser.Session });
        using var stranger = TestDesk.Start([("Desk:SigningKey", "another-signing-key-of-the-tests-0123456789")], machine, database: database);
        await IsOut(new OpsBrowser(stranger) { Session = browser.Session });
        using var other = TestDesk.Start([("Access:AdminKey", "another-admin-key-of-the-tests-0123456789")], machine, database: database);
        await IsOut(new OpsBrowser(other) { Session = browser.Session });
    }

    [Test]
    public async Task A_session_that_was_altered_is_none()
    {
        var (id, key) = await Key();
        var good = (await OpsBrowser.SignedIn(desk, key)).Session!.Split('.');
        Assert.That(good, Has.Length.EqualTo(3));
        var end = long.Parse(good[1], CultureInfo.InvariantCulture);
        var proof = good[2].ToCharArray();
        proof[5] = proof[5] == 'A' ? 'B' : 'A';
        string[] bad =
        [
            $"admin.{good[1]}.{good[2]}", $"{id}.{end - 1}.{good[2]}", $"{id}.{end + 1}.{good[2]}", $"{id}.{good[1]}.{new string(proof)}",
            $"{id}.{good[1]}.", $"{id}.{good[1]}", $"{id}.{good[1]}.{good[2]}.", $"{id}.0{good[1]}.{good[2]}", $"{id}.99999999999999999999.{good[2]}", ".", "..", new string('x', 3000),
        ];
        foreach (var session in bad) await IsOut(new OpsBrowser(desk) { Session = session });
    }

    [Test]
    public async Task Signing_out_takes_the_session_back()
    {
        var browser = await OpsBrowser.SignedIn(desk);
        var answer = await browser.Press(await browser.Page("/ops"), "/sign-out");
        Assert.That((answer.StatusCode, answer.Headers.Location?.OriginalString, browser.Session), Is.EqualTo((HttpStatusCode.SeeOther, "../ops/sign-in", (string?)null)));
    }

    [Test]
    public async Task What_was_signed_out_of_is_no_session_any_more_at_any_server_and_others_of_the_key_go_on()
    {
        var (id, key) = await Key();
        var browser = await OpsBrowser.SignedIn(desk, key);
        // Of the same key, at the same instant.
        var other = await OpsBrowser.SignedIn(desk, key);
        var copied = browser.Session!;
        await browser.Press(await browser.Page("/ops"), "/sign-out");
        using var another = TestDesk.Start(machine: machine, database: database);
        await IsOut(new OpsBrowser(desk) { Session = copied });
        await IsOut(new OpsBrowser(another) { Session = copied });
        // The last letter of a proof has bits that mean nothing.
        foreach (var letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_") await IsOut(new OpsBrowser(desk) { Session = copied[..^1] + letter });
        await IsIn(other);
        var log = (await desk.Admin.GetAsync($"/v1/audit?actor=key:{id}").Json())["items"]!.AsArray();
        Assert.That(log.Select(entry => (string?)entry!["type"]), Is.EqualTo(new[] { "session.ended", "session.started", "session.started" }));
        Assert.That(log.ToJsonString(), Does.Not.Contain(copied).And.Not.Contain(copied.Split('.')[2]).And.Not.Contain(key.Split('_', 3)[2]));
        Assert.That(await database.Ask<string>("select string_agg(e::text, ' ') from ended_sessions e"), Does.Not.Contain(copied.Split('.')[2]));
    }

    [Test]
    public async Task What_would_be_over_anyway_is_forgotten_at_the_next_sign_out()
    {
        var start = machine.Now;
        try
        {
            foreach (var hours in new[] { 0, 8 })
            {
                machine.Now = start + Duration.FromHours(hours);
                var browser = await OpsBrowser.SignedIn(desk);
                await browser.Press(await browser.Page("/ops"), "/sign-out");
            }

            Assert.That(await database.Ask<long>("select count(*) from ended_sessions where ends_at <= $1", machine.Now.ToDateTimeUtc()), Is.Zero);
            Assert.That(await database.Ask<long>("select count(*) from ended_sessions"), Is.GreaterThan(0));
        }
        finally
        {
            machine.Now = start;
        }
    }

    [Test]
    public async Task Over_https_the_cookie_never_leaves_it()
    {
        using var outside = TestDesk.Start([("Desk:PublicUrl", "https://desk.example.com")], machine, database: database);
        var browser = new OpsBrowser(outside);
        await browser.SignIn(TestDesk.AdminKey, ("Host", "desk.example.com"));
        Assert.That(browser.SetCookie, Does.Contain("; secure"));
    }

    [Test]
    public async Task A_session_opens_nothing_of_the_api()
    {
        var browser = await OpsBrowser.SignedIn(desk);
        await browser.Get("/v1/tickets").Problem(HttpStatusCode.Unauthorized, "unauthorized");
    }
}
