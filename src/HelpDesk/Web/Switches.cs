namespace HelpDesk.Web;

/// <summary>Keys of the configuration that are on or off.</summary>
internal static class Switches
{
    public static bool IsOn(this IConfiguration configuration, string key, bool otherwise = false) =>
        string.IsNullOrWhiteSpace(configuration[key]) ? otherwise
        : bool.TryParse(configuration[key], out var on) ? on
        : throw new WrongConfiguration($"{key} must be true or false, but is '{configuration[key]}'.");
}
