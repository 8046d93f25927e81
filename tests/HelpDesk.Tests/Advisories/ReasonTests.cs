using HelpDesk.Tests.Support;

namespace HelpDesk.Tests.Advisories;

/// <summary>What affects many is the reason that letters give, where the ticket has none of its own.</summary>
internal sealed class ReasonTests : AdvisoryFixture
{
    private const string Cautious = """{ "first_response": { "target": "PT4H", "hours": "around_the_clock", "maxRenewals": 0 } }""";

    private static string Reader(string locale) => $$"""{ "email": "ada@example.org", "locale": "{{locale}}", "timeZone": "UTC" }""";

    [TestCase("en-GB", "The reason: Card payments are failing. We work on it with our provider.")]
    [TestCase("tr-TR", "Nedeni: Kartla ödeme yapılamıyor. Sağlayıcımızla çözmeye çalışıyoruz.")]
    [TestCase("fi", "Syy: Korttimaksut eivät toimi. Selvitämme asiaa maksunvälittäjämme kanssa.")]
    public async Task A_follow_up_and_an_apology_say_why_in_the_customers_language(string locale, string why)
    {
        await Policy(Cautious);
        await Advise();
        var ticket = await Open("", Reader(locale));
        await Advance("PT5H");
        Assert.That(await Outgoing(ticket), Is.EqualTo(new[] { "acknowledgement sent", "follow_up sent", "recovery sent" }));
        Assert.That(Mails().Select(mail => mail.Text.Contains(why, StringComparison.Ordinal)), Is.EqualTo(new[] { false, true, true }));
    }

    [Test]
    public async Task What_was_told_stays_on_record_as_it_was_told()
    {
        await Policy(Answer4H);
        var advisory = await Advise();
        var ticket = await Open("", Reader("tr"));
        await Advance("PT3H30M");
        await Desk.Admin.Patch($"/v1/advisories/{advisory["id"]}", """{ "texts": { "tr": { "body": "Az kaldı." } } }""").Json();
        await Advance("PT2H");
        await Desk.Admin.Delete($"/v1/advisories/{advisory["id"]}").Gone();
        var told = (await Read(ticket)).Last("first_response")["promises"]!.AsArray().Select(promise => $"{promise!["madeBy"]}: {promise["reason"]}");
        Assert.That(told, Is.EqualTo(new[]
        {
            "policy: ", "follow_up: Kartla ödeme yapılamıyor. Sağlayıcımızla çözmeye çalışıyoruz.", "follow_up: Kartla ödeme yapılamıyor. Az kaldı.",
        }));
        await Advance("PT2H");
        Assert.That((await Outgoing(ticket)).Count, Is.EqualTo(4));
        Assert.That(await LastText(ticket), Does.Not.Contain("Nedeni"));
    }

    [Test]
    public async Task An_apology_is_recorded_with_the_reason_it_gave()
    {
        await Policy(Cautious);
        await Advise();
        var ticket = await Open("", Reader("fi"));
        await Advance("PT5H");
        Assert.That((string?)(await Read(ticket, "/recoveries"))["items"]![0]!["reason"], Is.EqualTo("Korttimaksut eivät toimi. Selvitämme asiaa maksunvälittäjämme kanssa."));
    }

    [Test]
    public async Task The_tickets_own_reason_comes_first_and_is_recorded_too()
    {
        await Policy(Answer4H);
        await Advise();
        var ticket = await Open("", Reader("en"));
        await Patch(ticket, """{ "reason": "A part is missing." }""").Json();
        await Advance("PT3H");
        Assert.That(await LastText(ticket), Does.Contain("The reason: A part is missing.").And.Not.Contain("Card payments"));
        Assert.That((string?)(await Read(ticket)).Last("first_response")["promises"]![1]!["reason"], Is.EqualTo("A part is missing."));
    }

    [Test]
    public async Task Where_the_customer_is_erased_the_reason_that_she_was_told_goes_with_her()
    {
        await Policy(Answer4H);
        var ticket = await Open("", Reader("en"));
        await Patch(ticket, """{ "reason": "Ada broke her leg." }""").Json();
        await Advance("PT3H");
        Assert.That(await Told(), Is.EqualTo(1));
        await Desk.Admin.Delete($"/v1/customers/{ticket["requesterId"]}");
        Assert.That(await Told(), Is.Zero);

        Task<long> Told() => Database.Ask<long>("select count(*) from promises where why like '%leg%'");
    }

    [Test]
    public async Task Of_several_the_newest_that_covers_the_ticket_is_told()
    {
        await Policy(Answer4H);
        await Titled("Old", """ "from": "2026-03-01T08:00:00Z" """);
        await Titled("New", """ "from": "2026-03-02T07:00:00Z" """);
        await Titled("Newer but of others", """ "when": { "queue": ["sales"] } """);
        await Titled("Newest but to come", """ "from": "2026-03-02T12:00:00Z" """);
        await Titled("Newer but over", """ "until": "2026-03-02T11:00:00Z" """);
        Assert.That(await Why("\"queue\": \"billing\""), Is.EqualTo("The reason: New. Words."));
    }

