using System.Reflection;

namespace HelpDesk.Web.Settings;

/// <summary><c>--help</c> and <c>--version</c>: no desk is started.</summary>
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
        if (arguments is not ["--help" or "-h" or "-?" or "help" or "--version"]) return false;
        await Console.Out.WriteLineAsync(arguments[0] == "--version" ? $"HelpDesk {Version}" : Usage);
        return true;
    }
}
