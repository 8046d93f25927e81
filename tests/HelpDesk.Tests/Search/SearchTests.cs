using System.Net;
using System.Text.Json.Nodes;
using HelpDesk.Tests.Support;

namespace HelpDesk.Tests.Search;

/// <summary>Full text over tickets, as a frontend asks for it.</summary>
internal sealed class SearchTests : DeskFixture
{
    private Task<JsonNode> Find(string words, string more = "") => Desk.Admin.GetAsync($"/v1/tickets?q={Uri.EscapeDataString(words)}{more}").Json();

    private async Task<long[]> Ids(string words, string more = "") => [.. (await Find(words, more))["items"]!.AsArray().Select(item => (long)item!["id"]!)];

    private static long Id(JsonNode ticket) => (long)ticket["id"]!;

    private Task<JsonNode> Opened(string subject, string body, string locale = "en", string more = "") => PostTicket(
        $$"""{ "subject": "{{subject}}", "body": "{{body}}", "requester": { "email": "{{locale}}@example.org", "locale": "{{locale}}" }{{more}} }""").Json(HttpStatusCode.Created);

    [TestCase("en", "The invoices were wrong", "invoice")]
    [TestCase("en", "The invoice is wrong", "INVOICES")]
    [TestCase("fi-FI", "Laskuissamme on virheitä", "lasku")]
    [TestCase("fi", "Tietokone ei käynnisty", "tietokoneen")]
    [TestCase("fi", "Päivitys epäonnistui", "paivitys")]
    [TestCase("tr", "Faturalar yanlış", "fatura")]
    [TestCase("tr", "Fatura eksik", "faturalar")]
    [TestCase("tr", "Faturalar ve yazıcı", "fatura yazıcılar")]
    [TestCase("tr", "Yazıcı yanıyor", "yazicilar")]
    [TestCase("tr", "Ekranda hiç ışık yok", "IŞIK")]
    [TestCase("tr", "IŞIK yanmıyor", "ışık")]
    [TestCase("tr", "Işıklar yanmıyor", "ışık")]
    [TestCase("tr", "Işık yanmıyor", "isik")]
    [TestCase("tr", "Isik yanmiyor", "ışık")]
    [TestCase("tr", "İSTANBUL ofisi", "istanbul")]
    [TestCase("tr", "istanbul ofisi", "İSTANBUL")]
    [TestCase("tr", "İstanbul'dan geldi", "ISTANBUL")]
    [TestCase("tr", "Kitaplar geldi", "kitap")]
    [TestCase("tr", "ıspanak bozuk", "ISPANAK")]
    [TestCase("tr", "ISPANAK bozuk", "ispanak")]
    [TestCase("en", "The ışık in Istanbul", "isik İSTANBUL")]
    [TestCase("fr", "Les réunions annulées", "réunion annulée")]
    [TestCase("de", "Die Häuser", "haus")]
    [TestCase("fr", "Le cafe\u0301 est froid", "caf\u00e9")]
    [TestCase("fr", "Le cafe\u0301 est froid", "cafe")]
    [TestCase("fr", "Le caf\u00e9 est froid", "cafe\u0301")]
    [TestCase("fi", "Pa\u0308ivitys epa\u0308onnistui", "p\u00e4ivitys")]
    [TestCase("tr", "I\u0307stanbul ofisi", "istanbul")]
    [TestCase("ru", "Счета неверны", "СЧЕТ")]
    [TestCase("ja", "printer ABC-123", "abc-123")]
    public async Task A_word_is_found_in_its_other_forms_in_the_tickets_language(string locale, string body, string words)
    {
        await Opened("x", "quite something else", locale);
        var ticket = await Opened("y", body, locale);
        Assert.That(await Ids(words), Is.EqualTo(new[] { Id(ticket) }));
    }

    [Test]
    public async Task A_word_that_is_excluded_is_so_in_its_other_forms_too()
    {
        await Opened("y", "Faturalar yanlış", "tr");
        var other = await Opened("y", "Sözleşme yanlış", "tr");
        Assert.That(await Ids("yanlış -fatura"), Is.EqualTo(new[] { Id(other) }));
    }

