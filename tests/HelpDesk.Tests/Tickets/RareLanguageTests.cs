using HelpDesk.Tests.Support;

namespace HelpDesk.Tests.Tickets;

/// <summary>A customer who reads a language that the desk does not write is written to in the desk's own.</summary>
internal sealed class RareLanguageTests : DeskFixture
{
    [TestCase("rom")]
    [TestCase("kmr-TR")]
    [TestCase("und")]
    [TestCase("en-ZZ")]
    [TestCase("zh-yue-Hant-HK")]
    [TestCase("tlh-x-ours")]
    public async Task She_is_written_to_in_the_desk_s_own(string locale)
    {
        await Policy();
        var ticket = await Open(requester: $$"""{ "email": "ada@example.org", "locale": "{{locale}}" }""");
        Assert.That((string?)(await Desk.Admin.GetAsync($"/v1/customers/{ticket["requesterId"]}").Json())["locale"], Is.EqualTo(locale));
        await Said(ticket, "agent", body: "We are on it.");
        await Deliver();
        Assert.That(Mails().Select(mail => mail["Subject"]), Has.One.StartsWith("We have your message: Printer on fire"));
        Assert.That(Mails().Select(mail => mail.Text), Has.One.Contains("This is what we promise you:"));
        Assert.That((await Desk.Admin.GetAsync($"/v1/tickets?q=printer").Json())["items"]!.AsArray(), Has.Count.EqualTo(1));
        await Desk.Admin.GetAsync($"/v1/tickets/{ticket["id"]}/explanation?lang={locale}").Json();
        await Desk.Admin.Post("/v1/commitments/quote", $$"""{ "locale": "{{locale}}" }""").Json();
    }
}
