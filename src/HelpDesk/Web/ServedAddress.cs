using HelpDesk.Web.Settings;

namespace HelpDesk.Web;

/// <summary><c>ASPNETCORE_URLS</c>, the addresses to listen on.</summary>
internal static class ServedAddress
{
    public static void Check(IConfiguration configuration)
    {
        foreach (var url in All(configuration)) Parse(url);
    }

    /// <summary>The first of them as somebody on this machine would ask for it; null where that is no address of a browser's.</summary>
    public static string? Of(IConfiguration configuration)
    {
        if (All(configuration) is not [var first, ..] || Parse(first) is not { IsUnixPipe: false, IsNamedPipe: false } address) return null;
        var host = address.Host is "*" or "+" or "0.0.0.0" or "[::]" ? "127.0.0.1" : address.Host;
        return $"{address.Scheme}://{host}:{address.Port}";
    }

    private static string[] All(IConfiguration configuration) =>
        (Everywhere.Urls.Read(configuration) ?? "").Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    private static BindingAddress Parse(string url)
    {
        try
        {
            var address = BindingAddress.Parse(url);
            if (address.Scheme.ToUpperInvariant() is "HTTP" or "HTTPS") return address;
        }
        catch (FormatException)
        {
            // Said below.
        }

        throw Everywhere.Urls.Refuse(url);
    }
}