    [Test]
    public async Task Of_two_that_begin_together_the_later_made_is_told()
    {
        await Policy(Answer4H);
        for (var number = 1; number <= 5; number++) await Titled($"Number {number}");
        Assert.That(await Why(""), Is.EqualTo("The reason: Number 5. Words."));
    }

    [TestCase("""{ "queue": ["billing"] }""", true)]
    [TestCase("""{ "queue": ["sales"] }""", false)]
    [TestCase("""{ "queue": ["sales", "billing"], "channel": ["web"] }""", true)]
    [TestCase("""{ "queue": ["billing"], "channel": ["phone"] }""", false)]
    [TestCase("""{ "category": ["invoice"], "tag": ["card", "visa"], "priority": ["high"], "tier": ["gold"], "locale": ["en"] }""", true)]
    [TestCase("""{ "tag": ["cash"] }""", false)]
    [TestCase("""{ "tier": ["silver"] }""", false)]
    [TestCase("""{ "locale": ["en-US"] }""", false)]
    [TestCase("""{ }""", true)]
    public async Task It_covers_tickets_as_a_policy_does(string when, bool covers)
    {
        await Policy(Answer4H);
        await Titled("Failing", $$""" "when": {{when}} """);
        await Customer("""{ "email": "ada@example.org", "tier": "gold", "locale": "en-GB", "timeZone": "UTC" }""");
        var why = await Why("\"queue\": \"billing\", \"channel\": \"web\", \"category\": \"invoice\", \"tags\": [\"card\"], \"priority\": \"high\"", """{ "email": "ada@example.org" }""");
        Assert.That(why, Is.EqualTo(covers ? "The reason: Failing. Words." : null));
    }

    [TestCase("sv-SE", "The reason: Korttimaksut")]
    [TestCase("pt-BR", "The reason: Falha.")]
    [TestCase("pt", "The reason: Korttimaksut")]
    public async Task A_locale_that_it_lacks_gets_its_parents_the_desks_or_any(string locale, string why)
    {
        await Policy(Answer4H);
        await Advise("", """{ "fi": { "title": "Korttimaksut", "body": "Ei." }, "pt-BR": { "title": "Falha.", "body": "Trabalhamos." } }""");
        Assert.That(await Why("", Reader(locale)), Does.StartWith(why));
    }

    [Test]
    public async Task Nobody_is_told_by_another_customers_tier()
    {
        await Policy(Answer4H);
        await Titled("For gold", """ "when": { "tier": ["gold"] } """);
        await Customer("""{ "email": "gold@example.org", "tier": "gold", "locale": "en" }""");
        var gold = await Open("", """{ "email": "gold@example.org" }""");
        var plain = await Open("", """{ "email": "plain@example.org", "locale": "en" }""");
        await Post(plain, "/merge", $$"""{ "into": {{gold["id"]}} }""").Json();
        await Advance("PT3H");
        var letters = Mails().Where(mail => mail["Subject"].StartsWith("We need a little longer", StringComparison.Ordinal)).Select(mail => $"{mail["To"]} {mail.Text.Contains("For gold", StringComparison.Ordinal)}");
        Assert.That(letters.Order(), Is.EqualTo(new[] { "gold@example.org True", "plain@example.org False" }));
    }

    [Test]
    public async Task An_apology_that_an_answer_overtakes_gives_it_too()
    {
        await Policy("""{ "first_response": { "target": "PT4H", "hours": "around_the_clock", "maxRenewals": 1, "lead": "PT5M" } }""");
        var ticket = await OpenFor(await Customer("""{ "email": "q@example.org", "locale": "en" }"""));
        await Now("2026-03-02T12:30:00Z");
        await Sweep();
        Assert.That((await Read(ticket, "/recoveries"))["items"]![0]!["reason"], Is.Null);
        await Titled("Failing");
        await Said(ticket, "agent");
        Assert.That((string?)(await Read(ticket, "/recoveries"))["items"]![0]!["reason"], Is.EqualTo("Failing. Words."));
        await Advance("PT0S");
        Assert.That(Mails().Any(mail => mail.Text.Contains("did not keep it", StringComparison.Ordinal) && mail.Text.Contains("The reason: Failing. Words.", StringComparison.Ordinal)));
    }

    [Test]
    public async Task A_template_is_tried_with_it()
    {
        await Policy(Answer4H);
        await Titled("Failing");
        var ticket = await Open();
        var preview = await Desk.Admin.Post("/v1/templates/preview", $$$"""{ "kind": "follow_up", "locale": "en", "subject": "s", "text": "Why: {{reason}} {{#each items}}{{what}} {{newDate}}{{/each}}", "ticketId": {{{ticket["id"]}}} }""").Json();
        Assert.That((string?)preview["text"], Does.StartWith("Why: Failing. Words."));
    }

    /// <summary>What a follow-up of such a ticket says of the reason.</summary>
    private async Task<string?> Why(string more, string? requester = null)
    {
        var ticket = await Open(more, requester ?? Reader("en"));
        await Advance("PT3H30M");
        return (await LastText(ticket)).Split('\n').FirstOrDefault(line => line.StartsWith("The reason", StringComparison.Ordinal));
    }
}
