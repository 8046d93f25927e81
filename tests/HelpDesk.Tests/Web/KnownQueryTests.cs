using System.Net;
using HelpDesk.Tests.Support;

namespace HelpDesk.Tests.Web;

internal sealed class KnownQueryTests
{
    private TestDesk desk = null!;

    [OneTimeSetUp]
    public void Start() => desk = TestDesk.Start();

    [OneTimeTearDown]
    public void Stop() => desk.Dispose();

    [TestCase("/v1/customers?emial=a@example.org", "emial", "email")]
    [TestCase("/v1/tickets?limit=5&statsu=open", "statsu", "status")]
    [TestCase("/v1/deliveries?State=sent", "State", "state")]
    [TestCase("/v1/policies?queue=billing", "queue", "limit")]
    public async Task A_query_parameter_that_is_not_known_is_refused_and_those_that_are_are_named(string path, string unknown, string known)
    {
        Assert.That(await desk.Admin.GetAsync(path).Refuses(unknown), Does.Contain(known));
    }

    [TestCase("/v1/customers?organisation=acme", "organisation", "must be a UUID")]
    [TestCase("/v1/agents?active=perhaps", "active", "must be true or false")]
    [TestCase("/v1/deliveries?ticket=1.5", "ticket", "must be a whole number")]
    [TestCase("/v1/agents?active=true&active=false", "active", "must be true or false")]
    public async Task A_value_that_a_query_parameter_cannot_have_is_refused_by_its_name_and_its_rule(string path, string parameter, string rule)
    {
        Assert.That(await desk.Admin.GetAsync(path).Refuses(parameter), Is.EqualTo(rule));
    }

    [Test]
    public async Task An_endpoint_without_query_parameters_says_so()
    {
        Assert.That(await desk.Admin.GetAsync($"/v1/customers/{Guid.Empty}?verbose=1").Refuses("verbose"), Does.Contain("no query parameters"));
    }

    [Test]
    public async Task Parameters_that_are_known_pass() =>
        Assert.That((await desk.Admin.GetAsync("/v1/customers?email=a@example.org&limit=3")).StatusCode, Is.EqualTo(HttpStatusCode.OK));
}
