using HelpDesk.Browser.Tests.Support;
using HelpDesk.Tests.Support;
using Microsoft.Playwright;

// Pages are read side by side: most of the time is the browser's.
[assembly: Parallelizable(ParallelScope.All)]
[assembly: LevelOfParallelism(3)]

namespace HelpDesk.Browser.Tests;

/// <summary>One browser and one desk for the whole run; each test has a window of its own.</summary>
[SetUpFixture]
public sealed class BrowserRun
{
    private static Neighbour? neighbour;
    private static Stage? stage;
    private static IPlaywright? playwright;
    private static IBrowser? browser;

    internal static Neighbour Neighbour => neighbour!;

    internal static Stage Stage => stage!;

    internal static IBrowser Browser => browser!;

    /// <summary>Where a Chromium is wanted and absent, the run fails; elsewhere it says so and is left out.</summary>
    [OneTimeSetUp]
    public async Task Open()
    {
        if (Chromium.Find() is not { } chromium)
        {
            const string Words = "The pages were NOT looked at in a browser: there is no Chromium here. On Debian: apt install chromium";
            Assert.That(Chromium.IsWanted, Is.False, Words);
            await TestContext.Progress.WriteLineAsync(Words);
            Assert.Ignore(Words);
            return;
        }

        Assert.That(File.Exists(Axe.Script), "axe is not installed: run deploy/test, or npm ci in tests/client.");
        neighbour = await Neighbour.Start();
        var filling = Task.Run(async () =>
        {
            stage = new(neighbour.Origin);
            await stage.Fill();
        });
        playwright = await Playwright.CreateAsync();
        browser = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = chromium, Headless = true, Args = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-dev-shm-usage"] });
        await filling;
    }

    [OneTimeTearDown]
    public async Task Close()
    {
        if (browser is not null) await browser.DisposeAsync();
        playwright?.Dispose();
        stage?.Dispose();
        if (neighbour is not null) await neighbour.DisposeAsync();
        TestDatabase.DropTemplate();
    }
}
