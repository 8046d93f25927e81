using System.Net;
using HelpDesk.Tests.Support;

namespace HelpDesk.Tests.Idempotency;

/// <summary>Many at once, on two servers, with fewer connections than requests.</summary>
internal sealed class IdempotencyRaceTests : DeskFixture
{
    private TestDesk other = null!;

    [OneTimeSetUp]
    public void Start_another_server() => other = StartAnother();

    [OneTimeTearDown]
    public void Stop_the_other_server() => other.Dispose();

    private Task<HttpResponseMessage> Post(int number, string key, string requester = "ada") => Task.Run(() => (number % 2 == 0 ? Desk : other).Admin.Send(
        HttpMethod.Post, "/v1/tickets", $$"""{ "subject": "s", "body": "b", "requester": { "email": "{{requester}}@example.org" } }""", headers: ("Idempotency-Key", key)));

    [Test]
    public async Task A_hundred_parallel_posts_with_one_key_make_one_ticket()
    {
        await Policy();
        for (var round = 0; round < 5; round++)
        {
            var answers = await Task.WhenAll(Enumerable.Range(0, 100).Select(number => Post(number, $"one-{round}")));
            var made = answers.Where(answer => answer.StatusCode == HttpStatusCode.Created).ToList();
            using (Assert.EnterMultipleScope())
            {
                Assert.That(answers.Select(answer => answer.StatusCode), Is.All.EqualTo(HttpStatusCode.Created).Or.EqualTo(HttpStatusCode.Conflict));
                Assert.That(made.Count(answer => !answer.Headers.Contains("Idempotency-Replayed")), Is.EqualTo(1));
                Assert.That(made.Select(answer => answer.Headers.Location).Distinct().Count(), Is.EqualTo(1));
                Assert.That(await Database.Ask<long>("select count(*) from tickets"), Is.EqualTo(round + 1));
                Assert.That(await Database.Ask<long>("select count(*) from deliveries"), Is.EqualTo(round + 1));
            }
            var again = await Post(round, $"one-{round}");
            Assert.That((again.StatusCode, again.Headers.Location), Is.EqualTo((HttpStatusCode.Created, made[0].Headers.Location)));
        }
    }

    [Test]
    public async Task Parallel_posts_with_keys_of_their_own_for_a_customer_who_is_new_to_all_of_them_make_a_ticket_each()
    {
        await Policy();
        for (var round = 0; round < 3; round++)
        {
            var answers = await Task.WhenAll(Enumerable.Range(0, 60).Select(number => Post(number, $"own-{round}-{number}", $"new{round}")));
            Assert.That(answers.Select(answer => answer.StatusCode), Is.All.EqualTo(HttpStatusCode.Created));
        }
        Assert.That((await Database.Ask<long>("select count(*) from tickets"), await Database.Ask<long>("select count(*) from customers")), Is.EqualTo((180, 3)));
    }

    [Test]
    public async Task More_requests_than_connections_wait_for_one_another_and_not_for_themselves()
    {
        await Policy();
        using var narrow = TestDesk.Start(
            [("Sandbox:Clock", "true"), ("ConnectionStrings:HelpDesk", Database.ConnectionString + ";Maximum Pool Size=2;Timeout=60")], database: Database);
        var answers = await Task.WhenAll(Enumerable.Range(0, 100).Select(number => Task.Run(() => narrow.Admin.Send(
            HttpMethod.Post, "/v1/tickets", """{ "subject": "s", "body": "b", "requester": { "email": "ada@example.org" } }""", headers: ("Idempotency-Key", $"narrow-{number}")))));
        Assert.That(answers.Select(answer => answer.StatusCode), Is.All.EqualTo(HttpStatusCode.Created));
    }
}
