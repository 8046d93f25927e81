using HelpDesk.Tests.Support;

namespace HelpDesk.Tests.Document;

/// <summary>The document as other people's tools take it, and a desk as a client generated from it meets it. The tools stand in tests/client.</summary>
internal sealed class ClientTests
{
    private static readonly string Client = Repository.File("tests", "client");

    private TestDesk desk = null!;
    private string document = "";

    [OneTimeSetUp]
    public async Task Start()
    {
        Assert.That(Directory.Exists(Path.Combine(Client, "node_modules")), "The tools of tests/client are not installed: run deploy/test, or npm ci in that folder.");
        desk = TestDesk.Start(kestrel: true);
        Directory.CreateDirectory(Path.Combine(Client, "out"));
        document = Path.Combine("out", "openapi.json");
        await File.WriteAllTextAsync(Path.Combine(Client, document), await desk.Anonymous.GetStringAsync("/openapi/v1.json"));
    }

    [OneTimeTearDown]
    public void Stop() => desk?.Dispose();

    [Test]
    public Task Spectral_has_nothing_to_say() => Runs("spectral", "lint", document, "--ruleset", "spectral.yaml", "--fail-severity", "hint");

    [Test]
    public async Task Redocly_has_nothing_to_say() =>
        Assert.That(await Runs("redocly", "lint", document, "--config", "redocly.yaml", "--format", "json"), Does.Contain("\"errors\": 0").And.Contain("\"warnings\": 0"));

    [Test]
    public async Task A_TypeScript_client_compiles_and_does_what_a_frontend_does()
    {
        await Runs("openapi-typescript", document, "-o", "desk.ts");
        await Runs("tsc", "-p", ".");
        var (code, said) = await Repository.Run(Client, "node", "out/smoke.js", desk.Anonymous.BaseAddress!.ToString().TrimEnd('/'), TestDesk.AdminKey);
        Assert.That(code, Is.Zero, said);
        Assert.That(said, Does.Contain("All as it should be."));
    }

    private static async Task<string> Runs(string tool, params string[] arguments)
    {
        var (code, said) = await Repository.Run(Client, Path.Combine(Client, "node_modules", ".bin", tool), arguments);
        Assert.That(code, Is.Zero, said);
        return said;
    }
}
