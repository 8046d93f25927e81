using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using HelpDesk.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.Tokens;

namespace HelpDesk.Tests.Access;

/// <summary>Tokens of an OpenID Connect issuer beside keys.</summary>
internal sealed class OidcTests
{
    private const string Tickets = "/v1/tickets";
    private static readonly RsaSecurityKey First = FakeIssuer.Rsa("first");
    private static readonly RsaSecurityKey Second = FakeIssuer.Rsa("second");

    private readonly LogLines log = new();
    private TestDatabase database = null!;
    private TestMachine machine = null!;
    private FakeIssuer issuer = null!;
    private TestDesk? started;

    [OneTimeSetUp]
    public void Create() => database = TestDatabase.Create();

    [OneTimeTearDown]
    public void Drop() => database.Dispose();

    [SetUp]
    public async Task Start()
    {
        machine = new(Instant.FromUtc(2026, 3, 2, 8, 0));
        issuer = await FakeIssuer.Start();
        issuer.Publish(First);
        log.Clear();
    }

    [TearDown]
    public async Task Stop()
    {
        started?.Dispose();
        started = null;
        await issuer.DisposeAsync();
    }

    /// <summary>Started when it is first asked: some tests are about another.</summary>
    private TestDesk TheDesk => started ??= Desk();

    [Test]
    public async Task A_good_token_opens_what_its_scopes_say_and_no_more()
    {
        var answer = await Ask(Token());
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(answer.Headers.Contains("RateLimit"), Is.True);
        await TheDesk.With(Token()).GetAsync("/v1/customers").Problem(HttpStatusCode.Forbidden, "forbidden");
    }

    [TestCase(SecurityAlgorithms.RsaSha384)]
    [TestCase(SecurityAlgorithms.RsaSsaPssSha256)]
    public async Task Other_good_signatures_are_taken(string algorithm) => await Answers(HttpStatusCode.OK, issuer.Sign(First, algorithm, machine.Now));

    [Test]
    public async Task Elliptic_curves_are_taken()
    {
        var key = FakeIssuer.Ecdsa("curve");
        issuer.Publish(key);
        await Answers(HttpStatusCode.OK, issuer.Sign(key, SecurityAlgorithms.EcdsaSha256, machine.Now));
    }

    [Test]
    public async Task A_token_is_good_from_its_beginning_until_its_end_give_or_take_the_skew()
    {
        var token = Token();
        var made = machine.Now;
        var refused = await Refusal(token, "expired", made + Duration.FromMinutes(61));
        Assert.That(refused.Headers.WwwAuthenticate.Single().ToString(), Is.EqualTo("Bearer error=\"invalid_token\""));
        machine.Now = made + Duration.FromMinutes(61) - Duration.FromMilliseconds(1);
        await Answers(HttpStatusCode.OK, token);
        await Refusal(token, "not good yet", made - Duration.FromSeconds(61));
        machine.Now = made - Duration.FromSeconds(60);
        await Answers(HttpStatusCode.OK, token);
    }

    [Test]
    public async Task A_token_without_an_end_is_refused() => await Refusal(Token(("exp", null)), "no expiry");

    [Test]
    public async Task A_token_for_somebody_else_is_refused() => await Refusal(Token(("aud", "another-desk")), "audience");

    [Test]
    public async Task A_token_for_nobody_is_refused() => await Refusal(Token(("aud", null)), "audience");

    [Test]
    public async Task A_token_of_another_issuer_is_refused() => await Refusal(Token(("iss", "https://elsewhere.example")), "another issuer");

    [TestCase(null)]
    [TestCase("")]
    [TestCase("a\nb")]
    [TestCase(42)]
    public async Task A_token_that_names_nobody_is_refused(object? sub) => await Refusal(Token(("sub", sub)), "names nobody");

    [Test]
    public async Task A_token_that_nobody_signed_is_refused() => await Refusal(issuer.Sign(null, "none", machine.Now), "not signed");

    [Test]
    public async Task The_issuer_s_public_key_is_no_secret_to_sign_with()
    {
        // The old confusion: what everybody can read, taken for a shared secret.
        var secret = new SymmetricSecurityKey(Encoding.UTF8.GetBytes(First.Rsa.ExportSubjectPublicKeyInfoPem())) { KeyId = "first" };
        await Refusal(issuer.Sign(secret, SecurityAlgorithms.HmacSha256, machine.Now), "not signed");
        // Not even where the issuer publishes such a thing.
        issuer.Publish(First, secret);
        await Refusal(issuer.Sign(secret, SecurityAlgorithms.HmacSha256, machine.Now), "not signed");
    }

    [Test]
    public async Task A_token_signed_by_somebody_else_under_a_known_name_is_refused() =>
        await Refusal(issuer.Sign(FakeIssuer.Rsa("first"), SecurityAlgorithms.RsaSha256, machine.Now), "signature");

