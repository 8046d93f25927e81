using System.Net;
using HelpDesk.Tests.Support;

namespace HelpDesk.Tests.TicketPages;

/// <summary>What a customer sends from her ticket's page.</summary>
internal sealed class ReplyTests : TicketPageFixture
{
    private Task<long> Messages() => Database.Ask<long>("select count(*) from messages");

    [Test]
    public async Task Her_answer_is_a_message_of_hers_with_its_files()
    {
        var ticket = await Open();
        var (path, page) = await Answer(ticket, "It still burns.\r\nHelp!", [("photo.txt", "smoke"), ("more.txt", "fire")]);
        Assert.That(page.QuerySelector("[role=status]")!.TextContent, Does.Contain("arrived"));
        Assert.That(Text(page), Does.Contain("It still burns. Help!"));
        var message = (await Read(ticket, "/messages"))["items"]!.AsArray()[^1]!;
        Assert.That(((string?)message["author"], (string?)message["visibility"], message["attachments"]!.AsArray().Count), Is.EqualTo(("customer", "public", 2)));
        Assert.That(await Database.Ask<string>("select actor from events where type = 'message.created' order by sequence desc limit 1"), Is.EqualTo($"customer:{ticket["requesterId"]}"));
        var file = await Ask(Resolve(path, page.QuerySelector(".files a")!.GetAttribute("href")!));
        Assert.That((await file.Content.ReadAsStringAsync(), file.Content.Headers.ContentDisposition?.DispositionType, file.Headers.CacheControl?.NoStore), Is.EqualTo(("smoke", "attachment", true)));
    }

    [Test]
    public async Task Files_that_no_public_message_of_the_ticket_carries_are_not_there()
    {
        var (ticket, other) = (await Open(), await Open());
        var (loose, inner, theirs) = (await Upload(ticket, "loose.txt"), await Upload(ticket, "inner.txt"), await Upload(other, "theirs.txt"));
        await Said(ticket, "agent", $$""" "visibility": "internal", "attachments": ["{{inner}}"] """);
        await Said(other, "agent", $$""" "attachments": ["{{theirs}}"] """);
        var link = await Link(ticket);
        foreach (var file in new[] { loose, inner, theirs }) await See($"{link}/files/{file}", HttpStatusCode.NotFound);
        Assert.That((await Ask($"{await Link(other)}/files/{theirs}")).StatusCode, Is.EqualTo(HttpStatusCode.OK));
    }

    [Test]
    public async Task The_same_copy_of_the_form_counts_once()
    {
        var path = await Link(await Open());
        var page = await See(path);
        var first = await Send(page, path, "Once.");
        var second = await Send(page, path, "Once.");
        Assert.That((second.StatusCode, second.Headers.Location), Is.EqualTo((HttpStatusCode.SeeOther, first.Headers.Location)));
        Assert.That(await Messages(), Is.EqualTo(2));
        var changed = await (await Send(page, path, "She went back and changed it.")).Page(HttpStatusCode.Conflict);
        Assert.That(changed.QuerySelector("textarea")!.TextContent, Is.EqualTo("She went back and changed it."));
        Assert.That(await Messages(), Is.EqualTo(2));
        await Send(changed, path, "Twice.");
        Assert.That(await Messages(), Is.EqualTo(3));
    }

