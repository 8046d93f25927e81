using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using HelpDesk.Attachments;
using HelpDesk.Tests.Support;
using HelpDesk.Time;

namespace HelpDesk.Tests.Attachments;

/// <summary>Files on tickets, from outside, wherever their bytes are kept.</summary>
[TestFixture(false)]
[TestFixture(true)]
internal sealed class AttachmentTests(bool inFolder) : DeskFixture
{
    private static readonly byte[] Png = [0x89, .. "PNG\r\n\u001a\n and so on"u8];

    private readonly DirectoryInfo files = Directory.CreateTempSubdirectory("helpdesk-files-");

    protected override IEnumerable<(string Key, string Value)> Settings => inFolder ? [.. Limits, ("Attachments:Folder", files.FullName)] : Limits;

    private static (string, string)[] Limits => [("Attachments:MaxBytes", "1000000"), ("Attachments:MaxRequestBytes", "2000000"), ("Attachments:MaxPerTicket", "5")];

    [OneTimeTearDown]
    public void Remove_the_files() => files.Delete(recursive: true);

    private static Guid AnyId => Ids.New(Instant.FromUtc(2026, 3, 2, 8, 0));

    private static MultipartFormDataContent Form(params (string Name, byte[] Bytes, string? Type)[] parts)
    {
        var form = new MultipartFormDataContent();
        foreach (var (name, bytes, type) in parts)
        {
            var part = new ByteArrayContent(bytes);
            if (type is not null) part.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
            form.Add(part, "file", name);
        }

        return form;
    }

    private Task<HttpResponseMessage> Upload(JsonNode ticket, HttpContent form) => Desk.Admin.PostAsync(new Uri($"/v1/tickets/{ticket["id"]}/attachments", UriKind.Relative), form);

    private async Task<JsonArray> Uploaded(JsonNode ticket, params (string Name, byte[] Bytes, string? Type)[] parts) =>
        (await Upload(ticket, Form(parts)).Json(HttpStatusCode.Created))["items"]!.AsArray();

    private Task<HttpResponseMessage> Download(JsonNode attachment, params (string, string)[] headers) =>
        Desk.Admin.Send(HttpMethod.Get, $"/v1/tickets/{attachment["ticketId"]}/attachments/{attachment["id"]}", headers: headers);

    private async Task<long> Kept() => await Database.Ask<long>("select (select count(*) from attachments) + (select count(*) from attachment_chunks)") + files.EnumerateFiles("*", SearchOption.AllDirectories).Count();

    [Test]
    public async Task Files_of_a_ticket_that_was_merged_are_carried_by_messages_of_the_one_that_goes_on()
    {
        var (merged, ticket) = (await Open(), await Open());
        var before = (await Uploaded(merged, ("before.png", Png, null)))[0]!;
        await Post(merged, "/merge", $$"""{ "into": {{ticket["id"]}} }""").Json();
        var after = (await Uploaded(merged, ("after.png", Png, null)))[0]!;
        await Said(ticket, "agent", $$""" "attachments": ["{{before["id"]}}"] """);
        await Said(merged, "customer", $$""" "attachments": ["{{after["id"]}}"] """);
        Assert.That((await Read(ticket, "/attachments"))["items"]!.AsArray().Select(item => (string?)item!["name"]), Is.EqualTo(new[] { "before.png", "after.png" }));
        Assert.That((await Read(merged, "/attachments"))["items"]!.AsArray(), Is.Empty);
        var elsewhere = (await Uploaded(await Open(), ("elsewhere.png", Png, null)))[0]!;
        await Say(ticket, "agent", $$""" "attachments": ["{{elsewhere["id"]}}"] """).Problem(HttpStatusCode.UnprocessableEntity, "no-such-attachment");
    }

    [Test]
    public async Task What_was_uploaded_is_listed_and_comes_back_byte_for_byte()
    {
        var ticket = await Open();
        var bytes = RandomNumberGenerator.GetBytes(DatabaseStore.ChunkBytes * 2 + 17);
        var uploaded = await Uploaded(ticket, ("a photo.png", Png, "image/png"), ("data.bin", bytes, null));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(uploaded.Select(item => (string?)item!["name"]), Is.EqualTo(new[] { "a photo.png", "data.bin" }));
            Assert.That(uploaded.Select(item => (string?)item!["type"]), Is.EqualTo(new[] { "image/png", "application/octet-stream" }));
            Assert.That(uploaded.Select(item => (long)item!["size"]!), Is.EqualTo(new[] { Png.Length, bytes.Length }));
            Assert.That((string?)uploaded[1]!["sha256"], Is.EqualTo(Convert.ToHexStringLower(SHA256.HashData(bytes))));
            Assert.That(uploaded[0]!["messageId"], Is.Null);
            Assert.That(JsonNode.DeepEquals((await Read(ticket, "/attachments"))["items"], uploaded));
        }

