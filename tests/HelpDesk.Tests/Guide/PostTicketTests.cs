using HelpDesk.Time;
using Microsoft.AspNetCore.Http;

namespace HelpDesk.Tests.Guide;

/// <summary>docs/examples: a ticket is posted once, whatever happens on the way.</summary>
internal sealed class PostTicketTests : GuideFixture
{
    [Test]
    public async Task One_ticket_is_posted_though_the_first_answer_is_lost_and_the_next_one_says_not_now([Values] Tongue tongue)
    {
        var asked = new List<Instant>();
        await using var between = await Between.Start(async (n, http) =>
        {
            asked.Add(TimeProvider.System.GetCurrentInstant());
            switch (n)
            {
                case 1:
                    (await Between.Ask(desk.Anonymous, http)).Dispose();
                    http.Abort();
                    break;
                case 2:
                    await Between.Busy(http, StatusCodes.Status503ServiceUnavailable, retryAfter: 1);
                    break;
                default:
                    await Between.Pass(desk.Anonymous, http);
                    break;
            }
        });
        var (code, said, complaints) = await Post(tongue, between);
        Assert.That((code, said), Is.EqualTo((0, await Tickets())), complaints);
        Assert.That(asked, Has.Count.EqualTo(3));
        Assert.That((asked[2] - asked[1]).TotalSeconds, Is.GreaterThan(0.9), "as Retry-After says");
    }

    [Test]
    public async Task Killed_before_it_heard_the_answer_it_is_run_again_and_finds_its_ticket([Values] Tongue tongue)
    {
        var arrived = new TaskCompletionSource();
        await using var between = await Between.Start(async (n, http) =>
        {
            if (n > 1) await Between.Pass(desk.Anonymous, http);
            else
            {
                (await Between.Ask(desk.Anonymous, http)).Dispose();
                arrived.SetResult();
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, http.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        });
        Assert.That((await Post(tongue, between, kill: arrived.Task)).Code, Is.Null);
        Assert.That((await Post(tongue, between)).Said, Is.EqualTo(await Tickets()));
        // Two days later the key is forgotten, and the reference is not.
        await database.Execute("delete from idempotency_keys");
        var (code, said, complaints) = await Post(tongue, between);
        Assert.That((code, said), Is.EqualTo((0, await Tickets())), complaints);
    }

    [Test]
    public async Task What_is_refused_is_said_and_not_sent_again([Values] Tongue tongue)
    {
        var count = 0;
        await using var between = await Between.Start((n, http) =>
        {
            count = n;
            return Between.Pass(desk.Anonymous, http);
        });
        var (code, _, complaints) = await Post(tongue, between, """{ "subject": "" }""");
        Assert.That((code, count), Is.EqualTo((1, 1)));
        Assert.That(complaints, Does.Contain("400").And.Contain("subject"));
    }

    /// <summary>curl's own pauses are too long for a test.</summary>
    [Test]
    public async Task A_desk_that_stays_away_is_left_alone_after_a_while([Values(Tongue.CSharp, Tongue.TypeScript, Tongue.Python)] Tongue tongue)
    {
        var count = 0;
        await using var between = await Between.Start((n, http) =>
        {
            count = n;
            return Between.Busy(http, StatusCodes.Status429TooManyRequests, retryAfter: 0);
        });
        Assert.That(((await Post(tongue, between)).Code, count), Is.EqualTo((75, 8)));
        Assert.That(await Tickets(), Is.Empty);
    }

    private async Task<(int? Code, string Said, string Complaints)> Post(Tongue tongue, Between between, string ticket = Ticket, Task? kill = null) => await Example.Run(
        tongue, "post-ticket", folder, [("HELPDESK_URL", between.Url), ("HELPDESK_KEY", await Key("tickets:write"))], ticket, kill, Case);

    /// <summary>The numbers of all that were posted for the case.</summary>
    private async Task<string> Tickets() => (await database.Ask<string>("select coalesce(string_agg(id::text, ' '), '') from tickets where external_ref = $1 and external_source = 'crm'", Case))!;

    /// <summary>Each test has a case of its own.</summary>
    private static string Case => TestContext.CurrentContext.Test.ID;
}