    [Test]
    public async Task At_the_same_time_too()
    {
        var path = await Link(await Open());
        var page = await See(path);
        await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Send(page, path, "Once.")));
        Assert.That(await Messages(), Is.EqualTo(2));
    }

    [Test]
    public async Task What_is_amiss_stands_at_its_field_and_what_she_wrote_stays()
    {
        using var desk = StartAnother(("Attachments:MaxBytes", "10"), ("Attachments:Types", "text/plain"));
        var path = await Link(await Open());
        async Task<AngleSharp.Html.Dom.IHtmlDocument> Refused(string body, HttpStatusCode expected, params (string, string)[] files)
        {
            using var sent = await SendTo(desk, await See(path), path, body, files);
            return await sent.Page(expected);
        }

        var blank = await Refused(" \n ", HttpStatusCode.UnprocessableEntity);
        Assert.That(blank.QuerySelector("#body-fault")!.TextContent, Does.Contain("write something"));
        Assert.That(blank.QuerySelector("textarea")!.GetAttribute("aria-describedby"), Is.EqualTo("body-fault"));
        var large = await Refused("Words.", HttpStatusCode.RequestEntityTooLarge, ("a.txt", "more than ten bytes"));
        Assert.That((large.QuerySelector("textarea")!.TextContent, large.QuerySelector("#file-fault")!.TextContent), Is.EqualTo(("Words.", "One of the files is too large. Please choose the files again without it.")));
        var wrong = await Refused("Words.", HttpStatusCode.UnsupportedMediaType, ("a.pdf", "%PDF-1.7\n"));
        Assert.That(wrong.QuerySelector("#file-fault")!.TextContent, Does.Contain("kinds"));
        var many = await Refused("Words.", HttpStatusCode.Conflict, [.. Enumerable.Range(0, 11).Select(number => ($"{number}.txt", "x"))]);
        Assert.That(many.QuerySelector("#file-fault")!.TextContent, Does.Contain("too many"));
        Assert.That(await Messages(), Is.EqualTo(1));
        Assert.That(await Database.Ask<long>("select count(*) from attachments"), Is.Zero);
    }

    [Test]
    public async Task Nobody_else_s_page_can_send_it_for_her()
    {
        var (path, other) = (await Link(await Open()), await Link(await Open()));
        var page = await See(path);
        foreach (var header in new[] { ("Sec-Fetch-Site", "cross-site"), ("Sec-Fetch-Site", "same-site"), ("Origin", "https://evil.example") })
        {
            await (await Send(page, path, "Words.", null, header)).Page(HttpStatusCode.Forbidden);
        }

        var taken = await Send(page, path, "Words.", null);
        Assert.That(taken.StatusCode, Is.EqualTo(HttpStatusCode.SeeOther));
        page = await See(path);
        page.QuerySelector("form")!.SetAttribute("action", other);
        var foreign = await (await Send(page, other, "Words.")).Page(HttpStatusCode.Forbidden);
        Assert.That((foreign.QuerySelector("#body-fault")!.TextContent, foreign.QuerySelector("textarea")!.TextContent), Is.EqualTo(("This page was open for too long. Please send your message once more.", "Words.")));
        foreach (var header in new[] { ("Sec-Fetch-Site", "same-origin"), ("Origin", "https://desk.example.org"), ("Origin", "null") })
        {
            Assert.That((await Send(await See(path), path, "Words.", null, header)).StatusCode, Is.EqualTo(HttpStatusCode.SeeOther), header.ToString());
        }
    }

    [Test]
    public async Task More_than_ten_a_minute_are_not_taken_and_what_she_wrote_stays()
    {
        var path = await Link(await Open());
        for (var sent = 0; sent < 10; sent++) await Send(await See(path), path, "Words.");
        var refused = await Send(await See(path), path, "The eleventh.");
        Assert.That(refused.Headers.RetryAfter, Is.Not.Null);
        Assert.That((await refused.Page(HttpStatusCode.TooManyRequests)).QuerySelector("textarea")!.TextContent, Is.EqualTo("The eleventh."));
        Assert.That(await Messages(), Is.EqualTo(11));
    }

    [Test]
    public async Task On_a_resolved_ticket_it_reopens_that()
    {
        await Policy();
        var ticket = await Open();
        await Said(ticket, "agent", """ "status": "resolved" """);
        Assert.That(Text(await See(ticket)), Does.Contain("takes this request up again"));
        await Answer(ticket, "Not yet.");
        Assert.That((string?)(await Read(ticket))["status"], Is.EqualTo("open"));
    }

    [Test]
    public async Task On_a_closed_one_it_opens_another_and_leads_there()
    {
        var ticket = await Open();
        await Patch(ticket, """{ "status": "closed" }""").Json();
        Assert.That(Text(await See(ticket)), Does.Contain("becomes a new request"));
        var (path, page) = await Answer(ticket, "Again.", [("photo.txt", "smoke")]);
        Assert.That(path, Does.Not.StartWith(await Link(ticket)));
        Assert.That(Text(page), Does.Contain($"Continues your request no. {ticket["id"]}").And.Contain("Again.").And.Contain("photo.txt"));
        await See(ticket);
    }

    [TestCase("text/plain", "x")]
    [TestCase("multipart/form-data; boundary=x", "nonsense")]
    public async Task A_body_that_is_no_form_is_a_page_that_says_so(string type, string body)
    {
        var path = await Link(await Open());
        await (await Desk.Anonymous.Send(HttpMethod.Post, path, body, type)).Page(HttpStatusCode.BadRequest);
    }
}
