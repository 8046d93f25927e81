using HelpDesk.Webhooks;
using Microsoft.Extensions.DependencyInjection;

namespace HelpDesk.Tests.Webhooks;

internal sealed class QuietTests : WebhookFixture
{
    [Test]
    public async Task A_look_that_finds_nothing_to_post_leaves_no_sign_so_that_a_quiet_desk_rests()
    {
        await Hook();
        await Queue();
        var enqueue = Desk.Services.GetRequiredService<EnqueueEvents>();
        // Others use this server too: in one of the rounds they do not.
        for (var round = 0; round < 200; round++)
        {
            await Database.Execute("select pg_current_xact_id()");
            var before = await Mark();
            await enqueue.RunOnce(default);
            if (await Mark() == before) return;
        }

        Assert.Fail("Each look took a transaction's number.");
    }

    private async Task<string> Mark() => (await Database.Ask<string>("select pg_current_snapshot()::text"))!;
}