    [Test]
    public async Task A_token_that_was_altered_is_refused()
    {
        var parts = Token().Split('.');
        var claims = JsonNode.Parse(Base64UrlEncoder.Decode(parts[1]))!;
        claims["scope"] = "admin";
        await Refusal($"{parts[0]}.{Base64UrlEncoder.Encode(claims.ToJsonString())}.{parts[2]}", "signature");
    }

    [TestCase("eyJ..")]
    [TestCase("eyJhbGciOiJSUzI1NiJ9.e30.")]
    [TestCase("eyJhbGciOiJSUzI1NiJ9.bm90IGpzb24.c2ln")]
    [TestCase("eyJub3QganNvbg.e30.c2ln")]
    [TestCase("eyJ!.!.!")]
    public async Task What_only_looks_like_a_token_is_refused(string token) => await Refusal(token, "");

    [Test]
    public async Task A_new_key_is_asked_for_when_a_token_names_it_and_the_old_one_is_gone_then()
    {
        await Answers(HttpStatusCode.OK, Token());
        issuer.Publish(Second);
        machine.Now += Duration.FromSeconds(10);
        await Answers(HttpStatusCode.OK, issuer.Sign(Second, SecurityAlgorithms.RsaSha256, machine.Now));
        await Refusal(Token(), "signature");
    }

    [Test]
    public async Task A_name_that_is_not_known_does_not_make_the_issuer_be_asked_again_and_again()
    {
        await Answers(HttpStatusCode.OK, Token());
        machine.Now += Duration.FromSeconds(10);
        for (var guess = 0; guess < 5; guess++) await Refusal(issuer.Sign(FakeIssuer.Rsa($"unknown-{guess}"), SecurityAlgorithms.RsaSha256, machine.Now), "signature");
        Assert.That(issuer.Asked, Is.EqualTo(2));
    }

    [Test]
    public async Task A_token_that_names_no_key_is_tried_with_those_there_are()
    {
        issuer.Publish(Second, First);
        await Answers(HttpStatusCode.OK, issuer.Sign(new RsaSecurityKey(First.Rsa), SecurityAlgorithms.RsaSha256, machine.Now));
        await Refusal(issuer.Sign(FakeIssuer.Rsa(null), SecurityAlgorithms.RsaSha256, machine.Now), "signature");
    }

    [Test]
    public async Task While_the_issuer_was_never_reached_tokens_wait_and_nobody_else_does()
    {
        issuer.IsAway = true;
        var answer = await Ask(Token());
        await Task.FromResult(answer).Problem(HttpStatusCode.ServiceUnavailable, "issuer-away");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(answer.Headers.RetryAfter, Is.Not.Null);
            Assert.That((await TheDesk.Admin.GetAsync(Tickets)).StatusCode, Is.EqualTo(HttpStatusCode.OK));
            Assert.That((await TheDesk.With(Token()).GetAsync("/openapi/v1.json")).StatusCode, Is.EqualTo(HttpStatusCode.OK), "public");
        }

