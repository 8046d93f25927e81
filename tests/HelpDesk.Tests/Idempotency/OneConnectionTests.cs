using HelpDesk.Tests.Support;

namespace HelpDesk.Tests.Idempotency;

/// <summary>
/// Inside its transaction a request takes no second connection: with as many requests as connections, each would wait for what another holds. So every POST that
/// takes a key must do with a pool of one.
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
        // Another server, which remembers nothing yet.
        using var narrow = TestDesk.Start([("Sandbox:Clock", "true"), ("ConnectionStrings:HelpDesk", database.ConnectionString + ";Maximum Pool Size=1;Timeout=5")], database: database);
        var posts = operations.Where(operation => operation.Method == HttpMethod.Post && operation.Takes("Idempotency-Key")).ToList();
        Assert.That(posts, Has.Count.GreaterThan(5));
        using (Assert.EnterMultipleScope())
        {
            foreach (var post in posts)
            {
                var random = new Random(7);
                var json = post.HasJson ? estate.Body(post, random)!.ToJsonString() : null;
                var answer = await narrow.Admin.Send(HttpMethod.Post, estate.Address(post, random), json, headers: ("Idempotency-Key", post.Path));
                Assert.That((int)answer.StatusCode, Is.LessThan(500), $"{post}: {await answer.Content.ReadAsStringAsync()}");
            }
        }
    }
}
