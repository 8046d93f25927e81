namespace HelpDesk.Web.Settings;

/// <summary>What .NET, ASP.NET Core and the scripts of deploy/ read under names of their own.</summary>
internal static class ForeignKeys
{
    public static readonly Foreign Environment = new(
        "ASPNETCORE_ENVIRONMENT", "`Production` logs JSON and never prints keys", "`Production`, `Development`, or a name of yours", "`Production`; `Development` under `deploy/run`");

    public static readonly Foreign Forwarded = new(
        "ASPNETCORE_FORWARDEDHEADERS_ENABLED", "`true` behind a proxy that sets `X-Forwarded-For`, so that addresses are the callers'", "`true` or `false`", "`false`");

    public static readonly Foreign Postgres = new("HELPDESK_POSTGRES", "folder of PostgreSQL's binaries for `deploy/run` and `deploy/test`", "a folder", "found");

    public static readonly Foreign Levels = new(
        "Logging:LogLevel:<category>", "from which level on the log has lines of a category, such as `HelpDesk.Delivery`; `Default` is all others ([the log](metrics.md#log-events))",
        "`Trace`, `Debug`, `Information`, `Warning`, `Error`, `Critical` or `None`", "`Information`, and less of what is not the desk's own: `appsettings.json`");

    public static readonly Foreign Hosts = new("AllowedHosts", "which names in a request's `Host` are answered, such as `help.example.com`; others get `400`", "names separated by semicolons, or `*` for any", "`*`");
}
