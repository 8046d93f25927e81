namespace HelpDesk.Browser.Tests.Support;

/// <summary>A page in a language.</summary>
/// <param name="IsInside">Behind the operators' sign-in.</param>
internal sealed record PageCase(string Name, string Language, Func<Stage, string> Path, int Status = 200, bool IsInside = false)
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
        if (IsInside) await window.SignIn();
        Assert.That((await window.Go(Address)).Status, Is.EqualTo(Status));
        return window;
    }

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
        new("ops", language, _ => $"ops?lang={language}&hours=24", IsInside: true),
        new("ops-dead", language, _ => $"ops/deliveries/dead?lang={language}", IsInside: true),
    ];
}