    [Test]
    public async Task Subject_and_all_messages_are_searched_together_internal_ones_too()
    {
        var ticket = await Opened("Printer on fire", "It burns.");
        await Said(ticket, "customer", body: "The scanner also smokes.");
        await Said(ticket, "agent", "\"visibility\": \"internal\"", body: "Ask Edison about extinguishers.");
        await Opened("Printer is slow", "It crawls.");
        Assert.That(await Ids("printer scanner edison"), Is.EqualTo(new[] { Id(ticket) }));
    }

    [TestCase("printer", "abc")]
    [TestCase("printer -fire", "bc")]
    [TestCase("fire or snow", "ad")]
    [TestCase("\"paper jam\"", "b")]
    [TestCase("paper jam", "bc")]
    [TestCase("-printer", "d")]
    [TestCase("printer nothing", "")]
    public async Task The_grammar_is_that_of_web_searches(string words, string expected)
    {
        var tickets = new Dictionary<long, char>();
        foreach (var (name, body) in new[] { ('a', "printer on fire"), ('b', "printer with a paper jam"), ('c', "printer: jam of paper"), ('d', "snow") })
        {
            tickets[Id(await Opened("Help", body))] = name;
        }

        Assert.That(string.Concat((await Ids(words, "&sort=createdAt")).Select(id => tickets[id])), Is.EqualTo(expected));
        Assert.That(string.Concat((await Ids(words)).Select(id => tickets[id]).Order()), Is.EqualTo(expected));
    }

    [Test]
    public async Task The_subject_weighs_more_than_a_message_and_the_better_match_comes_first()
    {
        var inMessage = await Opened("Help me", "My invoice is wrong.");
        var inSubject = await Opened("Invoice", "It is wrong.");
        var far = await Opened("Help", "The scanner is new, and somewhere else there is a paper.");
        var near = await Opened("Help", "The scanner paper is empty, and somewhere else there is nothing new.");
        Assert.That(await Ids("invoice"), Is.EqualTo(new[] { Id(inSubject), Id(inMessage) }));
        Assert.That(await Ids("scanner paper"), Is.EqualTo(new[] { Id(near), Id(far) }));
    }

    [Test]
    public async Task Each_ticket_tells_where_it_matches_as_harmless_HTML()
    {
        var ticket = await Opened("<b>Işık</b> & co", "İlk satır <script>alert('x')</script>.\\nIŞIKLAR yanmıyor.", "tr");
        var search = (await Find("isik ışıklar"))["items"]![0]!["search"]!;
        var message = (await Read(ticket, "/messages"))["items"]![0]!["id"];
        using (Assert.EnterMultipleScope())
        {
            Assert.That((string?)search["subject"], Is.EqualTo("&lt;b&gt;<mark>Işık</mark>&lt;/b&gt; &amp; co"));
            Assert.That((string?)search["snippets"]![0]!["text"], Is.EqualTo("İlk satır &lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;. <mark>IŞIKLAR</mark> yanmıyor."));
            Assert.That((string?)search["snippets"]![0]!["messageId"], Is.EqualTo((string?)message));
            Assert.That((float)search["rank"]!, Is.Positive);
            Assert.That((await Read(ticket))["search"], Is.Null);
            Assert.That((await Desk.Admin.GetAsync("/v1/tickets").Json())["items"]![0]!.AsObject().ContainsKey("search"), Is.False, "only where words were asked for");
        }
    }

    [Test]
    public async Task Letters_with_marks_of_their_own_are_marked_like_others()
    {
        var ticket = await Opened("Cafe\u0301 closed", "The cafe\u0301 is cold.");
        var search = (await Find("caf\u00e9"))["items"]![0]!["search"]!;
        Assert.That(((string?)search["subject"], (string?)search["snippets"]![0]!["text"]), Is.EqualTo(("<mark>Caf\u00e9</mark> closed", "The <mark>caf\u00e9</mark> is cold.")));
        Assert.That((string?)(await Read(ticket))["subject"], Is.EqualTo("Cafe\u0301 closed"), "kept as it was written");
        await Said(ticket, "customer", body: "Nai\u0308ve.");
        Assert.That(await Ids("na\u00efve"), Is.EqualTo(new[] { Id(ticket) }));
    }

