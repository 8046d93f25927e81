namespace HelpDesk.Browser.Tests.Support;

/// <summary>The system's own; none is downloaded.</summary>
internal static class Chromium
{
    private static readonly string[] Names = ["chromium", "chromium-browser", "google-chrome"];

    /// <summary>On a build server nobody would notice that it is absent.</summary>
    public static bool IsWanted => Environment.GetEnvironmentVariable("CI") is "true" or "1";

    public static string? Find() => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .SelectMany(folder => Names.Select(name => Path.Combine(folder, name))).FirstOrDefault(File.Exists);
}
