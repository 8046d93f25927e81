using HelpDesk.Browser.Tests.Support;
using HelpDesk.Tests.Support;
using Microsoft.Playwright;

namespace HelpDesk.Browser.Tests;

/// <summary>Every page in every language, wide and narrow, light and dark, as a browser shows it. Pictures of them all stand in artifacts/screenshots.</summary>
internal sealed class LooksTests
{
    private static readonly string Pictures = Repository.File("artifacts", "screenshots");

    private static readonly (string Name, int Width, int Height)[] Sizes = [("desktop", 1280, 900), ("phone", 390, 844)];

    private static readonly (string Name, ColorScheme Scheme)[] Schemes = [("light", ColorScheme.Light), ("dark", ColorScheme.Dark)];

    /// <summary>Those of the README, so much of them as tells what they are.</summary>
    private static readonly Dictionary<string, (string Name, Clip Part)> Shown = new()
    {
        ["promises-en-desktop-light"] = ("promises-light.png", new() { X = 240, Y = 0, Width = 800, Height = 1385 }),
        ["embed-tr-phone-dark"] = ("embed-phone.png", new() { X = 0, Y = 0, Width = 390, Height = 1377 }),
        ["ticket-fi-phone-dark"] = ("ticket-page-dark.png", new() { X = 0, Y = 0, Width = 390, Height = 1775 }),
        ["ops-en-desktop-light"] = ("ops-light.png", new() { X = 0, Y = 0, Width = 1280, Height = 860 }),
    };

    [OneTimeSetUp]
    public void Make_room() => Directory.CreateDirectory(Pictures);

    [TestCaseSource(typeof(PageCase), nameof(PageCase.All))]
    public async Task Is_sound_at_every_size_and_in_every_light(object page)
    {
        var which = (PageCase)page;
        await using var window = await which.Open();
        var faults = new List<string>();
        foreach (var (size, width, height) in Sizes)
        {
            await window.Page.SetViewportSizeAsync(width, height);
            foreach (var (light, scheme) in Schemes)
            {
                await window.Page.EmulateMediaAsync(new() { ColorScheme = scheme });
                await Picture(window.Page, $"{which}-{size}-{light}");
                // Each size and each light once: what axe finds in both hangs on one of them.
                if ((width < 500) != (scheme == ColorScheme.Dark)) continue;
                await Unfold(window.Page, true);
                faults.AddRange((await Axe.Violations(window.Page)).Select(fault => $"{size} {light}: {fault}"));
                await Unfold(window.Page, false);
            }
        }

        foreach (var width in new[] { 390, 320 })
        {
            await window.Page.SetViewportSizeAsync(width, 844);
            await Unfold(window.Page, true);
            faults.AddRange((await TooWide(window.Page)).Select(element => $"{width} px is not enough for {element}"));
        }

        using (Assert.EnterMultipleScope())
        {
            Assert.That(faults.Concat(window.Complaints), Is.Empty);
            Assert.That(await window.Page.EvaluateAsync<string>("document.documentElement.lang"), Is.EqualTo(which.Language));
        }
    }

    private static async Task Picture(IPage page, string name)
    {
        await page.ScreenshotAsync(new() { Path = Path.Combine(Pictures, name + ".png"), FullPage = true });
        if (Environment.GetEnvironmentVariable("HELPDESK_PICTURES") is not { Length: > 0 } || !Shown.TryGetValue(name, out var shown)) return;
        await page.ScreenshotAsync(new() { Path = Repository.File("docs", "images", shown.Name), FullPage = true, Clip = shown.Part });
    }

    /// <summary>What can be opened is looked at open, too.</summary>
    private static async Task Unfold(IPage page, bool open) => await page.EvaluateAsync("open => document.querySelectorAll('details').forEach(each => each.open = open)", open);

    /// <summary>Names what makes the page scroll sideways.</summary>
    private static async Task<string[]> TooWide(IPage page) => (await page.EvaluateAsync<string[]>(
        """
        () => document.documentElement.scrollWidth <= document.documentElement.clientWidth ? []
            : [...document.querySelectorAll('body *')].filter(each => each.getBoundingClientRect().right > document.documentElement.clientWidth + 0.5).map(each => each.outerHTML.slice(0, 160))
        """))!;
}