    [Test]
    public async Task Snippets_are_pieces_around_the_words_three_at_most()
    {
        var filler = string.Concat(Enumerable.Repeat("lorem ipsum dolor sit amet ", 30));
        var ticket = await Opened("Subject", $"{filler}needle {filler}needle {filler}");
        for (var count = 0; count < 3; count++) await Said(ticket, "agent", body: $"Another needle {count}.");
        var snippets = (await Find("needle"))["items"]![0]!["search"]!["snippets"]!.AsArray().Select(item => (string?)item!["text"]).ToList();
        Assert.That(snippets, Has.Count.EqualTo(3));
        Assert.That(snippets[..2], Has.All.Matches("^….* <mark>needle</mark> lorem .*…$").And.All.Length.LessThan(230));
        Assert.That(snippets[2], Is.EqualTo("Another <mark>needle</mark> 0."));
        Assert.That((await Find("subject"))["items"]![0]!["search"]!["snippets"]!.AsArray(), Is.Empty);
    }

    [TestCase("&queue=billing")]
    [TestCase("&status=open")]
    [TestCase("&assignee=agent-7")]
    [TestCase("&tag=fire")]
    [TestCase("&requester=tr@example.org")]
    [TestCase("&createdFrom=2026-03-02T09:00:00Z")]
    [TestCase("&queue=billing&priority=high&sort=-updatedAt")]
    public async Task A_search_keeps_to_the_filters(string filter)
    {
        await Opened("Toner", "toner", more: ", \"queue\": \"other\"");
        await Now("2026-03-02T09:00:00Z");
        var ticket = await Opened("Toner", "toner", "tr", """, "queue": "billing", "priority": "high", "assignee": "agent-7", "tags": ["fire"] """);
        await Opened("Paper", "paper", "tr", """, "queue": "billing", "priority": "high", "assignee": "agent-7", "tags": ["fire"] """);
        Assert.That(await Ids("toner", filter), Is.EqualTo(new[] { Id(ticket) }));
    }

    [TestCase("")]
    [TestCase("&sort=relevance")]
    [TestCase("&sort=createdAt")]
    [TestCase("&sort=-createdAt")]
    [TestCase("&sort=-updatedAt")]
    [TestCase("&queue=q")]
    public async Task Pages_of_a_search_have_no_gap_and_no_repeat(string more)
    {
        for (var count = 0; count < 7; count++) await Opened("Toner", string.Concat(Enumerable.Repeat("toner paper ", count % 3 + 1)), more: ", \"queue\": \"q\"");
        var whole = await Ids("toner", more);
        Assert.That(whole, Has.Length.EqualTo(7).And.Unique);
        var seen = new List<long>();
        string? address = $"/v1/tickets?q=toner&limit=2{more}";
        while (address is not null)
        {
            var answer = await Desk.Admin.GetAsync(address);
            seen.AddRange((await answer.Json())["items"]!.AsArray().Select(item => (long)item!["id"]!));
            address = answer.Headers.TryGetValues("Link", out var links) ? links.Single()[1..links.Single().IndexOf('>', StringComparison.Ordinal)] : null;
        }

        Assert.That(seen, Is.EqualTo(whole));
    }

    [Test]
    public async Task A_cursor_leads_on_only_for_the_same_words()
    {
        await Opened("Toner", "toner");
        await Opened("Toner", "toner");
        var page = await Find("toner", "&limit=1");
        await Desk.Admin.GetAsync($"/v1/tickets?q=paper&limit=1&cursor={page["nextCursor"]}").Refuses("cursor");
        await Desk.Admin.GetAsync($"/v1/tickets?limit=1&cursor={page["nextCursor"]}").Refuses("cursor");
    }

