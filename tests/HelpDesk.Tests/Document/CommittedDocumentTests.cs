using System.Text.Json.Nodes;
using HelpDesk.Contract;
using HelpDesk.Tests.Support;

namespace HelpDesk.Tests.Document;

/// <summary>docs/openapi.json is what clients were built from: the desk serves it, and nothing in it is taken away unawares.</summary>
internal sealed class CommittedDocumentTests
{
    private TestDesk desk = null!;
    private JsonNode committed = null!;
    private JsonNode served = null!;

    [OneTimeSetUp]
    public async Task Start()
    {
        desk = TestDesk.Start();
        served = await desk.Anonymous.GetAsync("/openapi/v1.json").Json();
        committed = JsonNode.Parse(await File.ReadAllTextAsync(Repository.File("docs", "openapi.json")))!;
    }

    [OneTimeTearDown]
    public void Stop() => desk.Dispose();

    [Test]
    public void Nothing_that_clients_rely_on_is_broken() => Assert.That(
        BreakingChanges.Between(committed, served), Is.Empty,
        "This breaks clients of docs/openapi.json. If it is meant: deploy/openapi --breaking, and a line in the CHANGELOG.");

    [Test]
    public void The_desk_serves_the_document_that_is_committed() =>
        Assert.That(JsonNode.DeepEquals(committed, served), Is.True, "docs/openapi.json is older than the code: run deploy/openapi.");
}
