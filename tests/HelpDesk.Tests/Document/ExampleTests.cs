using System.Text.Json.Nodes;
using HelpDesk.Tests.Support;

namespace HelpDesk.Tests.Document;

/// <summary>The document's examples are true: each is sent as it stands, but for the ids of what must be there first, and is answered as documented.</summary>
internal sealed class ExampleTests
{
    private TestDatabase database = null!;
    private TestDesk desk = null!;
    private JsonNode document = null!;
    private ExampleWorld world = null!;

    [OneTimeSetUp]
    public async Task Start()
    {
        database = TestDatabase.Create();
        desk = TestDesk.Start([("Sandbox:Clock", "true")], database: database);
        document = await desk.Anonymous.GetAsync("/openapi/v1.json").Json();
        world = new ExampleWorld(desk, database, document);
    }

    [OneTimeTearDown]
    public void Stop()
    {
        desk.Dispose();
        database.Dispose();
    }

    [Test]
    public void Every_JSON_body_has_an_example() =>
        Assert.That(Operations().Where(operation => world.BodyOf(operation.Operation) is { } body && world.ExampleOf(body) is null).Select(operation => $"{operation.Method} {operation.Path}"), Is.Empty);

    [Test]
    public async Task Every_example_is_answered_as_documented()
    {
        using (Assert.EnterMultipleScope())
        {
            foreach (var (method, path, operation) in Operations().Where(operation => world.BodyOf(operation.Operation) is not null))
            {
                await world.Empty();
                await Answers(method, path, operation, await world.Send(method, path));
            }
        }
    }

    [Test]
    public async Task Everything_that_is_read_is_as_documented()
    {
        using (Assert.EnterMultipleScope())
        {
            foreach (var (method, path, operation) in Operations().Where(operation => operation.Method == HttpMethod.Get && !Surface.IsStream(operation.Operation)))
            {
                await world.Empty();
                await world.MakeOneIn(path);
                await Answers(method, path, operation, await world.Send(method, path));
            }
        }
    }

    private IEnumerable<(HttpMethod Method, string Path, JsonNode Operation)> Operations() =>
        from path in document["paths"]!.AsObject()
        from operation in path.Value!.AsObject()
        select (HttpMethod.Parse(operation.Key), path.Key, operation.Value!);

    private async Task Answers(HttpMethod method, string path, JsonNode operation, HttpResponseMessage answer)
    {
        var status = operation["responses"]!.AsObject().Select(response => response.Key).First(key => key.StartsWith('2'));
        var said = await answer.Content.ReadAsStringAsync();
        Assert.That(((int)answer.StatusCode).ToString(System.Globalization.CultureInfo.InvariantCulture), Is.EqualTo(status), $"{method} {path}: {said}");
        if (operation["responses"]![status]!["content"]?["application/json"]?["schema"] is not { } schema || !answer.IsSuccessStatusCode) return;
        Assert.That(new SchemaCheck(document).Faults(JsonNode.Parse(said), schema), Is.Empty, $"{method} {path}");
    }
}