    [TestCase("the")]
    [TestCase("?!")]
    [TestCase("\"")]
    [TestCase("&|()")]
    [TestCase("' or 1=1 --")]
    [TestCase("\\")]
    [TestCase("<->")]
    [TestCase("a:*")]
    public async Task Words_that_say_nothing_find_nothing_and_break_nothing(string words)
    {
        await Opened("The", "the and of");
        Assert.That(await Ids(words), Is.Empty);
    }

    [Test]
    public async Task A_blank_search_is_none()
    {
        var ticket = await Opened("x", "y");
        Assert.That(await Ids(""), Is.EqualTo(new[] { Id(ticket) }));
        Assert.That(await Ids("  "), Is.EqualTo(new[] { Id(ticket) }));
    }

    [Test]
    public async Task What_cannot_be_asked_is_refused_by_its_name()
    {
        await Desk.Admin.GetAsync($"/v1/tickets?q={new string('x', 501)}").Refuses("q");
        await Desk.Admin.GetAsync("/v1/tickets?q=a%00b").Refuses("q");
        await Desk.Admin.GetAsync("/v1/tickets?q=a&q=b").Refuses("q");
        await Desk.Admin.GetAsync("/v1/tickets?sort=relevance").Refuses("sort");
        await Desk.Admin.GetAsync("/v1/tickets?q=a&sort=rank").Refuses("sort");
    }

    [Test]
    public async Task A_changed_subject_is_found_and_the_old_one_is_not()
    {
        var ticket = await Opened("Printer", "It burns.");
        await Patch(ticket, """{ "subject": "Scanner" }""").Json();
        Assert.That(await Ids("scanner burns"), Is.EqualTo(new[] { Id(ticket) }));
        Assert.That(await Ids("printer"), Is.Empty);
    }

    [Test]
    public async Task Messages_that_move_to_another_ticket_change_or_go_are_found_where_they_are()
    {
        var (first, second) = (await Opened("One", "apricot"), await Opened("Two", "banana"));
        await Database.Execute("update messages set ticket_id = $1 where ticket_id = $2", Id(first), Id(second));
        Assert.That(await Ids("banana"), Is.EqualTo(new[] { Id(first) }));
        await Database.Execute("update messages set body = '(erased)' where body = 'banana'");
        Assert.That(await Ids("banana"), Is.Empty);
        await Database.Execute("delete from messages where body = 'apricot'");
        Assert.That(await Ids("apricot"), Is.Empty);
        Assert.That(await Ids("erased"), Is.EqualTo(new[] { Id(first) }));
    }

    [Test]
    public async Task No_message_is_refused_for_its_words()
    {
        var random = new Random(7);
        string Long() => string.Join(' ', Enumerable.Range(0, 15_000).Select(_ => string.Concat(Enumerable.Range(0, 11).Select(_ => (char)random.Next('à', 'ÿ'))))).PadRight(190_000, 'x');
        var ticket = await Opened("Long", "first " + Long());
        for (var count = 0; count < 5; count++) await Said(ticket, "agent", body: $"marker{count} " + Long());
        await Said(ticket, "agent", body: "sub\\u0001ject \\u0002 \\uD83D\\uDE00 tail");
        Assert.That(await Ids("first"), Is.EqualTo(new[] { Id(ticket) }));
        await Patch(ticket, """{ "subject": "Still long" }""").Json();
        Assert.That(await Ids("still first"), Is.EqualTo(new[] { Id(ticket) }));
    }

    [Test]
    public async Task Every_dictionary_that_a_language_is_read_with_is_there()
    {
        var known = await Database.Ask<string[]>("select array_agg(cfgname::text) from pg_ts_config");
        Assert.That(HelpDesk.Search.SearchLanguages.Dictionaries, Is.SubsetOf(known!));
        Assert.That(known!.Length, Is.GreaterThanOrEqualTo(29));
    }
}
