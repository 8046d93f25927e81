namespace HelpDesk.Web.Pages;

/// <summary>What every page of one request has in common: its language, its addresses, the look of the desk.</summary>
public sealed class PageFrame
{
    private readonly PageAssets assets;

    private PageFrame(PageLook look, PageAssets assets, PageLanguage language, bool isChosen, string up)
    {
        this.assets = assets;
        (Desk, HasLogo, Language, IsChosen, Up) = (look.Desk, look.Logo is not null, language, isChosen, up);
    }

    /// <summary>What the desk is called.</summary>
    public string Desk { get; }

    public bool HasLogo { get; }

    public PageLanguage Language { get; }

    /// <summary>Whether the reader asked for the language (<c>?lang=</c>); links then keep it.</summary>
    public bool IsChosen { get; }

    /// <summary>From the page to the desk's root. Addresses are relative: a proxy may have put something before them.</summary>
    public string Up { get; }

    public PageWords Words => PageWords.Of(Language);

    /// <param name="own">The locale of the one it is for, where she is known: it goes before her browser's.</param>
    public static PageFrame Of(HttpContext http, string? own = null)
    {
        var chosen = PageLanguage.Find(http.Request.Query["lang"]);
        var language = chosen ?? PageLanguage.Find(own) ?? PageLanguage.Accepted(http.Request.Headers.AcceptLanguage) ?? PageLanguage.English;
        var depth = http.Request.Path.Value!.AsSpan(1).Count('/');
        var services = http.RequestServices;
        return new(services.GetRequiredService<PageLook>(), services.GetRequiredService<PageAssets>(), language, chosen is not null, string.Concat(Enumerable.Repeat("../", depth)));
    }

    /// <summary>The address of a page, from the desk's root.</summary>
    /// <param name="path">Without the slash before it, and without a query.</param>
    public string Page(string path) => $"{Up}{path}{Query}";

    /// <summary>Keeps the language where the reader asked for one; may be empty.</summary>
    public string Query => IsChosen ? $"?lang={Language.Tag}" : "";

    /// <summary>The address of a file of the folder Assets, or of one made of the configuration.</summary>
    public string Asset(string name) => Up + assets.Address(name);
}
