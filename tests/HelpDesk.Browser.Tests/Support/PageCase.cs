namespace HelpDesk.Browser.Tests.Support;

/// <summary>A page in a language.</summary>
/// <param name="For">Who has to sign in before.</param>
internal sealed record PageCase(string Name, string Language, Func<Stage, string> Path, int Status = 200, Reader For = Reader.Anybody)
{
    private static readonly string[] Languages = ["en", "fi", "tr"];

    public static IReadOnlyList<PageCase> All { get; } = [.. Languages.SelectMany(Of), new("ticket-hostile", "en", stage => stage.Path("ticket-hostile"))];

    /// <summary>Each page once: what does not hang on words.</summary>
    public static IReadOnlyList<PageCase> Each { get; } = [.. All.Where(page => page.Language == "en")];

    public string Address => Path(BrowserRun.Stage);

    /// <summary>Opened, and signed in to before where that is needed.</summary>
    public async Task<Window> Open(Microsoft.Playwright.BrowserNewContextOptions? options = null)
    {
        var window = await Window.Open(options);
        await SignIn(window);
        Assert.That((await window.Go(Address)).Status, Is.EqualTo(Status));
        return window;
    }

    public Task SignIn(Window window) => For switch
    {
        Reader.Operator => window.SignIn(),
        Reader.Lead => window.SignIn(BrowserRun.Stage.LeadKey, "jobs"),
        _ => Task.CompletedTask,
    };

    public override string ToString() => $"{Name}-{Language}";

    private static IEnumerable<PageCase> Of(string language) =>
    [
        new("promises", language, _ => $"promises?lang={language}"),
        new("embed", language, _ => $"promises/embed?lang={language}"),
        new("ticket", language, stage => stage.Path($"ticket-{language}")),
        new("ticket-waiting", language, stage => stage.Path($"ticket-waiting-{language}")),
        new("opt-out", language, stage => stage.Path($"opt-out-{language}")),
        new("missing", language, _ => $"t/nothing-here?lang={language}", 404),
        new("gone", language, stage => $"{stage.Path("gone")}?lang={language}", 410),
        new("sign-in", language, _ => $"ops/sign-in?lang={language}"),
        new("ops", language, _ => $"ops?lang={language}&hours=24", For: Reader.Operator),
        new("ops-dead", language, _ => $"ops/deliveries/dead?lang={language}", For: Reader.Operator),
        new("jobs", language, _ => $"jobs?lang={language}", For: Reader.Lead),
        new("ops-closed", language, _ => $"ops?lang={language}", 403, For: Reader.Lead),
        new("sign-out", language, _ => $"ops/sign-out?lang={language}", For: Reader.Operator),
    ];
}

/// <summary>Whom a page is for.</summary>
internal enum Reader
{
    Anybody,
    Operator,
    Lead,
}
