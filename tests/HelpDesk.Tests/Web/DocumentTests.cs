using System.Text.Json;
using System.Text.Json.Nodes;
using HelpDesk.Access;
using HelpDesk.Tests.Support;
using HelpDesk.Web.Json;
using HelpDesk.Web.OpenApi;

namespace HelpDesk.Tests.Web;

/// <summary>The OpenAPI document as a generator of clients meets it.</summary>
internal sealed class DocumentTests
{
    private TestDesk desk = null!;
    private JsonNode document = null!;

    [OneTimeSetUp]
    public async Task Start()
    {
        desk = TestDesk.Start();
        document = await desk.Anonymous.GetAsync("/openapi/v1.json").Json();
    }

    [OneTimeTearDown]
    public void Stop() => desk.Dispose();

    private IEnumerable<(string Address, JsonObject Operation)> Operations =>
        from path in document["paths"]!.AsObject()
        from operation in path.Value!.AsObject()
        where operation.Key is not "parameters"
        select ($"{operation.Key} {path.Key}", operation.Value!.AsObject());

    [Test]
    public void Is_OpenAPI_3_1_and_says_how_to_authenticate()
    {
        Assert.That((string?)document["openapi"], Does.StartWith("3.1"));
        Assert.That((string?)document["components"]!["securitySchemes"]!["key"]!["scheme"], Is.EqualTo("bearer"));
        Assert.That(document["servers"]!.AsArray(), Is.Not.Empty);
    }

    [Test]
    public void A_members_example_is_an_example_and_not_prose()
    {
        var subject = document["components"]!["schemas"]!["OpenTicketRequest"]!["properties"]!["subject"]!;
        using (Assert.EnterMultipleScope())
        {
            Assert.That((string?)subject["examples"]![0], Is.EqualTo("Printer on fire"));
            Assert.That((string?)subject["description"], Is.EqualTo("What it is about, on one line."));
        }
    }

    [Test]
    public void Every_operation_has_a_name_a_summary_a_tag_and_its_problems()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Operations.Select(operation => (string?)operation.Operation["operationId"]), Is.Unique.And.All.Not.Null);
            foreach (var (address, operation) in Operations)
            {
                Assert.That((string?)operation["summary"], Is.Not.Null.And.Not.Empty, address);
                Assert.That(operation["tags"]?.AsArray(), Is.Not.Null.And.Not.Empty, address);
                foreach (var problem in operation["responses"]!.AsObject().Where(response => int.Parse(response.Key, null) >= 400))
                {
                    Assert.That((string?)problem.Value!["content"]?["application/problem+json"]?["schema"]?["$ref"], Is.EqualTo("#/components/schemas/Problem"), $"{address} {problem.Key}");
                }
                Assert.That(operation["responses"]!.AsObject().Select(response => response.Key), Does.Contain("500").And.Contain("503"), address);
                Assert.That(operation["security"]!.AsArray().Count == 1, Is.EqualTo(operation["responses"]!["401"] is not null), address);
            }
        }
    }

    [Test]
    public void Every_member_of_a_request_and_of_an_answer_is_described()
    {
        var bare = from schema in document["components"]!["schemas"]!.AsObject()
                   from member in schema.Value!["properties"]?.AsObject() ?? []
                   where member.Value!["description"] is null && member.Value["$ref"] is null && member.Value["oneOf"] is null
                   select $"{schema.Key}.{member.Key}";
        Assert.That(bare, Is.Empty);
    }

    [Test]
    public void Every_query_parameter_is_camelCase_and_described()
    {
        using (Assert.EnterMultipleScope())
        {
            foreach (var (address, operation) in Operations)
            {
                foreach (var parameter in operation["parameters"]?.AsArray() ?? [])
                {
                    var name = (string?)parameter!["name"];
                    if ((string?)parameter["in"] == "query") Assert.That(name, Does.Match("^[a-z][A-Za-z]*$"), address);
                    Assert.That((string?)parameter["description"], Is.Not.Null, $"{address} {name}");
                }
            }
        }
    }

    [Test]
    public void No_value_is_a_number_or_a_string_at_will_and_no_schema_is_empty()
    {
        var text = document.ToJsonString();
        Assert.That(text, Does.Not.Contain("\"integer\",\"string\"").And.Not.Contain("\"string\",\"integer\"").And.Not.Contain("\"schema\":{}").And.Not.Contain("\"items\":{}"));
    }

    [Test]
    public void Answers_may_grow_members_and_requests_may_not()
    {
        Assert.That((bool?)document["components"]!["schemas"]!["CreateApiKeyRequest"]!["additionalProperties"], Is.False);
        Assert.That(document["components"]!["schemas"]!["CreateApiKeyResponse"]!["additionalProperties"], Is.Null);
    }

    [Test]
    public void Every_example_of_a_request_can_be_sent_as_it_stands()
    {
        var examples = typeof(CreateApiKey).Assembly.GetTypes().Where(type => type.IsDefined(typeof(ExampleAttribute), false)).ToList();
        Assert.That(examples, Is.Not.Empty);
        using (Assert.EnterMultipleScope())
        {
            foreach (var type in examples)
            {
                var json = ((ExampleAttribute)type.GetCustomAttributes(typeof(ExampleAttribute), false)[0]).Json;
                Assert.That(() => JsonSerializer.Deserialize(json, type, JsonConventions.Options), Throws.Nothing, type.ToString());
            }
        }
    }

    [Test]
    public async Task Swagger_UI_is_there_without_a_key()
    {
        Assert.That(await desk.Anonymous.GetStringAsync("/swagger"), Does.Contain("swagger-ui"));
        Assert.That(await desk.Anonymous.GetStringAsync("/swagger/index.js"), Does.Contain("/openapi/v1.json"));
    }
}
