namespace HelpDesk.Tests.Replay;

/// <summary>The logs that are played: the sample in this repository, and the real one, which is not in it.</summary>
internal static class LogFiles
{
    public const string Name = "HELPDESK_INCIDENTS";

    private static readonly string Root = FindRoot();

    public static string Sample => Path.Combine(Root, "deploy", "samples", "incidents.csv");

    public static string Rehearsal => Path.Combine(Root, "deploy", "samples", "rehearsal.json");

    /// <summary>Null when it is not at hand.</summary>
    public static string? Real
    {
        get
        {
            // Named and not there is a mistake, not an absence: reading it fails the test.
            if (Environment.GetEnvironmentVariable(Name) is { Length: > 0 } named) return Path.GetFullPath(named);
            var shared = Path.GetFullPath(Path.Combine(Root, "..", "shared", "data", "incidents.csv"));
            return File.Exists(shared) ? shared : null;
        }
    }

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "HelpDesk.sln"))) folder = folder.Parent ?? throw new DirectoryNotFoundException("HelpDesk.sln is in no folder above the tests.");
        return folder.FullName;
    }
}
