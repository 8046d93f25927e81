using HelpDesk.Replay;

namespace HelpDesk.Tests.Replay;

/// <summary>How a log is read, line by line.</summary>
public sealed class ScriptTests
{
    private const string Header =
        "number,incident_state,made_sla,caller_id,opened_at,sys_updated_by,sys_updated_at,contact_type,category,subcategory,priority,assignment_group,assigned_to";

    private static Incident Read(params string[] lines) => IncidentLog.Read(new StringReader(string.Join('\n', [Header, .. lines]))).Incidents.Single();

    private static string Line(string at, string state, string priority = "3 - Moderate", string assignee = "?") =>
        $"INC1,{state},TRUE,Caller 7,02-03-2016 09:00,Updated by 1,{at},Phone,Category 1,Subcategory 1,{priority},Group 1,{assignee}";

    private static IEnumerable<string> Steps(params string[] lines) => Script.Of(Read(lines)).Select(step => step switch
    {
        Open => "open",
        Say say => $"{say.Author} {say.Visibility} {say.Status}".TrimEnd(),
        Patch patch => string.Join(' ', patch.Members.Select(member => $"{member.Key}={member.Value}")),
        _ => "?",
    });

    [Test]
    public void Times_are_those_of_Sao_Paulo() => Assert.That(Read(Line("02-03-2016 09:10", "New")).OpenedAt, Is.EqualTo(Instant.FromUtc(2016, 3, 2, 12, 0)));

    [Test]
    public void The_first_state_after_new_is_an_answer_to_the_customer() =>
        Assert.That(Steps(Line("02-03-2016 09:00", "New"), Line("02-03-2016 09:10", "Active")), Is.EqualTo(new[] { "open", "agent internal", "agent public open" }));

    [Test]
    public void An_assignment_alone_is_none() =>
        Assert.That(Steps(Line("02-03-2016 09:10", "New", assignee: "Resolver 1")), Is.EqualTo(new[] { "open", "assignee=Resolver 1" }));

    [Test]
    public void Waiting_for_the_user_is_a_question_and_going_on_her_answer() =>
        Assert.That(
            Steps(Line("02-03-2016 09:10", "Active"), Line("02-03-2016 09:20", "Awaiting User Info"), Line("02-03-2016 09:30", "Active")),
            Is.EqualTo(new[] { "open", "agent public open", "agent public waiting_on_customer", "customer public" }));

    [Test]
    public void Waiting_for_others_is_no_message() =>
        Assert.That(
            Steps(Line("02-03-2016 09:10", "Active"), Line("02-03-2016 09:20", "Awaiting Vendor"), Line("02-03-2016 09:30", "Active")),
            Is.EqualTo(new[] { "open", "agent public open", "status=on_hold", "status=open" }));

    [Test]
    public void Active_again_after_resolved_is_the_customer_coming_back() =>
        Assert.That(
            Steps(Line("02-03-2016 09:10", "Resolved"), Line("02-03-2016 09:20", "Active"), Line("02-03-2016 09:30", "Resolved"), Line("02-03-2016 09:40", "Closed")),
            Is.EqualTo(new[] { "open", "agent public resolved", "customer public", "agent public resolved", "status=closed" }));

    [Test]
    public void What_becomes_unknown_changes_nothing() =>
        Assert.That(
            Steps(Line("02-03-2016 09:10", "New", assignee: "Resolver 1"), Line("02-03-2016 09:20", "New", "2 - High", "?")),
            Is.EqualTo(new[] { "open", "assignee=Resolver 1", "priority=high" }));

    [TestCase("?")]
    [TestCase("-100")]
    [TestCase("New")]
    public void A_state_that_is_unknown_or_new_again_changes_nothing(string state) =>
        Assert.That(
            Steps(Line("02-03-2016 09:10", "Resolved"), Line("02-03-2016 09:20", state), Line("02-03-2016 09:30", "Closed")),
            Is.EqualTo(new[] { "open", "agent public resolved", "agent internal", "status=closed" }));

    [Test]
    public void Lines_out_of_order_are_put_in_the_order_of_time()
    {
        var incident = Read(Line("02-03-2016 09:30", "Resolved"), Line("02-03-2016 08:40", "Active"));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(incident.Changes.Select(change => change.State), Is.EqualTo(new[] { State.Active, State.Resolved }));
            Assert.That(incident.OpenedAt, Is.EqualTo(incident.Changes[0].At), "known before it was opened");
        }
    }

    [TestCase("INC1,Asleep,TRUE,Caller 7,02-03-2016 09:00,Updated by 1,02-03-2016 09:10,Phone,?,?,3 - Moderate,?,?", "Line 2 of the log: incident_state \"Asleep\" is not known.")]
    [TestCase("INC1,New,TRUE,Caller 7,2016-03-02,Updated by 1,02-03-2016 09:10,Phone,?,?,3 - Moderate,?,?", "Line 2 of the log: opened_at \"2016-03-02\" is not known.")]
    [TestCase("INC1,New,TRUE,Caller 7,02-03-2016 09:00,Updated by 1,02-03-2016 09:10,Phone,?,?,5 - Whenever,?,?", "Line 2 of the log: priority \"5 - Whenever\" is not known.")]
    public void What_cannot_be_read_is_named(string line, string words) =>
        Assert.That(() => Read(line), Throws.InstanceOf<ReplayFailed>().With.Message.EqualTo(words));

    [Test]
    public void A_file_that_is_something_else_is_said_to_be() =>
        Assert.That(() => IncidentLog.Read(new StringReader("a,b\n1,2\n")), Throws.InstanceOf<ReplayFailed>().With.Message.EqualTo("The log has no column \"number\"."));
}
