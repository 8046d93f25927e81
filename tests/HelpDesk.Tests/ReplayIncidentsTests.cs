using HelpDesk.Replay;
using HelpDesk.Tests.Replay;
using HelpDesk.Tests.Support;

namespace HelpDesk.Tests;

/// <summary>Logs of incidents, played over HTTP from the first call to the last closing. docs/replay.md says where the real one comes from. Begun before all others, as nothing takes longer.</summary>
[Order(1)]
public sealed class ReplayIncidentsTests
{
    /// <summary>The real log is known by its size; of another that is put in its place nothing is expected but that it holds.</summary>
    private const int RealIncidents = 890;
    private const int RealChanges = 5_998;

    private static IEnumerable<TestCaseData> Logs()
    {
        yield return new TestCaseData(LogFiles.Sample).SetArgDisplayNames("the sample");
        if (LogFiles.Real is { } real) yield return new TestCaseData(real).SetArgDisplayNames("the real log");
    }

    [OneTimeSetUp]
    public void Say_loudly_when_the_real_log_is_not_at_hand()
    {
        if (LogFiles.Real is not null) return;
        TestContext.Error.WriteLine(
            $"NOT PLAYED: the log of 890 real incidents is not at hand; only the sample of 8 is played. Name the file in {LogFiles.Name} (docs/replay.md says where to get it).");
    }

    [TestCaseSource(nameof(Logs))]
    public async Task A_log_is_played_from_end_to_end_without_a_silent_breach(string file)
    {
        var (log, outcome, mailFiles) = await ReplayDesk.Played(file);
        await TestContext.Out.WriteLineAsync(Written(outcome));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(outcome.Audit.Silent, Is.Empty);
            Assert.That(outcome.Audit.Untold, Is.Empty);
            Assert.That(outcome.Tickets, Is.EqualTo(log.Incidents.Count));
            Assert.That(outcome.Audit.Tickets.Select(ticket => (string?)ticket["status"]), Is.All.EqualTo("closed"));
            Assert.That(outcome.Promises("open"), Is.Zero);
            Assert.That(outcome.Promises("renewed"), Is.Positive);
            Assert.That(outcome.Promises("broken"), Is.Positive);
            Assert.That(outcome.Mails("sent").Sum(mail => mail.Count), Is.EqualTo(mailFiles));
            Assert.That(outcome.Audit.Deliveries, Has.Count.EqualTo(mailFiles));
            Assert.That(SolvedAfter(outcome), Is.EqualTo(SolvedAfter(log)));
        }

        if (log is { Incidents.Count: RealIncidents, Changes: RealChanges }) ExpectOfTheRealOne(outcome);
    }

    private static string Written(Outcome outcome)
    {
        using var text = new StringWriter();
        new Table(outcome, text).Write();
        return text.ToString();
    }

    /// <summary>Around the clock and never paused, the desk's seconds must be those between two lines of the log. Once reopened, they are counted anew.</summary>
    private static Dictionary<string, decimal> SolvedAfter(IncidentLog log) => log.Incidents
        .Where(incident => !WasReopened(incident))
        .ToDictionary(incident => incident.Number, incident => (decimal)(incident.Changes.First(change => change.State == State.Resolved).At - incident.OpenedAt).TotalSeconds);

    private static Dictionary<string, decimal> SolvedAfter(Outcome outcome) => outcome.Audit.Tickets
        .Select(ticket => (Number: (string)ticket["externalRef"]!, Resolutions: ticket["commitments"]!.AsArray().Where(commitment => (string?)commitment!["kind"] == "resolution").ToList()))
        .Where(pair => pair.Resolutions.Count == 1)
        .ToDictionary(pair => pair.Number, pair => (decimal)pair.Resolutions[0]!["usedSeconds"]!);

    /// <summary>A line that is New again is one that came late: it reopens nothing.</summary>
    private static bool WasReopened(Incident incident) =>
        incident.Changes.SkipWhile(change => change.State != State.Resolved).Any(change => change.State is State.Active or State.AwaitingUser or State.AwaitingOthers);

    private static void ExpectOfTheRealOne(Outcome outcome)
    {
        var verdicts = outcome.Verdicts;
        using (Assert.EnterMultipleScope())
        {
            Assert.That((verdicts.BothMade, verdicts.OnlyLogMade, verdicts.OnlyDeskMade, verdicts.BothMissed), Is.EqualTo((491, 4, 13, 382)));
            Assert.That(outcome.Log.OutOfOrder, Is.EqualTo(6));
            Assert.That(outcome.Audit.Unreachable, Is.Empty);
        }
    }

    [Test]
    public async Task The_sample_has_a_promise_of_every_outcome_and_a_caller_whom_nobody_can_reach()
    {
        var outcome = (await ReplayDesk.Played(LogFiles.Sample)).Outcome;
        var all = (outcome.Promises(), outcome.Promises("kept"), outcome.Promises("renewed"), outcome.Promises("broken"), outcome.Promises("withdrawn"));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(all, Is.EqualTo((49, 22, 11, 4, 12)));
            Assert.That(outcome.Audit.Unreachable, Has.Count.EqualTo(1));
            Assert.That(outcome.Verdicts.Agreed, Is.EqualTo(8));
            Assert.That(outcome.Commitments("resolution").Count(), Is.EqualTo(9), "one was reopened");
        }
    }

    [Test]
    public async Task A_desk_that_is_not_empty_is_refused_and_so_is_one_that_says_no()
    {
        using var desk = new ReplayDesk();
        await desk.Play(IncidentLog.Read(LogFiles.Sample));
        Assert.That(() => desk.Play(IncidentLog.Read(LogFiles.Sample)), Throws.InstanceOf<ReplayFailed>().With.Message.StartsWith("The desk is not empty"));
        Assert.That(
            () => new Desk(desk.Admin).Post("/v1/tickets", new { subject = "" }, default),
            Throws.InstanceOf<ReplayFailed>().With.Message.StartsWith("POST /v1/tickets was answered with 400: {"));
    }

    [Test]
    public async Task The_sample_rehearsal_follows_up_once_and_keeps_the_new_date()
    {
        using var desk = new ReplayDesk();
        var answer = await desk.Admin.Post("/v1/policies/rehearsal", await File.ReadAllTextAsync(LogFiles.Rehearsal)).Json();
        var followUp = answer["followUps"]!.AsArray().Single()!;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(((string?)followUp["at"], (string?)followUp["promise"]), Is.EqualTo(("2026-03-03T06:30:00Z", "2026-03-03T09:00:00Z")));
            Assert.That(answer["commitments"]!.AsArray().Select(commitment => (string?)commitment!["state"]), Is.All.EqualTo("kept"));
        }
    }
}
