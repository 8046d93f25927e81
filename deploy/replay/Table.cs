using System.Globalization;
using System.Text.Json.Nodes;

namespace HelpDesk.Replay;

/// <summary>The outcome for people.</summary>
internal sealed class Table(Outcome outcome, TextWriter to)
{
    private static readonly string[] Kinds = ["first_response", "next_response", "update", "resolution"];
    private static readonly string[] Outcomes = ["kept", "renewed", "broken", "withdrawn", "open"];

    public void Write()
    {
        WriteCounts();
        WritePromises();
        WriteMails();
        WritePolicy();
        WriteVerdicts();
        WriteFindings();
    }

    private void WriteCounts()
    {
        Line($"Incidents in the log     {outcome.Log.Incidents.Count,7:N0}");
        Line($"Changes in the log       {outcome.Log.Changes,7:N0}   {outcome.Log.OutOfOrder} out of order, played in the order of time");
        Line($"HTTP requests            {outcome.Requests,7:N0}");
        Line($"Tickets                  {outcome.Tickets,7:N0}");
        Line($"Promises made            {outcome.Promises(),7:N0}");
        Line($"  kept                   {outcome.Promises("kept"),7:N0}");
        Line($"  renewed in time        {outcome.Promises("renewed") - outcome.Audit.Untold.Count,7:N0}");
        Line($"  broken                 {outcome.Promises("broken"),7:N0}");
        Line($"  withdrawn              {outcome.Promises("withdrawn"),7:N0}   paused, cancelled, or replaced by an earlier one");
        Line($"  open                   {outcome.Promises("open"),7:N0}");
        Line($"Silent breaches          {outcome.Silent,7:N0}   broken, and the customer had not been told before");
        Line($"Renewed without a word   {outcome.Audit.Untold.Count,7:N0}   the new date was not told before the old one lapsed");
        Line($"Nobody to write to       {outcome.Audit.Unreachable.Count,7:N0}");
        Line($"Mails                    {outcome.Mails("sent").Sum(mail => mail.Count),7:N0}");
    }

    private void WritePromises()
    {
        Line($"");
        Line($"{"Promises by kind",-20}{"made",9}{string.Concat(Outcomes.Select(name => $"{name,11}"))}");
        foreach (var kind in Kinds)
        {
            Line($"  {kind,-18}{outcome.Promises(kind: kind),9:N0}{string.Concat(Outcomes.Select(name => $"{Number(outcome.Promises(name, kind)),11}"))}");
        }
    }

    private void WriteMails()
    {
        Line($"");
        Line($"Mails by kind");
        foreach (var (kind, count) in outcome.Mails("sent")) Line($"  {kind,-18}{count,9:N0}");
        var notSent = outcome.Audit.Deliveries.Count - outcome.Mails("sent").Sum(mail => mail.Count);
        Line($"  {"taken back unsent",-18}{notSent,9:N0}");
    }

    private void WritePolicy()
    {
        Line($"");
        Line($"Policy: {outcome.Policy["name"]}");
        foreach (var (kind, term) in outcome.Policy["terms"]!.AsObject())
        {
            var others = term!["byPriority"] is JsonObject byPriority ? string.Concat(byPriority.Select(pair => $"; {pair.Key} {pair.Value!["target"]}")) : "";
            var pauses = term["pausesIn"] is JsonArray { Count: 0 } ? "never paused" : "";
            var hours = (string?)term["hours"] == "around_the_clock" ? "around the clock" : "office hours";
            Line($"  {kind,-18}{term["target"]}{others} ({hours}{(pauses.Length > 0 ? ", " : "")}{pauses})");
        }
    }

    private void WriteVerdicts()
    {
        var verdicts = outcome.Verdicts;
        Line($"");
        Line($"Verdict on resolution    desk: met   desk: missed");
        Line($"  log: made_sla TRUE    {verdicts.BothMade,9:N0}{verdicts.OnlyLogMade,15:N0}");
        Line($"  log: made_sla FALSE   {verdicts.OnlyDeskMade,9:N0}{verdicts.BothMissed,15:N0}");
        Line($"  agreement             {verdicts.Agreed,9:N0} of {verdicts.All:N0} ({Share(verdicts.Agreed, verdicts.All)})");
        foreach (var (priority, agreed, all) in verdicts.ByPriority) Line($"    {priority,-20}{agreed,9:N0} of {all:N0} ({Share(agreed, all)})");
    }

    private void WriteFindings()
    {
        foreach (var (what, where) in outcome.Audit.Silent.Order().Select(words => ("Silent breach", words)).Concat(outcome.Audit.Untold.Order().Select(words => ("Renewed without a word", words))))
        {
            Line($"{what}: {where}");
        }
    }

    private static string Number(int count) => count.ToString("N0", CultureInfo.InvariantCulture);

    private static string Share(int part, int whole) => (100.0 * part / whole).ToString("0.0", CultureInfo.InvariantCulture) + " %";

    private void Line(FormattableString line) => to.WriteLine(FormattableString.Invariant(line));
}
