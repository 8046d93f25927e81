using System.Collections.Concurrent;
using HelpDesk.Replay;
using HelpDesk.Tests.Support;

namespace HelpDesk.Tests.Replay;

/// <summary>An empty desk on the sandbox clock, whose mail goes to a folder that is removed with it.</summary>
internal sealed class ReplayDesk : IDisposable
{
    private static readonly ConcurrentDictionary<string, Lazy<Task<PlayedLog>>> Logs = new();

    private readonly string mail = Directory.CreateTempSubdirectory("helpdesk").FullName;
    private readonly TestDesk desk;

    public ReplayDesk() => desk = TestDesk.Start([("Sandbox:Clock", "true"), ("Mail:Folder", mail)]);

    public HttpClient Admin => desk.Admin;

    public int MailFiles => Directory.GetFiles(mail, "*.eml").Length;

    /// <summary>What came of a log, on a desk of its own. Playing the real one takes minutes: whoever asks for it first has it played, for all.</summary>
    public static Task<PlayedLog> Played(string file) => Logs.GetOrAdd(file, _ => new(() => PlayAlone(IncidentLog.Read(file)))).Value;

    private static async Task<PlayedLog> PlayAlone(IncidentLog log)
    {
        using var desk = new ReplayDesk();
        return new(log, await desk.Play(log), desk.MailFiles);
    }

    public Task<Outcome> Play(IncidentLog log) =>
        new Playback(new Desk(Admin), Playback.CalendarFile, Playback.PolicyFile, (_, _, _) => { }).Run(log, default);

    public void Dispose()
    {
        desk.Dispose();
        Directory.Delete(mail, recursive: true);
    }
}

internal sealed record PlayedLog(IncidentLog Log, Outcome Outcome, int MailFiles);
