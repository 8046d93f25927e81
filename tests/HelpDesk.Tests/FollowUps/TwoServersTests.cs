using System.Collections.Concurrent;
using System.Net;
using System.Threading.Channels;
using HelpDesk.Delivery;
using HelpDesk.FollowUps;
using HelpDesk.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace HelpDesk.Tests.FollowUps;

/// <summary>Without a sandbox: the machine's time, and the jobs as they run.</summary>
internal sealed class TwoServersTests
{
    private const string Calendar = """{ "name": "c", "timeZone": "UTC", "week": { "mon": [["09:00","17:00"]] } }""";
    private const string Ticket = """{ "subject": "s", "body": "b", "requester": { "email": "ada@example.org" } }""";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private static async Task MakePolicy(TestDesk desk, string target)
    {
        var calendar = await desk.Admin.Post("/v1/calendars", Calendar).Json(HttpStatusCode.Created);
        await desk.Admin.Post("/v1/policies", $$"""
            { "name": "p", "calendarId": "{{calendar["id"]}}", "terms": { "first_response": { "target": "{{target}}", "hours": "around_the_clock" } } }
            """).Json(HttpStatusCode.Created);
    }

    [Test]
    public async Task Two_servers_with_their_jobs_running_send_nothing_twice()
    {
        const int Count = 12;
        await using var database = TestDatabase.Create();
        var door = new CountingDoor();
        TestDesk Start() => TestDesk.Start(
            [("Jobs:Enabled", "true")], services: all => all.Replace(ServiceDescriptor.Singleton<IMailDoor>(door)), database: database);
        using var first = Start();
        using var second = Start();
        await MakePolicy(first, "PT1S");
        var tickets = await Task.WhenAll(Enumerable.Range(0, Count).Select(number => (number % 2 == 0 ? first : second).Admin.Post("/v1/tickets", Ticket).Json(HttpStatusCode.Created)));
        // Each hand-over is a reason to look whether it was the last: nothing waits any more, and all there is has been handed over.
        using var patience = new CancellationTokenSource(Patience);
        do
        {
            await door.Handed.Reader.ReadAsync(patience.Token);
        }
        while (await database.Ask<long>("select count(*) from commitments where wake_at is not null") > 0
            || await database.Ask<long>("select count(*) from deliveries where state <> 'withdrawn'") > door.Sent.Count);
        Assert.That(tickets, Has.Length.EqualTo(Count));
        Assert.That(door.Sent, Is.Unique);
        Assert.That(await database.Ask<long>("select count(*) from deliveries where state <> 'withdrawn'"), Is.EqualTo(door.Sent.Count));
        Assert.That(await database.Ask<long>("select count(*) from deliveries where kind = 'acknowledgement'"), Is.EqualTo(Count));
        Assert.That(
            await database.Ask<long>("select count(*) from (select ticket_id from deliveries where kind in ('follow_up', 'recovery') group by ticket_id having count(*) >= 3) as told"),
            Is.EqualTo(Count), "two renewals and what follows them, whether in time or after");
    }

    [Test]
    public async Task A_clock_set_back_sends_nothing_again()
    {
        await using var database = TestDatabase.Create();
        var machine = new ManualClock();
        var door = new CountingDoor();
        using var desk = TestDesk.Start(machine: machine, services: all => all.Replace(ServiceDescriptor.Singleton<IMailDoor>(door)), database: database);
        async Task RunAll()
        {
            var now = machine.Now;
            while (await desk.Services.GetRequiredService<SweepDue>().RunOnce(now, default) + await desk.Services.GetRequiredService<RecallUnsent>().RunOnce(now, default)
                + await desk.Services.GetRequiredService<DeliverDue>().RunOnce(now, default) > 0)
            {
            }
        }

        await MakePolicy(desk, "PT4H");
        var start = machine.Now;
        var ticket = await desk.Admin.Post("/v1/tickets", Ticket).Json(HttpStatusCode.Created);
        machine.Set(start + Duration.FromHours(3));
        await RunAll();
        Assert.That(door.Sent, Has.Count.EqualTo(2));
        machine.Set(start + Duration.FromHours(1));
        await RunAll();
        machine.Set(start + Duration.FromHours(3));
        await RunAll();
        Assert.That(door.Sent, Has.Count.EqualTo(2).And.Unique);
        machine.Set(start - Duration.FromHours(1));
        await desk.Admin.Post($"/v1/tickets/{ticket["id"]}/messages", """{ "author": "agent", "body": "b" }""").Json(HttpStatusCode.Created);
        var answer = (await desk.Admin.GetAsync($"/v1/tickets/{ticket["id"]}").Json()).Last("first_response");
        Assert.That(((string?)answer["state"], answer.Ledger()), Is.EqualTo(("kept", "02 12:00 renewed, 02 14:00 kept")));
        machine.Set(start + Duration.FromDays(2));
        await RunAll();
        Assert.That(door.Sent, Has.Count.EqualTo(3).And.Unique, "the reply");
    }

    private sealed class CountingDoor : IMailDoor
    {
        public ConcurrentBag<string> Sent { get; } = [];

        public Channel<bool> Handed { get; } = Channel.CreateUnbounded<bool>();

        public int Connections => 4;

        public string Server => "counted";

        public Task<string?> Send(OutgoingMail mail, CancellationToken cancel)
        {
            Sent.Add(mail.MessageId);
            Handed.Writer.TryWrite(true);
            return Task.FromResult<string?>(null);
        }
    }
}
