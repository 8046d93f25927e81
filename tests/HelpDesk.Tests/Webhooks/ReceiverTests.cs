using System.Globalization;
using System.Net;
using HelpDesk.Tests.Delivery;
using HelpDesk.Tests.Support;
using HelpDesk.Time;
using HelpDesk.Webhooks;
using Microsoft.Extensions.DependencyInjection;

namespace HelpDesk.Tests.Webhooks;

/// <summary>Receivers that fail, hang, say nonsense, send elsewhere or are gone; servers that die or work at once.</summary>
internal sealed class ReceiverTests : WebhookFixture
{
    [Test]
    public async Task While_one_event_is_retried_later_ones_of_its_ticket_wait_and_other_tickets_go_on()
    {
        var isAngry = true;
        sink.AnswerTo = post => isAngry && Told(post) == (1, 2) ? HttpSink.Status("500 Oops", "not now") : HttpSink.Taken;
        var hook = await Hook();
        await Write(3, 4);
        await Send();
        Assert.That(Of(1), Is.EqualTo(new[] { 1, 2 }));
        Assert.That((Of(2), Of(3)), Is.EqualTo((new[] { 1, 2, 3, 4 }, new[] { 1, 2, 3, 4 })));
        await After(Duration.FromSeconds(5));
        await Write(1, 5);
        await After(Duration.FromSeconds(1));
        Assert.That(Of(1), Is.EqualTo(new[] { 1, 2, 2 }), "what came meanwhile waits too");
        isAngry = false;
        await After(Duration.FromMinutes(1));
        Assert.That(Of(1), Is.EqualTo(new[] { 1, 2, 2, 2, 3, 4, 1, 2, 3, 4, 5 }));
        Assert.That(await State(hook), Is.EqualTo("17 delivered"));
        var retried = (await Deliveries(hook)).Single(item => (int)item["attempts"]! == 3);
        var attempts = (await Desk.Admin.GetAsync($"{hook}/deliveries/{retried["id"]}").Json())["attempts"]!.AsArray();
        Assert.That(attempts.Select(attempt => (int)attempt!["status"]!), Is.EqualTo(new[] { 500, 500, 204 }));
        Assert.That(((string?)attempts[0]!["answer"], (string?)attempts[0]!["error"]), Is.EqualTo(("not now", "The receiver answered 500. Only 200 to 299 count as taken.")));
        Assert.That(sink.Posts.Where(post => Told(post) == (1, 2)).Take(3).Select(post => post.Headers["webhook-id"]).Distinct().Count(), Is.EqualTo(1));

        int[] Of(long ticket) => [.. sink.Posts.Select(Told).Where(told => told.Ticket == ticket).Select(told => told.N)];
    }

    [TestCase("HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n", 302, "Redirects are not followed")]
    [TestCase("SSH-2.0-OpenSSH\r\n\r\n", null, "cannot be posted to")]
    [TestCase("", null, "cannot be posted to")]
    [TestCase("HTTP/1.1 400 Bad Request\r\nContent-Length: 2\r\n\r\nno", 400, "answered 400")]
    public async Task Nonsense_refusals_and_redirects_are_retried_and_logged(string answer, int? status, string error)
    {
        sink.Answer = _ => answer;
        var hook = await Hook();
        await Write(1, 1);
        await Send();
        Assert.That(sink.Posts, Is.Not.Empty);
        var delivery = (await Deliveries(hook)).Single();
        Assert.That(((string?)delivery["state"], (int?)delivery["lastStatus"]), Is.EqualTo(("pending", status)));
        Assert.That((string?)delivery["lastError"], Does.Contain(error));
        sink.Answer = _ => HttpSink.Taken;
        await After(Duration.FromSeconds(5));
        Assert.That(await State(hook), Is.EqualTo("1 delivered"));
    }

