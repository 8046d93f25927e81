using System.Text;
using System.Text.Json.Nodes;
using HelpDesk.Tests.Support;

namespace HelpDesk.Tests.Imports;

/// <summary>A dry run tells beforehand what the import will come to, however many steps the file takes.</summary>
internal sealed class DryRunTests : ImportFixture
{
    /// <summary>Customers and names that come again right away, in the next step, and long after; some the desk knows already.</summary>
    private static readonly string[] File =
    [
        .. Enumerable.Range(0, 4200).Select(number => Line($"{number % 3900}", $"[{Said("2026-02-23T08:00:00Z")}]", requester: $$"""{ "email": "c{{number % 1700}}@{{(number % 2 == 0 ? "acme.example" : "example.org")}}" }""")),
        "no JSON", Line("x", requester: """{ "name": "Grace" }"""), Line("x", requester: """{ "name": "Grace" }"""),
    ];

    [Test]
    public async Task It_counts_as_the_import_does()
    {
        await Policy();
        await Import(Line("7"), Line("3899", requester: """{ "email": "c3@example.org" }"""));
        await Desk.Admin.Post("/v1/organisations", """{ "name": "Acme", "domains": ["acme.example"] }""").Json(System.Net.HttpStatusCode.Created);
        var dry = await Done(Send(Desk.Admin, Body, "?dryRun=true"));
        Assert.That(await Database.Ask<long>("select count(*) from import_seen"), Is.Zero, "it goes with the upload");
        Assert.That(dry["counts"]!.ToJsonString(), Is.EqualTo((await Done(Send(Desk.Admin, Body)))["counts"]!.ToJsonString()));
        Assert.That(((long)dry["counts"]!["imported"]!, (long)dry["counts"]!["known"]!, (long)dry["counts"]!["faulty"]!), Is.EqualTo((3_899L, 303L, 1L)));
    }

    [Test]
    public async Task Another_server_that_goes_on_knows_what_came_before()
    {
        await Policy();
        using var other = StartAnother();
        var asked = await Send(Desk.Admin, Body, "?dryRun=true").Json(System.Net.HttpStatusCode.Accepted);
        JsonNode job;
        do
        {
            await Step(Desk);
            await Step(other);
            job = await Job(asked);
        }
        while ((string?)job["state"] is "queued" or "running");

        Assert.That(job["counts"]!.ToJsonString(), Is.EqualTo((await Done(Send(Desk.Admin, Body)))["counts"]!.ToJsonString()));
    }

    [Test]
    public async Task Blank_lines_make_no_steps_and_lines_keep_their_numbers()
    {
        var blank = string.Concat(Enumerable.Repeat("\n \r\n", 50_000));
        var asked = await Send(Desk.Admin, Encoding.UTF8.GetBytes($"{Line("1")}\n{blank}x\n{blank}{Line("2")}\n{blank}"), "?dryRun=true").Json(System.Net.HttpStatusCode.Accepted);
        Assert.That(await Database.Ask<long>("select count(*) from import_chunks"), Is.EqualTo(1));
        while (await Step(Desk) > 0) continue;
        var job = await Job(asked);
        Assert.That(Counts(job), Is.EqualTo("done 2 0 1"));
        Assert.That(Errors(job), Is.EqualTo(new[] { "100002 $: is not JSON" }));
        Assert.That((long)job["progress"]!["done"]!, Is.EqualTo(300_003));
    }

    private static byte[] Body => Encoding.UTF8.GetBytes(string.Join('\n', File));
}
