using HelpDesk.Webhooks;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace HelpDesk.Tests.Webhooks;

internal sealed class LeaseTests : WebhookFixture
{
    [Test]
    public async Task What_a_dead_server_held_is_posted_after_a_clock_was_set_back_too()
    {
        var hook = Guid.Parse((await Hook())[(Hooks.Length + 1)..]);
        await Write(tickets: 1, each: 1);
        await Queue();
        Assert.That((await WebhookClaim.Take(Database.DataSource, hook, 10, 10, Start + Duration.FromHours(2), default)).Lanes, Has.Count.EqualTo(1));
        machine.Now = Start + Duration.FromHours(1);
        await Send();
        Assert.That(Posted, Is.EqualTo(new[] { "1.1" }));
    }

    [Test]
    public async Task Whoever_deletes_a_webhook_waits_for_nothing_that_is_posted_to_it_and_it_for_nothing_of_them()
    {
        var hook = Guid.Parse((await Hook())[(Hooks.Length + 1)..]);
        await Write(tickets: 2, each: 1);
        await Queue();
        var claimed = await WebhookClaim.Take(Database.DataSource, hook, 1, 1, Start, default);
        await using var connection = await Database.DataSource.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await Do("select from webhooks where id = $1 for update");
        Assert.That((await WebhookClaim.Take(Database.DataSource, hook, 10, 10, Start, default)).Lanes, Is.Empty);
        var (lane, posted) = (claimed.Lanes.Single(), claimed.Lanes.Single().Events.Single());
        var noted = Desk.Services.GetRequiredService<PostLog>()
            .Record(new(hook, lane.Lane, posted.Sequence, claimed.Lease, sink.Url, Start, Duration.FromSeconds(1), new(503, "", "503"), Start + Duration.FromMinutes(1)));
        while (await Database.Ask<long>("select count(*) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock' and query like '%for key share%'") == 0) await Task.Yield();
        await Do("delete from webhooks where id = $1");
        await transaction.CommitAsync();
        await noted;
        Assert.That(await Database.Ask<long>("select count(*) from webhook_deliveries"), Is.Zero);

        async Task Do(string sql)
        {
            await using var command = new NpgsqlCommand(sql, connection, transaction) { Parameters = { new() { Value = hook } } };
            await command.ExecuteNonQueryAsync();
        }
    }
}