    /// <summary>What cannot be kept of it is left out: an attempt that is not written down is made again at once, and for ever.</summary>
    [Test]
    public async Task Garbage_that_the_database_cannot_keep_is_recorded_as_a_failure_like_any_other()
    {
        var isMad = true;
        sink.BytesTo = _ => isMad ? [.. "SSH-2.0\0\u0001"u8, 0xED, 0xA0, 0x80, 0xFF, .. Enumerable.Repeat((byte)'x', 3_000), .. "\r\n\r\n"u8] : "HTTP/1.1 204 No Content\r\n\r\n"u8.ToArray();
        var hook = await Hook();
        await Write(1, 1);
        await Send();
        var delivery = (await Deliveries(hook)).Single();
        Assert.That(((string?)delivery["state"], (int?)delivery["attempts"]), Is.EqualTo(("pending", 1)));
        Assert.That((string?)delivery["lastError"], Does.Contain("SSH-2.0").And.Length.LessThanOrEqualTo(500));
        await Send();
        Assert.That(sink.Posts, Has.Count.EqualTo(1), "it is backed off");
        Assert.That((string?)(await Desk.Admin.GetAsync($"{hook}/health").Json())["failingSince"], Is.Not.Null);
        isMad = false;
        await After(Duration.FromSeconds(5));
        Assert.That(await State(hook), Is.EqualTo("1 delivered"));
    }

    [Test]
    public async Task Only_the_beginning_of_an_answer_is_kept()
    {
        sink.Answer = _ => HttpSink.Status("500 Oops", new string('x', 3_000));
        var hook = await Hook();
        await Write(1, 1);
        await Send();
        var detail = await Desk.Admin.GetAsync($"{hook}/deliveries/{(await Deliveries(hook)).Single()["id"]}").Json();
        Assert.That((string?)detail["attempts"]![0]!["answer"], Is.EqualTo(new string('x', 2_048)));
    }

    [TestCase("120", 120)]
    [TestCase("9999999", 6 * 3600)]
    public async Task A_receiver_who_asks_to_be_left_alone_is_within_bounds(string asked, int seconds)
    {
        sink.Answer = _ => HttpSink.Status("429 Too Many", headers: $"Retry-After: {asked}\r\n");
        var hook = await Hook();
        await Write(1, 1);
        await Send();
        var next = DateTimeOffset.Parse((string)(await Deliveries(hook)).Single()["nextAttemptAt"]!, CultureInfo.InvariantCulture);
        Assert.That((Instant.FromDateTimeOffset(next) - Start).TotalSeconds, Is.InRange(seconds, seconds + 5));
    }

    [Test]
    public async Task One_that_hangs_holds_up_nobody_else_and_has_few_posts_under_way()
    {
        using var hanging = new HttpSink { Answer = _ => null };
        await Hook(hanging.Url);
        await Hook();
        var all = new TaskCompletionSource();
        sink.AnswerTo = _ =>
        {
            if (sink.Posts.Count == 200) all.TrySetResult();
            return HttpSink.Taken;
        };
        await Write(100, 2);
        await Queue();
        var send = Desk.Services.GetRequiredService<SendEvents>();
        while (!all.Task.IsCompleted)
        {
            await send.Step(default);
            await Task.WhenAny(all.Task, Desk.Services.GetRequiredService<WebhookBell>().Wait(Duration.FromSeconds(1), TimeProvider.System, default));
        }

        Assert.That(sink.Posts, Has.Count.EqualTo(200));
        Assert.That(hanging.Posts, Has.Count.LessThanOrEqualTo(16));
    }

    [Test]
    public async Task An_answer_is_waited_for_ten_seconds_and_no_longer()
    {
        var clock = new ManualClock(Start);
        using var post = new WebhookPost(WebhookDoorTests.Guard("127.0.0.0/8"), clock);
        var reached = new TaskCompletionSource();
        sink.AnswerTo = _ =>
        {
            reached.TrySetResult();
            return null;
        };
        var sent = post.Send(new Uri(sink.Url), "evt_1", "{}"u8.ToArray(), []);
        await reached.Task;
        clock.Advance(Duration.FromSeconds(9.9));
        Assert.That(sent.IsCompleted, Is.False);
        clock.Advance(Duration.FromSeconds(0.1));
        Assert.That((await sent).Error, Is.EqualTo("There was no answer within 10 seconds."));
    }

