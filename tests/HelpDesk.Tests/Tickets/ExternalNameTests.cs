using System.Net;
using HelpDesk.Tests.Support;

namespace HelpDesk.Tests.Tickets;

/// <summary>What other systems call a ticket.</summary>
internal sealed class ExternalNameTests : DeskFixture
{
    private Task<HttpResponseMessage> TryOpen(string more) => PostTicket($$"""{ "subject": "s", "requester": {{Ada}}, {{more}} }""");

    private async Task<int> Count(string query) => (await Desk.Admin.GetAsync("/v1/tickets?" + query).Json())["items"]!.AsArray().Count;

    [Test]
    public async Task A_second_ticket_of_one_name_is_refused_and_the_first_is_named()
    {
        var ticket = await Open(""" "externalRef": "42", "externalSource": "crm" """);
        var problem = await TryOpen(""" "externalRef": "42", "externalSource": "crm" """).Problem(HttpStatusCode.Conflict, "external-ref-taken");
        Assert.That((long?)problem["ticketId"], Is.EqualTo((long?)ticket["id"]));
        Assert.That(await Count(""), Is.EqualTo(1));
    }

    [Test]
    public async Task Another_source_and_none_are_names_of_their_own()
    {
        await Open(""" "externalRef": "42", "externalSource": "crm" """);
        await Open(""" "externalRef": "42", "externalSource": "shop" """);
        await Open(""" "externalRef": "42" """);
        await TryOpen(""" "externalRef": "42" """).Problem(HttpStatusCode.Conflict, "external-ref-taken");
        Assert.That((await Count("externalRef=42"), await Count("externalRef=42&externalSource=shop"), await Count("externalSource=crm,shop"), await Count("externalRef=7")), Is.EqualTo((3, 1, 2, 0)));
    }

    [Test]
    public async Task A_change_cannot_take_a_name_either_and_changes_nothing()
    {
        var first = await Open(""" "externalRef": "42" """);
        var second = await Open();
        var problem = await Patch(second, """{ "externalRef": "42", "queue": "q" }""").Problem(HttpStatusCode.Conflict, "external-ref-taken");
        Assert.That((long?)problem["ticketId"], Is.EqualTo((long?)first["id"]));
        Assert.That((await Read(second))["queue"], Is.Null);
        await Patch(first, """{ "externalRef": null }""").Json();
        Assert.That((string?)(await Patch(second, """{ "externalRef": "42", "externalSource": "crm" }""").Json())["externalSource"], Is.EqualTo("crm"));
    }

    [Test]
    public async Task A_source_names_nothing_alone()
    {
        await TryOpen(""" "externalSource": "crm" """).Refuses("externalSource");
        await Patch(await Open(""" "externalRef": "42", "externalSource": "crm" """), """{ "externalRef": null }""").Refuses("externalSource");
    }

    [Test]
    public async Task Of_many_posts_at_once_of_one_name_one_makes_the_ticket()
    {
        await Open();
        var answers = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => TryOpen(""" "externalRef": "same" """)));
        Assert.That(answers.Count(answer => answer.StatusCode == HttpStatusCode.Created), Is.EqualTo(1));
        var made = (long?)(await answers.Single(answer => answer.StatusCode == HttpStatusCode.Created).Json(HttpStatusCode.Created))["id"];
        foreach (var refused in answers.Where(answer => answer.StatusCode != HttpStatusCode.Created))
        {
            Assert.That((long?)(await refused.Json(HttpStatusCode.Conflict))["ticketId"], Is.EqualTo(made));
        }
    }
}
