using System.Reflection;

namespace HelpDesk.Web.Settings;

/// <summary><c>--help</c>, wherever it stands, and <c>--version</c>: no desk is started, and nothing is migrated.</summary>
internal static class UsagePage
{
    private const string Usage =
        """
        dotnet HelpDesk.dll [Key=value …]            serves, until it is told to end
        dotnet HelpDesk.dll migrate [Key=value …]    brings the database to this version's migrations, and ends
        dotnet HelpDesk.dll health [address]         asks a desk that runs here whether it is ready: ends with 0 or 1
        dotnet HelpDesk.dll configuration            lists the keys of the configuration
        """;

    private static string Version => typeof(UsagePage).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;

    /// <returns>False where the arguments ask something else.</returns>
    public static async Task<bool> Asked(string[] arguments)
    {
        var asksVersion = arguments is ["--version"];
        if (!asksVersion && arguments is not ["help"] && !arguments.Any(argument => argument is "--help" or "-h" or "-?")) return false;
        await Console.Out.WriteLineAsync(asksVersion ? $"HelpDesk {Version}" : Usage);
        return true;
    }
}