    [Test]
    public async Task Addresses_that_lead_to_private_networks_are_refused_at_the_connection()
    {
        using var strict = StartAnother(("Webhooks:AllowedNetworks", ""), ("Webhooks:AllowHttp", "true"));
        await strict.Admin.Post(Hooks, $$"""{ "url": "{{sink.Url}}" }""").Refuses("url");
        await strict.Admin.Post(Hooks, """{ "url": "http://169.254.169.254/latest/meta-data" }""").Refuses("url");
        // A name tells nothing before it is looked up.
        var hook = await Hook(sink.Url.Replace("127.0.0.1", "localhost"));
        await Write(1, 1);
        await Send(strict);
        Assert.That((string?)(await Deliveries(hook)).Single()["lastError"], Does.Contain("is not on the public internet"));
        Assert.That(sink.Connections, Is.Zero);
    }

    [Test]
    public async Task A_receiver_that_is_gone_is_paused_at_once_and_goes_on_in_order_when_it_is_back()
    {
        await Desk.Admin.Post("/v1/agents", """{ "name": "Liisa", "email": "liisa@example.org", "role": "admin", "locale": "fi" }""").Json(HttpStatusCode.Created);
        sink.Answer = _ => HttpSink.Status("410 Gone");
        var hook = await Hook();
        await Write(1, 3);
        await Send();
        Assert.That(sink.Posts, Has.Count.EqualTo(1));
        var read = await Desk.Admin.GetAsync(hook).Json();
        Assert.That(((bool)read["paused"]!, (string?)read["pausedWhy"]), Is.EqualTo((true, "gone")));
        var logged = (await Desk.Admin.GetAsync("/v1/audit?type=webhook.paused").Json())["items"]!.AsArray().Single()!;
        Assert.That(((string?)logged["actor"], (string?)logged["data"]!["why"]), Is.EqualTo(("desk", "gone")));
        await Deliver();
        var mail = Mails().Single();
        Assert.That(mail["Subject"], Is.EqualTo("Webhook on keskeytetty"));
        Assert.That(mail.Text, Does.Contain(sink.Url).And.Contain("410").And.Contain("Liisa"));
        sink.Answer = _ => HttpSink.Taken;
        await Write(1, 1);
        await After(Duration.FromDays(10));
        Assert.That(sink.Posts, Has.Count.EqualTo(1), "while it is paused");
        await Desk.Admin.Send(HttpMethod.Patch, hook, """{ "paused": false }""", "application/merge-patch+json").Json();
        await Send();
        Assert.That(Posted, Is.EqualTo(new[] { "1.1", "1.1", "1.2", "1.3", "1.1" }));
    }

    [Test]
    public async Task One_that_has_failed_for_two_days_is_paused_and_nothing_of_it_is_given_up()
    {
        await Desk.Admin.Post("/v1/agents", """{ "name": "Ada", "email": "boss@example.org", "role": "admin" }""").Json(HttpStatusCode.Created);
        var isDown = true;
        sink.Answer = _ => isDown ? HttpSink.Status("503 Away") : HttpSink.Taken;
        var hook = await Hook();
        await Write(2, 2);
        await Send();
        for (var hours = 0; hours < 47; hours += 2) await After(Duration.FromHours(2));
        var tries = sink.Posts.Count;
        Assert.That((await Desk.Admin.GetAsync(hook).Json())["pausedWhy"], Is.Not.Null);
        Assert.That((string?)(await Desk.Admin.GetAsync(hook).Json())["pausedWhy"], Is.EqualTo("failing"));
        await After(Duration.FromDays(5));
        Assert.That(sink.Posts, Has.Count.EqualTo(tries));
        await Deliver();
        Assert.That(Mails().Select(mail => mail["Subject"]), Is.EqualTo(new[] { "A webhook was paused" }));
        var health = await Desk.Admin.GetAsync($"{hook}/health").Json();
        Assert.That(((int)health["pending"]!, (int)health["failed"]!, (string?)health["failingSince"]), Is.EqualTo((4, 0, "2026-11-22T09:00:00Z")));
        isDown = false;
        await Desk.Admin.Send(HttpMethod.Patch, hook, """{ "paused": false }""", "application/merge-patch+json").Json();
        await After(Duration.FromSeconds(40));
        Assert.That(await State(hook), Is.EqualTo("4 delivered"));
    }

