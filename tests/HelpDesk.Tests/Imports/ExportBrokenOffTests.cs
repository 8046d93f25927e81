using System.IO.Compression;
using System.Text;
using System.Text.Json.Nodes;
using HelpDesk.Tests.Support;

namespace HelpDesk.Tests.Imports;

/// <summary>A server that is killed in the middle of an export: whoever reads it knows, goes on at another one, and nothing stays held.</summary>
internal sealed class ExportBrokenOffTests : ImportFixture
{
    private const int Many = 200;

    [SetUp]
    public async Task More_than_fits_between_two_ends()
    {
        await Import([.. Enumerable.Range(1, Many).Select(number => Line($"{number}", $"[{Said("2026-02-23T08:00:00Z")}]"))]);
        // Of 128 KiB each, which no compression makes small.
        await Database.Execute("update messages set body = (select string_agg(md5(random()::text || n), '') from generate_series(1, 4096) n)");
    }

    [Test]
    public async Task Its_reader_knows_that_it_broke_off_and_another_server_has_the_rest()
    {
        using var victim = await DeskProcess.Start(Database.ConnectionString);
        var (answer, reader) = await Begin(victim);
        using var read = answer;
        var lines = new List<string>();
        for (var line = 0; line < 10; line++) lines.Add((await reader.ReadLineAsync())!);
        await ExpectOpen(1);
        victim.Kill();
        Assert.That(async () =>
        {
            while (await reader.ReadLineAsync() is { } line) lines.Add(line);
        }, Throws.InstanceOf<IOException>().Or.InstanceOf<HttpRequestException>());
        await ExpectOpen(0);
        Assert.That(lines, Has.Count.InRange(10, Many - 1));
        // The last may be cut.
        var rest = (await Desk.Admin.GetStringAsync($"/v1/exports?afterSource=old&afterRef={Reference(lines[^2])}")).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.That(lines.SkipLast(1).Concat(rest).Select(Reference), Is.EqualTo(Enumerable.Range(1, Many).Select(number => $"{number}")));
    }

    [Test]
    public async Task A_compressed_one_that_was_kept_as_far_as_it_came_is_not_taken_for_a_whole_one()
    {
        using var victim = await DeskProcess.Start(Database.ConnectionString);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/exports") { Headers = { { "Accept-Encoding", "gzip" } } };
        using var answer = await victim.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        var body = await answer.Content.ReadAsStreamAsync();
        using var kept = new MemoryStream();
        var bytes = new byte[100_000];
        await body.ReadExactlyAsync(bytes);
        kept.Write(bytes);
        await ExpectOpen(1);
        victim.Kill();
        Assert.That(async () => await body.CopyToAsync(kept), Throws.InstanceOf<IOException>().Or.InstanceOf<HttpRequestException>());
        kept.Position = 0;
        await using var unzipped = new GZipStream(kept, CompressionMode.Decompress);
        Assert.That(async () => await unzipped.CopyToAsync(Stream.Null), Throws.InstanceOf<InvalidDataException>());
        await ExpectOpen(0);
    }

    [Test]
    public async Task A_reader_who_goes_away_leaves_nothing_held()
    {
        using var desk = await DeskProcess.Start(Database.ConnectionString);
        var (answer, reader) = await Begin(desk);
        await reader.ReadLineAsync();
        await ExpectOpen(1);
        answer.Dispose();
        await ExpectOpen(0);
        Assert.That((await desk.Client.GetAsync("/v1/exports?externalRef=7")).IsSuccessStatusCode);
    }

    private static async Task<(HttpResponseMessage Answer, StreamReader Lines)> Begin(DeskProcess desk)
    {
        var answer = await desk.Client.GetAsync("/v1/exports", HttpCompletionOption.ResponseHeadersRead);
        Assert.That(answer.Headers.TransferEncodingChunked, Is.True);
        return (answer, new(await answer.Content.ReadAsStreamAsync(), Encoding.UTF8));
    }

    /// <summary>Transactions of others on the database: a server that hangs up, and PostgreSQL, find out in a while.</summary>
    private async Task ExpectOpen(int transactions)
    {
        while (await Database.Ask<long>("select count(*) from pg_stat_activity where datname = current_database() and xact_start is not null and pid <> pg_backend_pid()") != transactions) await Task.Yield();
    }

    private static string? Reference(string line) => (string?)JsonNode.Parse(line)!["externalRef"];
}
