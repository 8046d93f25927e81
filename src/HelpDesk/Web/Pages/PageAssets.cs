using System.Collections.Frozen;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;

namespace HelpDesk.Web.Pages;

/// <summary>The files that pages need: those of the folder Assets, and the theme, the icon and the logo. Each has the hash of its content in its address.</summary>
internal sealed class PageAssets
{
    private const string Root = "assets";
    private const string Prefix = "HelpDesk.Web.Pages.Assets.";
    private const string ForEver = "public, max-age=31536000, immutable";

    private readonly FrozenDictionary<string, Asset> all;

    public PageAssets(PageLook look)
    {
        var made = new List<Asset> { Make("theme.css", Encoding.UTF8.GetBytes(look.Theme), "text/css"), Make("icon.svg", Encoding.UTF8.GetBytes(look.Icon), "image/svg+xml") };
        if (look.Logo is var (bytes, type)) made.Add(Make("logo", bytes, type));
        var assembly = typeof(PageAssets).Assembly;
        foreach (var resource in assembly.GetManifestResourceNames().Where(name => name.StartsWith(Prefix, StringComparison.Ordinal)))
        {
            using var stream = assembly.GetManifestResourceStream(resource)!;
            using var copy = new MemoryStream();
            stream.CopyTo(copy);
            made.Add(Make(resource[Prefix.Length..], copy.ToArray(), resource.EndsWith(".js", StringComparison.Ordinal) ? "text/javascript" : "text/css"));
        }

        all = made.ToFrozenDictionary(asset => asset.Name, StringComparer.Ordinal);
    }

    /// <summary>From the desk's root.</summary>
    public string Address(string name) => $"{Root}/{all[name].Hash}/{name}";

    public static RouteHandlerBuilder Map(IEndpointRouteBuilder app) => app.MapGet($"/{Root}/{{hash}}/{{name}}", Serve).ExcludeFromDescription();

    /// <summary>Of a server that runs another version a page may ask for another content: it gets this one, to be asked for again.</summary>
    private static Results<FileContentHttpResult, NotFound> Serve(string hash, string name, PageAssets assets, HttpContext http)
    {
        if (!assets.all.TryGetValue(name, out var asset)) return TypedResults.NotFound();
        http.Response.Headers.CacheControl = hash == asset.Hash ? ForEver : "no-cache";
        return TypedResults.File(asset.Bytes, asset.Type, entityTag: new EntityTagHeaderValue($"\"{asset.Hash}\""));
    }

    private static Asset Make(string name, byte[] bytes, string type) => new(name, bytes, type, Convert.ToHexStringLower(SHA256.HashData(bytes).AsSpan(0, 8)));

    private sealed record Asset(string Name, byte[] Bytes, string Type, string Hash);
}