    [Test]
    public async Task An_event_that_is_refused_for_three_days_is_given_up_and_the_next_of_its_ticket_goes()
    {
        sink.AnswerTo = post => Told(post) is (1, 1) ? HttpSink.Status("422 Unprocessable") : HttpSink.Taken;
        var hook = await Hook();
        await Write(2, 2);
        await Send();
        Assert.That(await State(hook), Is.EqualTo("2 delivered 2 pending"));
        for (var hours = 0; hours < 84; hours += 3)
        {
            // Others are taken: it is not the webhook that is dead.
            await Database.Execute("update webhook_progress set failing_since = null");
            await After(Duration.FromHours(3));
        }

        Assert.That(await State(hook), Is.EqualTo("1 failed 3 delivered").Or.EqualTo("3 delivered 1 failed"));
        Assert.That(Posted[^1], Is.EqualTo("1.2"));
        Assert.That(Posted.Count(post => post == "1.1"), Is.GreaterThan(12));
    }

    [Test]
    public void Retries_wait_seconds_first_and_hours_later()
    {
        Assert.That(RetryPause.After(1, Duration.Zero, 0).TotalSeconds, Is.EqualTo(2.5));
        Assert.That(RetryPause.After(1, Duration.Zero, 0.999).TotalSeconds, Is.InRange(4.9, 5));
        Assert.That(RetryPause.After(9, Duration.Zero, 0.999).TotalHours, Is.InRange(5.9, 6));
        Assert.That(RetryPause.After(1_000, Duration.FromDays(2), 0), Is.EqualTo(RetryPause.Longest));
    }

    [Test]
    public async Task Two_servers_at_once_post_each_event_once_and_in_order()
    {
        using var other = StartAnother();
        var hook = await Hook();
        await Write(40, 5);
        await Task.WhenAll(Send(), Send(other));
        await Write(40, 5);
        await Task.WhenAll(Send(other), Send());
        Assert.That(await State(hook), Is.EqualTo("200 delivered"), "the newest page");
        Assert.That(sink.Posts, Has.Count.EqualTo(400));
        Assert.That(sink.Posts.Select(post => post.Headers["webhook-id"]), Is.Unique);
        foreach (var ticket in sink.Posts.Select(Told).GroupBy(told => told.Ticket)) Assert.That(ticket.Select(told => told.N), Is.EqualTo(new[] { 1, 2, 3, 4, 5, 1, 2, 3, 4, 5 }), $"{ticket.Key}");
    }

    [Test]
    public async Task After_a_restore_into_another_cluster_nothing_is_posted_twice_or_lost()
    {
        await Hook();
        await Write(2, 2);
        await Send();
        await Write(2, 1);
        await Database.Execute("update feed_era set era = era + 1");
        await Send();
        Assert.That(sink.Posts.Select(post => post.Headers["webhook-id"]), Is.Unique);
        Assert.That(sink.Posts, Has.Count.EqualTo(6));
        await Write(1, 1);
        await Send();
        Assert.That(sink.Posts, Has.Count.EqualTo(7));
    }

    [Test]
    public async Task What_a_killed_server_had_under_way_is_posted_again_under_the_same_webhook_id_by_another()
    {
        var hook = await Hook();
        var reached = new TaskCompletionSource();
        sink.Answer = _ =>
        {
            reached.TrySetResult();
            return null;
        };
        using (var server = await DeskProcess.Start(
            Database.ConnectionString, ("Jobs__Enabled", "true"), ("Webhooks__AllowedNetworks", "127.0.0.0/8"), ("Desk__SigningKey", TestDesk.SigningKey), ("Webhooks__PerEndpoint", "1")))
        {
            await Write(1, 3);
            await reached.Task;
            server.Kill();
        }

        sink.Answer = _ => HttpSink.Taken;
        machine.Now = TimeProvider.System.GetCurrentInstant();
        await Send();
        Assert.That(Posted, Is.EqualTo(new[] { "1.1" }), "as long as the lease runs");
        await After(Duration.FromSeconds(16));
        Assert.That(Posted, Is.EqualTo(new[] { "1.1", "1.1", "1.2", "1.3" }));
        Assert.That(sink.Posts[1].Headers["webhook-id"], Is.EqualTo(sink.Posts[0].Headers["webhook-id"]));
        Assert.That(await State(hook), Is.EqualTo("3 delivered"));
    }
}
