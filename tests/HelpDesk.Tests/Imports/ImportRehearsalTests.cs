using HelpDesk.Tests.Support;

namespace HelpDesk.Tests.Imports;

/// <summary>What happened elsewhere is tried under another policy as what happened here is.</summary>
internal sealed class ImportRehearsalTests : ImportFixture
{
    [Test]
    public async Task A_policy_is_rehearsed_on_imported_tickets()
    {
        await Policy();
        await Import(
            Line("quick", $"[{Said("2026-02-23T08:00:00Z")}, {Said("2026-02-23T09:00:00Z", "agent")}]"),
            Line("slow", $"[{Said("2026-02-23T08:00:00Z")}, {Said("2026-02-23T14:00:00Z", "agent")}]"));
        var answer = await Desk.Admin.Post("/v1/policies/rehearsal", $$"""
            { "calendar": { "timeZone": "UTC", "week": {} }, "policy": { "terms": { "first_response": { "target": "PT8H", "hours": "around_the_clock" } } }, "tickets": "externalSource=old" }
            """).Json();
        var tickets = answer["tickets"]!;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(((int)tickets["played"]!, (int)tickets["really"]!["kept"]!, (int)tickets["really"]!["broken"]!), Is.EqualTo((2, 1, 1)), answer.ToJsonString());
            Assert.That(((int)tickets["rehearsed"]!["kept"]!, (int)tickets["better"]!), Is.EqualTo((2, 1)));
        }
    }
}
