using HelpDesk.Replay;
using HelpDesk.Tests.Support;

namespace HelpDesk.Tests.Replay;

/// <summary>An empty desk on the sandbox clock, whose mail goes to a folder that is removed with it.</summary>
internal sealed class ReplayDesk : IDisposable
{
    private readonly string mail = Directory.CreateTempSubdirectory("helpdesk").FullName;
    private readonly TestDesk desk;

    public ReplayDesk() => desk = TestDesk.Start([("Sandbox:Clock", "true"), ("Mail:Folder", mail)]);

    public HttpClient Admin => desk.Admin;

    public int MailFiles => Directory.GetFiles(mail, "*.eml").Length;

    public Task<Outcome> Play(IncidentLog log) =>
        new Playback(new Desk(Admin), Playback.CalendarFile, Playback.PolicyFile, (_, _, _) => { }).Run(log, default);

    public void Dispose()
    {
        desk.Dispose();
        Directory.Delete(mail, recursive: true);
    }
}
