using HelpDesk.Tests.Support;

namespace HelpDesk.Tests.Idempotency;

/// <summary>
/// Inside its transaction a request takes no second connection: with as many requests as connections, each would wait for what another holds. So every
/// operation must do with a pool of one.
/// </summary>
internal sealed class OneConnectionTests
{
    [Test]
    public async Task Every_post_with_a_key_does_with_one_connection()
    {
        using var database = TestDatabase.Create();
        using var maker = TestDesk.Start([("Sandbox:Clock", "true")], database: database);
        var document = await maker.Anonymous.GetAsync("/openapi/v1.json").Json();
        var operations = new Surface(document).All().ToList();
        var estate = new Estate(maker.Admin, new Surface(document));
        await estate.Settle(operations, rounds: 2);
        using var narrow = Narrow(database);
        // The sandbox's clock is held on a connection of its own while the jobs run on others.
        var posts = operations.Where(operation => operation.Method == HttpMethod.Post && operation.Takes("Idempotency-Key") && !Estate.IsSandbox(operation)).ToList();
        Assert.That(posts, Has.Count.GreaterThan(5));
        using (Assert.EnterMultipleScope())
        {
            foreach (var post in posts) await Send(narrow, estate, post, ("Idempotency-Key", post.Path));
        }
    }

    [Test]
    public async Task So_does_every_operation_without_a_key()
    {
        using var database = TestDatabase.Create();
        using var maker = TestDesk.Start([("Sandbox:Clock", "true")], database: database);
        var document = await maker.Anonymous.GetAsync("/openapi/v1.json").Json();
        var operations = new Surface(document).All().ToList();
        var estate = new Estate(maker.Admin, new Surface(document));
        await estate.Settle(operations, rounds: 2);
        using var narrow = Narrow(database);
        // Reading comes last, since what was read once is remembered; and before it what deletes.
        var ordered = operations.OrderBy(operation => operation.Method == HttpMethod.Get).ThenBy(operation => operation.Method == HttpMethod.Delete);
        using (Assert.EnterMultipleScope())
        {
            foreach (var operation in ordered.Where(operation => !Estate.IsSandbox(operation))) await Send(narrow, estate, operation);
        }
    }

    /// <summary>Another server, which remembers nothing yet.</summary>
    private static TestDesk Narrow(TestDatabase database) =>
        TestDesk.Start([("Sandbox:Clock", "true"), ("ConnectionStrings:HelpDesk", database.ConnectionString + ";Maximum Pool Size=1;Timeout=5")], database: database);

    private static async Task Send(TestDesk desk, Estate estate, Operation operation, params (string, string)[] headers)
    {
        var random = new Random(7);
        var type = operation.BodyTypes.FirstOrDefault(type => type.EndsWith("json", StringComparison.Ordinal));
        var json = type is null ? null : estate.Body(operation, random)!.ToJsonString();
        using var answer = await desk.Admin.Send(operation.Method, estate.Address(operation, random), json, type ?? "application/json", headers);
        Assert.That((int)answer.StatusCode, Is.LessThan(500), $"{operation}: {await answer.Content.ReadAsStringAsync()}");
    }
}
