using Microsoft.Playwright;

namespace HelpDesk.Browser.Tests.Support;

/// <summary>A window of a browser that has been nowhere yet. It notes what the desk's pages must not make a browser do.</summary>
internal sealed class Window : IAsyncDisposable
{
    private readonly IBrowserContext context;
    private readonly List<string> complaints = [];

    private Window(IBrowserContext context, IPage page) => (this.context, Page) = (context, page);

    public IPage Page { get; }

    /// <summary>Errors of scripts and of the console, what the page's policy refused, and requests to anywhere but the desk.</summary>
    public IReadOnlyList<string> Complaints
    {
        get
        {
            lock (complaints) return [.. complaints];
        }
    }

    public static async Task<Window> Open(BrowserNewContextOptions? options = null)
    {
        options ??= new();
        options.BaseURL = BrowserRun.Stage.Address.ToString();
        options.TimezoneId ??= "Europe/Helsinki";
        // Nothing is on its way when it is looked at.
        options.ReducedMotion ??= ReducedMotion.Reduce;
        options.ViewportSize ??= new() { Width = 1280, Height = 900 };
        var context = await BrowserRun.Browser.NewContextAsync(options);
        context.SetDefaultTimeout(30_000);
        await context.AddInitScriptAsync(scriptPath: Axe.Script);
        var window = new Window(context, await context.NewPageAsync());
        window.Listen();
        return window;
    }

    public async Task<IResponse> Go(string path) => (await Page.GotoAsync(path))!;

    /// <summary>At the operators' pages, with the admin key.</summary>
    public Task SignIn() => SignIn(HelpDesk.Tests.Support.TestDesk.AdminKey, "ops");

    /// <param name="leadsTo">Where whoever has the key lands.</param>
    public async Task SignIn(string key, string leadsTo)
    {
        await Go("ops/sign-in");
        await Page.FillAsync("#key", key);
        await Page.ClickAsync("main button");
        await Page.WaitForURLAsync($"**/{leadsTo}");
    }

    public ValueTask DisposeAsync() => context.DisposeAsync();

    private void Listen()
    {
        var desk = BrowserRun.Stage.Address.GetLeftPart(UriPartial.Authority);
        Page.PageError += (_, error) => Note($"script: {error}");
        Page.Dialog += (_, dialog) => Note($"dialog: {dialog.Message}");
        // That a page is not there the browser calls an error too.
        Page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning" && !message.Text.Contains("the server responded with a status of", StringComparison.Ordinal)) Note($"console: {message.Text}");
        };
        context.Request += (_, request) =>
        {
            if (!request.Url.StartsWith(desk + "/", StringComparison.Ordinal)) Note($"request: {request.Url}");
        };
        context.RequestFailed += (_, request) => Note($"failed: {request.Url} {request.Failure}");
    }

    private void Note(string complaint)
    {
        lock (complaints) complaints.Add(complaint);
    }
}
