using System.Net;
using HelpDesk.Tests.Support;

namespace HelpDesk.Tests.Web;

/// <summary>A write that takes no members.</summary>
internal sealed class NoBodyTests : DeskFixture
{
    [Test]
    public async Task A_fulfilment_has_no_members()
    {
        var ticket = await Open();
        var callback = await Post(ticket, "/promises", """{ "words": "I will call", "promisedAt": "2026-03-03T08:00:00Z" }""").Json(HttpStatusCode.Created);
        var path = $"/v1/tickets/{ticket["id"]}/promises/{callback["promises"]![0]!["id"]}/fulfilment";
        Assert.That(await Desk.Admin.Send(HttpMethod.Put, path, """{ "x": 1 }""").Refuses("x"), Is.EqualTo("is not a member that is known here"));
        await Desk.Admin.Send(HttpMethod.Put, path, "[]").Refuses("$");
        await Desk.Admin.Send(HttpMethod.Put, path, "{").Problem(HttpStatusCode.BadRequest, "malformed");
        Assert.That((string?)(await Desk.Admin.Send(HttpMethod.Put, path, "{}").Json())["state"], Is.EqualTo("kept"));
        await Desk.Admin.Send(HttpMethod.Put, path).Json();
    }

    [Test]
    public async Task A_rotation_has_no_members_with_a_key_and_without()
    {
        await Desk.Admin.Post("/v1/notices/webhook-secret/rotation", """{ "overlap": "PT1H" }""").Refuses("overlap");
        await Desk.Admin.Send(HttpMethod.Post, "/v1/notices/webhook-secret/rotation", """{ "overlap": "PT1H" }""", headers: ("Idempotency-Key", "k")).Refuses("overlap");
        await Desk.Admin.Post("/v1/notices/webhook-secret/rotation", "").Json();
    }
}
