using HelpDesk.Browser.Tests.Support;
using Microsoft.Playwright;

namespace HelpDesk.Browser.Tests;

/// <summary>Where scripts are off the pages are whole.</summary>
internal sealed class NoScriptTests
{
    private static readonly BrowserNewContextOptions Off = new() { JavaScriptEnabled = false };

    private static BrowserNewContextOptions Options => new(Off);

    /// <summary>What scripts add may be absent: the link to the browser's own zone, and notes on refreshing.</summary>
    [TestCaseSource(typeof(PageCase), nameof(PageCase.Each))]
    public async Task Says_the_same(object page)
    {
        var which = (PageCase)page;
        await using var with = await which.Open();
        await using var without = await which.Open(Options);
        Assert.That(await Words(without.Page), Is.EqualTo(await Words(with.Page)));
        Assert.That(without.Complaints, Is.Empty);
    }

    [Test]
    public async Task An_answer_is_sent_and_a_fault_in_it_is_told()
    {
        await using var window = await Window.Open(Options);
        var page = window.Page;
        await window.Go(await BrowserRun.Stage.Open("Without a script"));
        await page.FillAsync("#body", " ");
        await page.ClickAsync("main form button");
        await Assertions.Expect(page.GetByRole(AriaRole.Alert)).ToBeVisibleAsync();
        await page.FillAsync("#body", "Sent without a script.");
        await page.SetInputFilesAsync("#file", new FilePayload { Name = "lid.txt", MimeType = "text/plain", Buffer = "The lid."u8.ToArray() });
        await page.ClickAsync("main form button");
        await Assertions.Expect(page.GetByRole(AriaRole.Status)).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator(".thread > li").Last).ToContainTextAsync("Sent without a script.");
        await Assertions.Expect(page.Locator(".thread > li").Last).ToContainTextAsync("lid.txt");
    }

    [Test]
    public async Task Another_zone_and_another_language_are_chosen()
    {
        await using var window = await Window.Open(Options);
        var page = window.Page;
        await window.Go("promises?lang=en");
        await page.ClickAsync(".zones summary");
        await page.SelectOptionAsync("#zone-name", "Asia/Tokyo");
        await page.ClickAsync(".zones button");
        await Assertions.Expect(page.Locator(".zones")).ToContainTextAsync("Asia/Tokyo");
        await page.ClickAsync("text=Suomi");
        await Assertions.Expect(page.Locator("html[lang=fi] .zones")).ToContainTextAsync("Asia/Tokyo");
    }

    [Test]
    public async Task The_board_is_reached_narrowed_refreshed_and_left()
    {
        await using var window = await Window.Open(Options);
        var page = window.Page;
        await window.SignIn();
        Assert.That(await page.Locator("noscript meta[http-equiv=refresh]").CountAsync() + await page.Locator("meta[http-equiv=refresh]").CountAsync(), Is.GreaterThan(0));
        await page.FillAsync("[name=queue]", "billing");
        await page.ClickAsync(".ops-filter button");
        await page.WaitForURLAsync("**/ops?*queue=billing*");
        await page.ClickAsync(".ops-who button");
        await Assertions.Expect(page.Locator("#key")).ToBeVisibleAsync();
    }

    private static async Task<string> Words(IPage page) => (await page.Locator("main").InnerTextAsync()).ReplaceLineEndings("\n");
}
