namespace HelpDesk.Replay;

/// <summary>The whole of it: an empty desk is made ready, the log is played through it, and what came of it is read back.</summary>
internal sealed class Playback(Desk desk, string calendarFile, string policyFile, Action<Instant, int, int> progress)
{
    /// <summary>As they ship.</summary>
    public static string CalendarFile => Path.Combine(AppContext.BaseDirectory, "calendar.json");

    public static string PolicyFile => Path.Combine(AppContext.BaseDirectory, "policy.json");

    public async Task<Outcome> Run(IncidentLog log, CancellationToken cancel)
    {
        var start = log.Incidents.Min(incident => incident.OpenedAt);
        var policy = await Stage.Set(desk, calendarFile, policyFile, start, cancel);
        var tickets = await new Player(desk, progress).Play(log.Incidents, start, cancel);
        var audit = await Audit.Of(desk, cancel);
        return new Outcome(log, policy, audit, Verdicts.Of(log.Incidents, tickets, audit.Tickets), desk.Requests);
    }
}
