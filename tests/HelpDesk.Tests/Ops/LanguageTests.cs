using System.Collections;
using System.Reflection;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using HelpDesk.Jobs;
using HelpDesk.Ops;
using HelpDesk.Tests.Support;

namespace HelpDesk.Tests.Ops;

/// <summary>Nothing on these pages is left in another language.</summary>
internal sealed class LanguageTests : DeskFixture
{
    /// <summary>What is the same in several languages, and right.</summary>
    private static readonly string[] Shared = ["Webhook", "s", "Mar", "May", "HelpDesk", "English", "Suomi", "Türkçe"];

    /// <summary>What people wrote.</summary>
    private static readonly string[] Data = ["Printer on fire", "ada@example.org", "550 No such mailbox", "billing"];

    [Test]
    public void Every_word_is_there_in_every_language()
    {
        var (english, finnish, turkish) = (Words(OpsWords.Of(PageLanguageOf("en"))), Words(OpsWords.Of(PageLanguageOf("fi"))), Words(OpsWords.Of(PageLanguageOf("tr"))));
        Assert.That(english, Has.Count.GreaterThan(100));
        Assert.That(finnish, Has.Count.EqualTo(english.Count));
        Assert.That(turkish, Has.Count.EqualTo(english.Count));
        foreach (var other in new[] { finnish, turkish })
        {
            var same = english.Zip(other).Where(pair => pair.First == pair.Second && !Shared.Contains(pair.First)).Select(pair => pair.First);
            Assert.That(same, Is.Empty);
        }
    }

    [Test]
    public void Every_job_is_told_in_words()
    {
        foreach (var language in new[] { "en", "fi", "tr" }) Assert.That(OpsWords.Of(PageLanguageOf(language)).Jobs.Of.Keys, Is.SupersetOf(RecurringJobs.All.Select(job => job.Name)), language);
    }

    [Test]
    public async Task No_page_shows_the_same_words_in_two_languages()
    {
        await Policy();
        await Open("\"queue\": \"billing\", \"priority\": \"urgent\"");
        var overdue = await Open("\"priority\": \"high\"");
        await Database.Execute("update commitments set promised_at = '2026-03-01T07:00:00Z' where ticket_id = $1", (long)overdue["id"]!);
        await Database.Execute("update deliveries set state = case when ticket_id = $1 then 'dead' else 'failed' end, last_error = '550 No such mailbox'", (long)overdue["id"]!);
        var browser = await OpsBrowser.SignedIn(Desk);
        foreach (var path in new[] { "/ops", "/ops?retried=3.2.1&kind=update", "/ops/due", "/ops/overdue", "/ops/at-risk", "/ops/deliveries/dead", "/ops/deliveries/failed", "/ops/sign-in", "/ops/sign-out" })
        {
            var (english, finnish, turkish) = (await Shown(browser, path, "en"), await Shown(browser, path, "fi"), await Shown(browser, path, "tr"));
            using (Assert.EnterMultipleScope())
            {
                Assert.That(english.Intersect(finnish), Is.Empty, path);
                Assert.That(english.Intersect(turkish), Is.Empty, path);
                Assert.That(finnish.Intersect(turkish), Is.Empty, path);
            }
        }
    }

    private static HelpDesk.Web.Pages.PageLanguage PageLanguageOf(string tag) => HelpDesk.Web.Pages.PageLanguage.Find(tag)!;

    private static async Task<HashSet<string>> Shown(OpsBrowser browser, string path, string language)
    {
        var page = await browser.Page($"{path}{(path.Contains('?') ? '&' : '?')}lang={language}");
        Assert.That(page.DocumentElement.GetAttribute("lang"), Is.EqualTo(language));
        return [.. Texts(page).Select(text => text.Trim()).Where(text => text.Any(char.IsLetter) && !Shared.Contains(text) && !Data.Contains(text) && !text.StartsWith('#') && !char.IsAsciiDigit(text[0]))];
    }

    /// <summary>What is read, seen or heard: but not code, and not the key's own name.</summary>
    private static IEnumerable<string> Texts(IHtmlDocument page) =>
        page.Body!.Descendants<IText>().Where(text => text.ParentElement is not { LocalName: "code" }).Select(text => text.Data)
            .Concat(page.QuerySelectorAll("[aria-label], [placeholder], [data-label], [data-paused]").SelectMany(element => new[] { "aria-label", "placeholder", "data-label", "data-paused", "data-away" }.Select(element.GetAttribute).OfType<string>()));

    private static List<string> Words(object? value) => value switch
    {
        null => [],
        string text => [text],
        IReadOnlyDictionary<string, string> map => [.. map.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => pair.Value)],
        IEnumerable many => [.. many.Cast<object?>().SelectMany(Words).Where(word => word.Any(char.IsLetter))],
        Delegate made => [.. new[] { 1, 2 }.SelectMany(number => Words(made.DynamicInvoke([.. made.Method.GetParameters().Where(parameter => parameter.ParameterType == typeof(int) || parameter.ParameterType == typeof(string)).Select(parameter => parameter.ParameterType == typeof(int) ? (object)number : "x")])))],
        ValueType => [],
        _ => [.. value.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(property => property.GetIndexParameters().Length == 0).SelectMany(property => Words(property.GetValue(value)))],
    };
}