        var answer = await Download(uploaded[1]!);
        Assert.That(await answer.Content.ReadAsByteArrayAsync(), Is.EqualTo(bytes));
        var page = await Read(ticket, "/attachments?limit=1");
        Assert.That(JsonNode.DeepEquals((await Read(ticket, $"/attachments?limit=1&cursor={page["nextCursor"]}"))["items"]![0], uploaded[1]));
    }

    [Test]
    public async Task A_download_is_a_download_and_nothing_that_a_browser_runs()
    {
        var uploaded = await Uploaded(await Open(), ("ışıklı sayfa?.html", Encoding.UTF8.GetBytes("<script>alert(1)</script>"), "text/html"));
        var answer = await Download(uploaded[0]!);
        var sha = SHA256.HashData(Encoding.UTF8.GetBytes("<script>alert(1)</script>"));
        using (Assert.EnterMultipleScope())
        {
            Assert.That((string?)uploaded[0]!["declaredType"], Is.EqualTo("text/html"));
            Assert.That((string?)uploaded[0]!["type"], Is.EqualTo("text/plain"));
            Assert.That(answer.Content.Headers.ContentType?.MediaType, Is.EqualTo("text/plain"));
            Assert.That(answer.Content.Headers.GetValues("Content-Disposition").Single(), Does.StartWith("attachment; ").And.Contain("filename*=UTF-8''%C4%B1%C5%9F%C4%B1kl%C4%B1%20sayfa_.html"));
            Assert.That(answer.Headers.GetValues("X-Content-Type-Options").Single(), Is.EqualTo("nosniff"));
            Assert.That(answer.Headers.GetValues("Content-Security-Policy").Single(), Is.EqualTo("default-src 'none'; sandbox"));
            Assert.That(answer.Headers.GetValues("Repr-Digest").Single(), Is.EqualTo($"sha-256=:{Convert.ToBase64String(sha)}:"));
            Assert.That(answer.Headers.ETag?.Tag, Is.EqualTo($"\"{Convert.ToHexStringLower(sha)}\""));
            Assert.That((await Download(uploaded[0]!, ("If-None-Match", $"\"{Convert.ToHexStringLower(sha)}\""))).StatusCode, Is.EqualTo(HttpStatusCode.NotModified));
        }
    }

    [TestCase("bytes=0-9", 0, 10)]
    [TestCase("bytes=262140-262150", 262140, 11)]
    [TestCase("bytes=-5", 299995, 5)]
    [TestCase("bytes=299999-", 299999, 1)]
    public async Task A_part_can_be_had(string range, int from, int length)
    {
        var bytes = RandomNumberGenerator.GetBytes(300_000);
        var answer = await Download((await Uploaded(await Open(), ("x", bytes, null)))[0]!, ("Range", range));
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.PartialContent));
        Assert.That(await answer.Content.ReadAsByteArrayAsync(), Is.EqualTo(bytes[from..(from + length)]));
    }

    [Test]
    public async Task A_part_beyond_the_end_is_refused()
    {
        var answer = await Download((await Uploaded(await Open(), ("x", [1, 2, 3], null)))[0]!, ("Range", "bytes=3-"));
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.RequestedRangeNotSatisfiable));
    }

    [Test]
    public async Task An_empty_file_is_a_file()
    {
        var uploaded = await Uploaded(await Open(), ("empty.txt", [], "text/plain"));
        Assert.That(((long)uploaded[0]!["size"]!, (string?)uploaded[0]!["type"]), Is.EqualTo((0L, "application/octet-stream")));
        var answer = await Download(uploaded[0]!);
        Assert.That((answer.StatusCode, await answer.Content.ReadAsByteArrayAsync()), Is.EqualTo((HttpStatusCode.OK, Array.Empty<byte>())));
    }

    [Test]
    public async Task A_message_carries_files_and_every_list_of_messages_shows_them()
    {
        var ticket = await Open();
        var uploaded = await Uploaded(ticket, ("1.png", Png, null), ("2.png", Png, null), ("3.png", Png, null));
        var message = await Said(ticket, "agent", $"\"attachments\": [\"{uploaded[1]!["id"]}\", \"{uploaded[0]!["id"]}\"]");
        var listed = (await Read(ticket, "/messages"))["items"]!;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(message["attachments"]!.AsArray().Select(item => (string?)item!["name"]), Is.EqualTo(new[] { "1.png", "2.png" }));
            Assert.That(message["attachments"]!.AsArray().Select(item => (string?)item!["messageId"]), Has.All.EqualTo((string?)message["id"]));
            Assert.That(listed[0]!["attachments"]!.AsArray(), Is.Empty);
            Assert.That(JsonNode.DeepEquals(listed[1], message));
            Assert.That(JsonNode.DeepEquals(await Read(ticket, $"/messages/{message["id"]}"), message));
            Assert.That((await Read(ticket, "/attachments"))["items"]!.AsArray().Select(item => item!["messageId"] is null), Is.EqualTo(new[] { false, false, true }));
        }
    }

    [Test]
    public async Task A_file_is_carried_once_and_only_on_its_own_ticket()
    {
        var (ticket, other) = (await Open(), await Open());
        var id = (await Uploaded(ticket, ("1.png", Png, null)))[0]!["id"];
        foreach (var (where, ids) in new[] { (other, $"\"{id}\""), (ticket, $"\"{id}\", \"{id}\""), (ticket, $"\"{AnyId}\"") })
        {
            var problem = await Say(where, "agent", $"\"attachments\": [{ids}]").Problem(HttpStatusCode.UnprocessableEntity, "no-such-attachment");
            Assert.That(problem["errors"]!.AsObject().Single().Key, Does.Match(@"^attachments\[[01]\]$"));
        }

        await Said(ticket, "agent", $"\"attachments\": [\"{id}\"]");
        await Say(ticket, "agent", $"\"attachments\": [\"{id}\"]").Problem(HttpStatusCode.UnprocessableEntity, "no-such-attachment");
        Assert.That((await Read(ticket, "/messages"))["items"]!.AsArray(), Has.Count.EqualTo(2));
        Assert.That((await Read(other, "/messages"))["items"]!.AsArray(), Has.Count.EqualTo(1), "a refused message is not written");
    }

    [Test]
    public async Task One_of_two_messages_at_once_gets_the_file()
    {
        var ticket = await Open();
        var id = (await Uploaded(ticket, ("1.png", Png, null)))[0]!["id"];
        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Say(ticket, "agent", $"\"attachments\": [\"{id}\"]")));
        Assert.That(answers.Count(answer => answer.StatusCode == HttpStatusCode.Created), Is.EqualTo(1));
        Assert.That(answers.Count(answer => answer.StatusCode == HttpStatusCode.UnprocessableEntity), Is.EqualTo(5));
    }

    [Test]
    public async Task A_message_that_opens_another_ticket_takes_its_files_along()
    {
        var ticket = await Open();
        var uploaded = (await Uploaded(ticket, ("1.png", Png, null)))[0]!;
        await Said(ticket, "agent", "\"status\": \"closed\"");
        await Say(ticket, "customer", $"\"attachments\": [\"{AnyId}\"]").Problem(HttpStatusCode.UnprocessableEntity, "no-such-attachment");
        var message = await Said(ticket, "customer", $"\"attachments\": [\"{uploaded["id"]}\"]");
        Assert.That((long)message["ticketId"]!, Is.Not.EqualTo((long)ticket["id"]!));
        Assert.That((string?)message["attachments"]![0]!["id"], Is.EqualTo((string?)uploaded["id"]));
        Assert.That((await Download(message["attachments"]![0]!)).StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That((await Download(uploaded)).StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
    }

    [Test]
    public async Task A_message_that_is_moved_takes_its_files_along()
    {
        var (ticket, other) = (await Open(), await Open());
        var uploaded = (await Uploaded(ticket, ("1.png", Png, null)))[0]!;
        var message = await Said(ticket, "agent", $"\"attachments\": [\"{uploaded["id"]}\"]");
        await Database.Execute("update messages set ticket_id = $1 where id = $2", (long)other["id"]!, Guid.Parse((string)message["id"]!));
        Assert.That((await Read(other, "/attachments"))["items"]!.AsArray(), Has.Count.EqualTo(1));
        Assert.That((await Read(ticket, "/attachments"))["items"]!.AsArray(), Is.Empty);
    }

    [Test]
    public async Task The_limits_are_kept_and_what_is_refused_leaves_nothing()
    {
        var ticket = await Open();
        var before = await Kept();
        await Upload(ticket, Form(("fits", new byte[10], null), ("big.bin", new byte[1_000_001], null))).Problem(HttpStatusCode.RequestEntityTooLarge, "too-large");
        await Upload(ticket, Form([.. Enumerable.Range(0, 6).Select(number => ($"{number}", Png, (string?)null))])).Problem(HttpStatusCode.Conflict, "too-many-attachments");
        Assert.That(await Kept(), Is.EqualTo(before));
        await Uploaded(ticket, ("largest", new byte[1_000_000], null));
    }

    [Test]
    public async Task Uploads_at_once_do_not_pass_the_limit_together()
    {
        var ticket = await Open();
        var before = await Kept();
        var answers = await Task.WhenAll(Enumerable.Range(0, 12).Select(number => Upload(ticket, Form(($"{number}.png", Png, null)))));
        Assert.That(answers.Count(answer => answer.StatusCode == HttpStatusCode.Created), Is.EqualTo(5));
        Assert.That(answers.Count(answer => answer.StatusCode == HttpStatusCode.Conflict), Is.EqualTo(7));
        Assert.That((await Read(ticket, "/attachments"))["items"]!.AsArray(), Has.Count.EqualTo(5));
        Assert.That(await Kept() - before, Is.EqualTo(10), "rows and bytes of five");
    }

    [Test]
    public async Task What_is_no_upload_is_refused_by_its_name()
    {
        var ticket = await Open();
        var address = $"/v1/tickets/{ticket["id"]}/attachments";
        await Desk.Admin.Post(address, "{}").Problem(HttpStatusCode.UnsupportedMediaType, "unsupported-media-type");
        await Desk.Admin.Send(HttpMethod.Post, address, "nothing", "multipart/form-data").Problem(HttpStatusCode.BadRequest, "malformed");
        await Upload(ticket, new MultipartFormDataContent { { new StringContent("x"), "comment" } }).Refuses("comment");
        await Upload(ticket, new MultipartFormDataContent { { new StringContent("x"), "file" } }).Refuses("file");
        var cut = new ByteArrayContent(Encoding.ASCII.GetBytes("--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a\"\r\n\r\nbytes"));
        cut.Headers.ContentType = MediaTypeHeaderValue.Parse("multipart/form-data; boundary=b");
        await Upload(ticket, cut).Problem(HttpStatusCode.BadRequest, "malformed");
        await Desk.Admin.PostAsync(new Uri("/v1/tickets/999999/attachments", UriKind.Relative), Form(("1.png", Png, null))).Problem(HttpStatusCode.NotFound, "not-found");
        await Desk.Admin.GetAsync("/v1/tickets/999999/attachments").Problem(HttpStatusCode.NotFound, "not-found");
        await Desk.Admin.GetAsync($"{address}/{AnyId}").Problem(HttpStatusCode.NotFound, "not-found");
    }

    [Test]
    public async Task An_upload_that_breaks_off_leaves_nothing()
    {
        using var desk = TestDesk.Start([("Sandbox:Clock", "true"), ("Mail:Folder", Folder), .. Settings], database: Database, kestrel: true);
        var ticket = await Open();
        var before = await Kept();
        using (var socket = new TcpClient())
        {
            await socket.ConnectAsync(desk.Admin.BaseAddress!.Host, desk.Admin.BaseAddress.Port);
            var stream = socket.GetStream();
            await stream.WriteAsync(Encoding.ASCII.GetBytes(
                $"POST /v1/tickets/{ticket["id"]}/attachments HTTP/1.1\r\nHost: desk\r\nAuthorization: Bearer {TestDesk.AdminKey}\r\nContent-Type: multipart/form-data; boundary=b\r\n"
                + "Content-Length: 900000\r\n\r\n--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a\"\r\n\r\n"));
            await stream.WriteAsync(new byte[500_000]);
            await stream.FlushAsync();
        }

        // The desk serves on, and the next upload finds nothing of the last.
        using var client = desk.With(TestDesk.AdminKey);
        var answer = await client.PostAsync(new Uri($"/v1/tickets/{ticket["id"]}/attachments", UriKind.Relative), Form(("whole", new byte[600_000], null)));
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.Created));
        Assert.That((await Read(ticket, "/attachments"))["items"]!.AsArray(), Has.Count.EqualTo(1));
        Assert.That(await Kept() - before, Is.EqualTo(inFolder ? 2 : 1 + 3));
        var over = await client.PostAsync(new Uri($"/v1/tickets/{ticket["id"]}/attachments", UriKind.Relative), Form(("1", new byte[999_000], null), ("2", new byte[999_000], null), ("3", new byte[999_000], null)));
        Assert.That(over.StatusCode, Is.EqualTo(HttpStatusCode.RequestEntityTooLarge));
    }

    [Test]
    public async Task An_upload_is_on_the_timeline()
    {
        var ticket = await Open();
        var id = (await Uploaded(ticket, ("1.png", Png, null)))[0]!["id"];
        var entry = (await Read(ticket, "/timeline"))["items"]!.AsArray().Single(item => (string?)item!["type"] == "attachment.created")!;
        Assert.That(((string?)entry["actor"], (string?)entry["data"]!["attachmentId"], (string?)entry["data"]!["name"]), Is.EqualTo(("admin", (string?)id, "1.png")));
    }
}
