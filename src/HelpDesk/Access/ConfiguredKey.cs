using HelpDesk.Web.Settings;

namespace HelpDesk.Access;

/// <summary>A key that stands in the configuration. Only its hash is kept in memory.</summary>
internal static class ConfiguredKey
{
    public const int MinLength = 32;

    public static string Values { get; } = $"{MinLength} or more visible ASCII characters without blanks";

    public static byte[] Hash(Secret setting, string key) => key.Length < MinLength || key.Any(letter => letter is <= ' ' or > '~')
        ? throw setting.Wrong($"(environment: {setting.Key.Replace(":", "__", StringComparison.Ordinal)}) must be {Values}; it has {key.Length}")
        : ApiKeySecret.Hash(key);
}
