using HelpDesk.Tests.Support;
using HelpDesk.Web;

namespace HelpDesk.Tests.Access;

/// <summary>What the configuration says of the issuer, and what cannot be.</summary>
internal sealed class OidcOptionsTests
{
    private TestDatabase database = null!;

    [OneTimeSetUp]
    public void Create() => database = TestDatabase.Create();

    [OneTimeTearDown]
    public void Drop() => database.Dispose();

    [TestCase("Access:Oidc:Authority", "not an address", "Authority")]
    [TestCase("Access:Oidc:Authority", "http://issuer.example", "Authority")]
    [TestCase("Access:Oidc:Audience", " ", "Audience")]
    [TestCase("Access:Oidc:ClockSkew", "PT1H", "ClockSkew")]
    [TestCase("Access:Oidc:ClockSkew", "a minute", "ClockSkew")]
    [TestCase("Access:Oidc:ScopeMap", "agent", "ScopeMap")]
    [TestCase("Access:Oidc:ScopeMap", "agent = tickets:all", "ScopeMap")]
    [TestCase("Access:Oidc:ScopeMap", "a = admin; a = webhooks", "ScopeMap")]
    [TestCase("Access:Oidc:RequireHttpsMetadata", "perhaps", "RequireHttpsMetadata")]
    [TestCase("Access:Oidc:Audiance", "helpdesk", "Audiance")]
    [TestCase("Access:Oidc:ClientId", "help desk", "ClientId")]
    [TestCase("Access:Oidc:ClientSecret", "a-secret", "ClientSecret needs Access:Oidc:ClientId")]
    [TestCase("Access:Oidc:SignInScopes", "openid", "SignInScopes needs Access:Oidc:ClientId")]
    public void What_cannot_be_stops_the_start_and_is_named(string key, string value, string named) =>
        Assert.That(() => TestDesk.Start([("Access:Oidc:Authority", "https://issuer.example"), ("Access:Oidc:Audience", FakeIssuer.Audience), (key, value)], database: database), Throws.TypeOf<WrongConfiguration>().With.Message.Contains($"Access:Oidc:{named}"));

    [Test]
    public void An_audience_without_an_authority_stops_the_start() =>
        Assert.That(() => TestDesk.Start([("Access:Oidc:Audience", "helpdesk")], database: database), Throws.TypeOf<WrongConfiguration>().With.Message.Contains("Access:Oidc:Audience needs"));
}
