using HelpDesk.Browser.Tests.Support;
using HelpDesk.Tests.Support;
using Microsoft.Playwright;

namespace HelpDesk.Browser.Tests;

/// <summary>Nobody needs a mouse.</summary>
internal sealed class KeyboardTests
{
    private const int MostStops = 150;

    /// <summary>What Tab has come to: where it is, and whether anybody would see that.</summary>
    private const string Stop =
        """
        () => {
            const at = document.activeElement;
            if (!at || at === document.body || at === document.documentElement) return null;
            const style = getComputedStyle(at), box = at.getBoundingClientRect();
            const ringed = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2;
            const inSight = box.width > 0 && box.height > 0 && box.bottom > 0 && box.right > 0 && box.top < innerHeight && box.left < innerWidth;
            at.dataset.reached = 'yes';
            return (ringed ? '' : 'NO RING ') + (inSight ? '' : 'OUT OF SIGHT ') + at.outerHTML.slice(0, 120);
        }
        """;

    private const string NotReached =
        """
        () => [...document.querySelectorAll('a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex="0"]')]
            .filter(each => each.checkVisibility() && !each.dataset.reached).map(each => each.outerHTML.slice(0, 120))
        """;

    [TestCaseSource(typeof(PageCase), nameof(PageCase.Each))]
    public async Task Tab_leads_to_everything_and_shows_where_it_is(object page)
    {
        var which = (PageCase)page;
        await using var window = await which.Open();
        var stops = new List<string>();
        for (var presses = 0; presses < MostStops; presses++)
        {
            await window.Page.Keyboard.PressAsync("Tab");
            if (await window.Page.EvaluateAsync<string?>(Stop) is not { } stop) break;
            stops.Add(stop);
        }

        using (Assert.EnterMultipleScope())
        {
            Assert.That(stops.Where(stop => stop.StartsWith("NO ", StringComparison.Ordinal) || stop.StartsWith("OUT ", StringComparison.Ordinal)), Is.Empty);
            Assert.That(await window.Page.EvaluateAsync<string[]>(NotReached), Is.Empty);
            if (which.Name != "embed") Assert.That(stops[0], Does.Contain("class=\"skip\""));
        }
    }

    [Test]
    public async Task The_first_link_skips_to_the_content()
    {
        await using var window = await Window.Open();
        await window.Go("promises?lang=en");
        await window.Page.Keyboard.PressAsync("Tab");
        await window.Page.Keyboard.PressAsync("Enter");
        Assert.That(await window.Page.EvaluateAsync<string>("document.activeElement.id"), Is.EqualTo("content"));
        await Tab(window.Page, "summary");
        Assert.That(await window.Page.EvaluateAsync<bool>("document.querySelector('main').contains(document.activeElement)"));
    }

    [Test]
    public async Task The_figures_of_the_days_are_read_without_a_mouse()
    {
        await using var window = await Window.Open();
        await window.Go("promises?lang=en");
        await Tab(window.Page, ".figures summary");
        await window.Page.Keyboard.PressAsync("Enter");
        var table = window.Page.Locator(".figures table");
        await Assertions.Expect(table).ToBeVisibleAsync();
        await Tab(window.Page, ".figures .scroll");
        await window.Page.Keyboard.PressAsync("End");
        await window.Page.WaitForFunctionAsync("document.querySelector('.figures .scroll').scrollTop > 0");
        Assert.That(await table.Locator("tbody tr").CountAsync(), Is.GreaterThan(20));
        await window.Page.Keyboard.PressAsync("Shift+Tab");
        await window.Page.Keyboard.PressAsync("Space");
        await Assertions.Expect(table).ToBeHiddenAsync();
    }

    [Test]
    public async Task An_answer_with_a_file_is_written_and_sent()
    {
        await using var window = await Window.Open();
        var page = window.Page;
        // Asked for before the page is there: the browser takes a moment to hand choosers over, and opens one of its own until then.
        var chosen = new TaskCompletionSource<IFileChooser>();
        page.FileChooser += (_, opened) => chosen.TrySetResult(opened);
        await window.Go(await BrowserRun.Stage.Open("Without a mouse"));
        await Tab(page, "#body");
        await page.Keyboard.TypeAsync("It was in the other parcel.");
        await Tab(page, "#file");
        await page.Keyboard.PressAsync("Enter");
        var chooser = await chosen.Task.WaitAsync(TimeSpan.FromSeconds(30));
        await chooser.SetFilesAsync(new FilePayload { Name = "kansi.txt", MimeType = "text/plain", Buffer = "The lid."u8.ToArray() });
        await Tab(page, "main form button");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.GetByRole(AriaRole.Status)).ToBeVisibleAsync();
        var last = page.Locator(".thread > li").Last;
        await Assertions.Expect(last).ToContainTextAsync("It was in the other parcel.");
        await Tab(page, ".files a");
        var download = await page.RunAndWaitForDownloadAsync(() => page.Keyboard.PressAsync("Enter"));
        Assert.That((download.SuggestedFilename, await File.ReadAllTextAsync(await download.PathAsync())), Is.EqualTo(("kansi.txt", "The lid.")));
    }

    [Test]
    public async Task The_explanation_opens()
    {
        await using var window = await Window.Open();
        await window.Go(BrowserRun.Stage.Path("ticket-en"));
        await Tab(window.Page, "details summary");
        await window.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(window.Page.Locator(".counted")).ToBeVisibleAsync();
    }

    [Test]
    public async Task An_operator_signs_in_narrows_the_board_and_signs_out()
    {
        await using var window = await Window.Open();
        var page = window.Page;
        await window.Go("ops");
        await Tab(page, "#key");
        await page.Keyboard.TypeAsync(TestDesk.AdminKey);
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync("**/ops");
        await Tab(page, "[name=priority]");
        await page.Keyboard.TypeAsync("Urg");
        await Tab(page, "[name=queue]");
        await page.Keyboard.TypeAsync("billing");
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync("**/ops?*priority=urgent&queue=billing*");
        await Assertions.Expect(page.Locator("section[aria-labelledby=due] tbody tr, section[aria-labelledby=overdue] tbody tr").First).ToContainTextAsync("Fatura iki kez kesildi");
        await Tab(page, ".ops-who button");
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync("**/ops/sign-in*");
        await window.Go("ops");
        Assert.That(page.Url, Does.EndWith("/ops/sign-in"));
    }

    /// <summary>Presses Tab until it has come there.</summary>
    private static async Task Tab(IPage page, string selector)
    {
        for (var presses = 0; presses < MostStops; presses++)
        {
            await page.Keyboard.PressAsync("Tab");
            if (await page.EvaluateAsync<bool>("selector => document.activeElement.matches(selector)", selector)) return;
        }

        Assert.Fail($"Tab does not come to {selector}.");
    }
}
