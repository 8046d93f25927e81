using HelpDesk.Browser.Tests.Support;
using Microsoft.Playwright;

namespace HelpDesk.Browser.Tests;

/// <summary>What the pages' Content-Security-Policy keeps a browser from.</summary>
internal sealed class PolicyTests
{
    [TestCaseSource(typeof(PageCase), nameof(PageCase.Each))]
    public async Task Allows_nothing_that_is_not_a_file_of_the_desk(object page)
    {
        var which = (PageCase)page;
        await using var window = await Window.Open();
        await which.SignIn(window);
        var answer = await window.Go(which.Address);
        var policy = (await answer.AllHeadersAsync())["content-security-policy"].Split("; ").ToDictionary(part => part.Split(' ')[0], part => part[(part.IndexOf(' ') + 1)..]);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(policy.Values, Has.None.Contains("unsafe"));
            Assert.That((policy["default-src"], policy["script-src"], policy["style-src"], policy["form-action"], policy["base-uri"]), Is.EqualTo(("'none'", "'self'", "'self'", "'self'", "'none'")));
            Assert.That(policy["frame-ancestors"], Is.EqualTo(which.Name == "embed" ? BrowserRun.Neighbour.Origin : "'none'"));
        }
    }

    /// <summary>As if somebody's text had got into the page as markup.</summary>
    [TestCaseSource(typeof(PageCase), nameof(PageCase.Each))]
    public async Task Markup_that_got_in_runs_nothing_and_loads_nothing(object page)
    {
        const string Foreign = """
            <script>window.hacked = 1</script><img src="x" onerror="window.hacked = 2"><style>main { display: none }</style><p id="styled" style="color: red">x</p>
            <script src="http://evil.example.org/x.js"></script><img src="http://evil.example.org/x.png"><iframe src="http://evil.example.org/"></iframe><base href="http://evil.example.org/">
            <form id="elsewhere" action="http://evil.example.org/" method="post"><button>x</button></form>
            """;
        var which = (PageCase)page;
        await using var window = await Window.Open();
        await which.SignIn(window);
        // What the policy stops the browser notes as a request, too, but never makes.
        var made = new List<string>();
        await window.Page.RouteAsync("http://evil.example.org/**", route =>
        {
            lock (made) made.Add(route.Request.Url);
            return route.AbortAsync();
        });
        await window.Page.RouteAsync(url => url.StartsWith(new Uri(BrowserRun.Stage.Address, which.Address).ToString(), StringComparison.Ordinal), async route =>
        {
            var real = await route.FetchAsync();
            var html = await real.TextAsync();
            await route.FulfillAsync(new() { Response = real, Body = html.Replace("</main>", Foreign + "</main>", StringComparison.Ordinal) });
        });
        await window.Go(which.Address);
        await window.Page.EvaluateAsync("document.getElementById('elsewhere').requestSubmit()");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(await window.Page.EvaluateAsync<bool>("'hacked' in window"), Is.False);
            Assert.That(await window.Page.EvaluateAsync<string>("getComputedStyle(document.querySelector('main')).display"), Is.Not.EqualTo("none"));
            Assert.That(await window.Page.EvaluateAsync<string>("getComputedStyle(document.getElementById('styled')).color"), Is.Not.EqualTo("rgb(255, 0, 0)"));
            Assert.That(made, Is.Empty);
            Assert.That(window.Complaints.Count(each => each.Contains("Content Security Policy", StringComparison.Ordinal)), Is.GreaterThanOrEqualTo(6));
        }
    }

    [Test]
    public async Task What_customers_write_is_text()
    {
        await using var window = await Window.Open();
        await window.Go(BrowserRun.Stage.Path("ticket-hostile"));
        Assert.That(await window.Page.EvaluateAsync<bool>("'hacked' in window"), Is.False);
        Assert.That(await window.Page.TextContentAsync("h1"), Does.Contain("<script>window.hacked = 1</script>"));
        await Assertions.Expect(window.Page.Locator("main img, main script, main style, main b[onmouseover]")).ToHaveCountAsync(0);
        Assert.That(window.Complaints, Is.Empty);
    }

    [Test]
    public async Task The_small_form_stands_in_a_page_of_somebody_else()
    {
        await using var window = await Window.Open();
        var frame = await Framed(window, BrowserRun.Neighbour.Origin, "promises/embed?lang=fi");
        await Assertions.Expect(frame.Locator(".share")).ToBeVisibleAsync();
        await Assertions.Expect(frame.Locator("html[lang=fi] .quotes .date").First).ToBeVisibleAsync();
        Assert.That(await frame.Locator("html").EvaluateAsync<bool>("html => html.scrollWidth <= html.clientWidth"));
    }

    [Test]
    public Task It_stands_in_no_other() => IsRefused(BrowserRun.Neighbour.OtherOrigin, "promises/embed");

    [TestCase("promises")]
    [TestCase("ticket-en")]
    [TestCase("opt-out-en")]
    [TestCase("ops/sign-in")]
    public Task Nor_does_any_other_page(string page) =>
        IsRefused(BrowserRun.Neighbour.Origin, page.EndsWith("-en", StringComparison.Ordinal) ? BrowserRun.Stage.Path(page) : page);

    private static async Task IsRefused(string origin, string path)
    {
        await using var window = await Window.Open();
        var frame = await Framed(window, origin, path);
        Assert.That(window.Complaints, Has.Some.Contains("frame-ancestors"));
        await Assertions.Expect(frame.Locator(".masthead, .quotes")).ToHaveCountAsync(0);
    }

    private static async Task<IFrameLocator> Framed(Window window, string origin, string path)
    {
        await window.Go($"{origin}/?of={Uri.EscapeDataString(new Uri(BrowserRun.Stage.Address, path).ToString())}");
        return window.Page.FrameLocator("iframe");
    }
}