        issuer.IsAway = false;
        machine.Now += Duration.FromSeconds(10);
        await Answers(HttpStatusCode.OK, Token());
    }

    [Test]
    public async Task The_keys_there_were_stay_good_for_a_day_while_the_issuer_is_away()
    {
        await Answers(HttpStatusCode.OK, Token());
        issuer.IsAway = true;
        machine.Now += Duration.FromHours(24) - Duration.FromMilliseconds(1);
        await Answers(HttpStatusCode.OK, Token());
        machine.Now += Duration.FromMilliseconds(1);
        await Answers(HttpStatusCode.ServiceUnavailable, Token());
    }

    [TestCase("scope", "tickets:read customers:read", HttpStatusCode.OK)]
    [TestCase("roles", new[] { "x", "customers:read" }, HttpStatusCode.OK)]
    [TestCase("roles", "customers:read", HttpStatusCode.OK)]
    [TestCase("scope", "customers:readers", HttpStatusCode.Forbidden)]
    [TestCase("scope", 42, HttpStatusCode.Forbidden)]
    [TestCase("groups", "customers:read", HttpStatusCode.Forbidden)]
    public async Task Scopes_are_read_from_the_claims_that_are_configured(string claim, object value, HttpStatusCode expected) =>
        Assert.That((await TheDesk.With(Token(("scope", null), (claim, value))).GetAsync("/v1/customers")).StatusCode, Is.EqualTo(expected));

    [Test]
    public async Task A_map_says_what_claim_values_allow_and_then_nothing_else_does()
    {
        using var mapped = Desk(("Access:Oidc:ScopeClaims", "realm_access.roles"), ("Access:Oidc:ScopeMap", "help=agent = tickets:read tickets:write; boss = admin"));
        Task<HttpResponseMessage> As(string role, string address) => mapped.With(Token(("realm_access", new Dictionary<string, object> { ["roles"] = new[] { role } }))).GetAsync(address);
        using (Assert.EnterMultipleScope())
        {
            Assert.That((await As("help=agent", Tickets)).StatusCode, Is.EqualTo(HttpStatusCode.OK));
            Assert.That((await As("help=agent", "/v1/api-keys")).StatusCode, Is.EqualTo(HttpStatusCode.Forbidden));
            Assert.That((await As("boss", "/v1/api-keys")).StatusCode, Is.EqualTo(HttpStatusCode.OK));
            Assert.That((await As("admin", Tickets)).StatusCode, Is.EqualTo(HttpStatusCode.Forbidden));
        }
    }

    [Test]
    public async Task What_a_token_does_is_written_down_under_its_subject()
    {
        var made = await TheDesk.With(Token(("scope", "tickets:write"))).Post(Tickets, """{ "subject": "x", "requester": { "name": "Ada" } }""").Json(HttpStatusCode.Created);
        Assert.That(await database.Ask<string>("select actor from events where ticket_id = $1 and type = 'ticket.created'", (long)made["id"]!), Is.EqualTo("jwt:ada"));
    }

    [Test]
    public async Task An_expired_token_is_no_guess_and_a_forged_one_is()
    {
        using var strict = Desk(("RateLimits:FailuresPerMinute", "1"));
        var expired = issuer.Sign(First, SecurityAlgorithms.RsaSha256, machine.Now - Duration.FromHours(3));
        for (var count = 0; count < 3; count++) Assert.That((await strict.With(expired).GetAsync(Tickets)).StatusCode, Is.EqualTo(HttpStatusCode.Unauthorized));
        var forged = issuer.Sign(FakeIssuer.Rsa("first"), SecurityAlgorithms.RsaSha256, machine.Now);
        Assert.That((await strict.With(forged).GetAsync(Tickets)).StatusCode, Is.EqualTo(HttpStatusCode.Unauthorized));
        Assert.That((await strict.With(forged).GetAsync(Tickets)).StatusCode, Is.EqualTo(HttpStatusCode.TooManyRequests));
    }

    [Test]
    public async Task Neither_tokens_nor_keys_are_logged()
    {
        var tokens = new[] { Token(), Token(("exp", 1)), issuer.Sign(FakeIssuer.Rsa("first"), SecurityAlgorithms.RsaSha256, machine.Now), "eyJhbGciOiJSUzI1NiJ9.bm90IGpzb24.c2ln" };
        foreach (var token in tokens) await Ask(token);
        issuer.IsAway = true;
        using (var another = Desk()) await another.With(tokens[0]).GetAsync(Tickets);
        await TheDesk.With("hd_0000000000000000_secret-secret-secret").GetAsync(Tickets);
        Assert.That(log.Lines, Is.Not.Empty);
        foreach (var line in log.Lines)
        {
            var text = $"{line.Text} {line.Scopes} {line.Error}";
            Assert.That(text, Does.Not.Contain("eyJ").And.Not.Contain("secret-secret").And.Not.Contain(TestDesk.AdminKey));
        }
    }

    [Test]
    public async Task Without_an_issuer_a_token_is_a_key_that_is_not_known()
    {
        using var plain = TestDesk.Start(database: database);
        var problem = await plain.With(Token()).GetAsync(Tickets).Problem(HttpStatusCode.Unauthorized, "unauthorized");
        Assert.That((string?)problem["detail"], Does.Contain("key is unknown"));
    }

    private string Token(params (string, object?)[] with) => issuer.Sign(First, SecurityAlgorithms.RsaSha256, machine.Now, with);

    private Task<HttpResponseMessage> Ask(string token) => TheDesk.With(token).GetAsync(Tickets);

    private async Task Answers(HttpStatusCode expected, string token)
    {
        var answer = await Ask(token);
        Assert.That(answer.StatusCode, Is.EqualTo(expected), await answer.Content.ReadAsStringAsync());
    }

    private async Task<HttpResponseMessage> Refusal(string token, string reason, Instant? at = null)
    {
        machine.Now = at ?? machine.Now;
        var answer = await Ask(token);
        var problem = await Task.FromResult(answer).Problem(HttpStatusCode.Unauthorized, "unauthorized");
        Assert.That((string?)problem["detail"], Does.Contain(reason));
        return answer;
    }

    private TestDesk Desk(params (string, string)[] settings) => TestDesk.Start(
        [("Access:Oidc:Authority", issuer.Address), ("Access:Oidc:Audience", FakeIssuer.Audience), .. settings], machine: machine, database: database,
        services: services => services.AddSingleton<ILoggerProvider>(log));
}
