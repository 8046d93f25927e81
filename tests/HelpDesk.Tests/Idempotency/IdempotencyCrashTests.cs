using System.Net;
using HelpDesk.Tests.Support;
using Npgsql;

namespace HelpDesk.Tests.Idempotency;

/// <summary>Whoever dies between effect and commit leaves nothing behind, and the client's next try does it all.</summary>
internal sealed class IdempotencyCrashTests : DeskFixture
{
    private const string Ticket = """{ "subject": "s", "body": "b", "requester": { "email": "ada@example.org" } }""";

    [TearDown]
    public Task Forget_the_keys() => Database.Execute("delete from idempotency_keys");

    private Task<HttpResponseMessage> Post(HttpClient? client = null) =>
        (client ?? Desk.Admin).Send(HttpMethod.Post, "/v1/tickets", Ticket, headers: ("Idempotency-Key", "k"));

    /// <summary>The ticket is written; the answer waits for the table to be free.</summary>
    private async Task<NpgsqlConnection> HoldTheLastStep()
    {
        var connection = await Database.DataSource.OpenConnectionAsync();
        await using var command = new NpgsqlCommand("begin; lock table idempotency_keys in exclusive mode", connection);
        await command.ExecuteNonQueryAsync();
        return connection;
    }

    private async Task<int> Blocked()
    {
        while (true)
        {
            var process = await Database.Ask<int>("select pid from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock' and query like '%idempotency_keys%'");
            if (process != 0) return process;
            await Task.Yield();
        }
    }

    private async Task NothingRemains()
    {
        foreach (var table in new[] { "tickets", "customers", "messages", "deliveries", "idempotency_keys" })
        {
            Assert.That(await Database.Ask<long>($"select count(*) from {table}"), Is.Zero, table);
        }
    }

    private async Task TheNextTryDoesItOnce()
    {
        Assert.That((await Post()).Headers.Contains("Idempotency-Replayed"), Is.False);
        Assert.That((await Post()).Headers.Contains("Idempotency-Replayed"), Is.True);
        Assert.That((await Database.Ask<long>("select count(*) from tickets"), await Database.Ask<long>("select count(*) from deliveries")), Is.EqualTo((1, 1)));
    }

    [Test]
    public async Task A_connection_cut_before_the_commit()
    {
        await using (await HoldTheLastStep())
        {
            var post = Post();
            await Database.Execute("select pg_terminate_backend($1)", await Blocked());
            await post.Problem(HttpStatusCode.ServiceUnavailable, "unavailable");
        }

        await NothingRemains();
        await TheNextTryDoesItOnce();
    }

    [Test]
    public async Task A_client_that_hangs_up_before_the_commit()
    {
        await using (await HoldTheLastStep())
        {
            using var patience = new CancellationTokenSource();
            var request = new HttpRequestMessage(HttpMethod.Post, "/v1/tickets") { Content = new StringContent(Ticket, null, "application/json"), Headers = { { "Idempotency-Key", "k" } } };
            var post = Desk.Admin.SendAsync(request, patience.Token);
            await Blocked();
            await patience.CancelAsync();
            Assert.That(async () => await post, Throws.InstanceOf<OperationCanceledException>());
            while (await Database.Ask<long>("select count(*) from pg_stat_activity where datname = current_database() and state <> 'idle' and query like '%into idempotency_keys%' and pid <> pg_backend_pid()") > 0) await Task.Yield();
        }

        await NothingRemains();
        await TheNextTryDoesItOnce();
    }

    [Test]
    public async Task A_process_killed_before_the_commit()
    {
        using var desk = await DeskProcess.Start(Database.ConnectionString);
        await using (await HoldTheLastStep())
        {
            var post = Post(desk.Client);
            await Blocked();
            desk.Kill();
            Assert.That(async () => await post, Throws.InstanceOf<HttpRequestException>());
        }

        // PostgreSQL finds out that nobody is there any more.
        while (await Database.Ask<long>("select count(*) from pg_stat_activity where datname = current_database() and xact_start is not null and pid <> pg_backend_pid()") > 0) await Task.Yield();
        await NothingRemains();
        await TheNextTryDoesItOnce();
    }
}
