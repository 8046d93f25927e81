using NodaTime.Text;

namespace HelpDesk.Replay;

/// <summary>
/// Reads a log of incidents. Its times carry no zone and no seconds: they are read in <see cref="Zone"/>, at the first second of the minute; where a
/// clock change skips or repeats one, NodaTime's lenient reading is taken.
/// </summary>
internal sealed class IncidentLog
{
    private static readonly DateTimeZone Zone = DateTimeZoneProviders.Tzdb["America/Sao_Paulo"];
    private static readonly LocalDateTimePattern Minute = LocalDateTimePattern.CreateWithInvariantCulture("dd-MM-yyyy HH:mm");

    private static readonly Dictionary<string, State> States = new()
    {
        ["New"] = State.New,
        ["Active"] = State.Active,
        ["Awaiting User Info"] = State.AwaitingUser,
        ["Awaiting Vendor"] = State.AwaitingOthers,
        ["Awaiting Problem"] = State.AwaitingOthers,
        ["Awaiting Evidence"] = State.AwaitingOthers,
        ["Resolved"] = State.Resolved,
        ["Closed"] = State.Closed,
    };

    private static readonly Dictionary<string, string> Priorities = new()
    {
        ["1 - Critical"] = "urgent",
        ["2 - High"] = "high",
        ["3 - Moderate"] = "normal",
        ["4 - Low"] = "low",
    };

    private IncidentLog(IReadOnlyList<Incident> incidents, int outOfOrder) => (Incidents, OutOfOrder) = (incidents, outOfOrder);

    public IReadOnlyList<Incident> Incidents { get; }

    /// <summary>Lines that stand after a later one of their incident, or before its opening. They are put in the order of time.</summary>
    public int OutOfOrder { get; }

    public int Changes => Incidents.Sum(incident => incident.Changes.Count);

    public static IncidentLog Read(string file)
    {
        using var text = new StreamReader(file);
        return Read(text);
    }

    public static IncidentLog Read(TextReader text)
    {
        var outOfOrder = 0;
        var incidents = IncidentRow.ReadAll(text).GroupBy(row => row.Number).Select(rows => Of([.. rows], ref outOfOrder)).ToList();
        return new IncidentLog(incidents, outOfOrder);
    }

    private static Incident Of(List<IncidentRow> rows, ref int outOfOrder)
    {
        var changes = rows.Select(ChangeOf).ToList();
        var first = rows[0];
        var opened = InstantOf(first.Line, "opened_at", first.OpenedAt);
        outOfOrder += changes.Where((change, index) => change.At < opened || (index > 0 && change.At < changes[index - 1].At)).Count();
        // A stable sort: lines of one minute stay in the log's order.
        changes = [.. changes.OrderBy(change => change.At)];
        return new Incident(
            first.Number, Known(first.Caller), $"{Known(first.Category) ?? "No category"}, {Known(first.Subcategory) ?? "no subcategory"} ({first.Number})",
            Known(first.ContactType)?.ToLowerInvariant() ?? "unknown", Instant.Min(opened, changes[0].At),
            // It is judged when it is closed: the last line has the verdict.
            rows[^1].MadeSla.Equals("TRUE", StringComparison.OrdinalIgnoreCase), changes);
    }

    private static Change ChangeOf(IncidentRow row) => new(
        InstantOf(row.Line, "sys_updated_at", row.UpdatedAt),
        StateOf(row.Line, row.State),
        row.UpdatedBy,
        new Fields(PriorityOf(row.Line, row.Priority), Known(row.Group), Known(row.Category), Known(row.AssignedTo)));

    private static Instant InstantOf(long line, string column, string text) =>
        Minute.Parse(text).TryGetValue(default, out var local) ? local.InZoneLeniently(Zone).ToInstant() : throw Unreadable(line, column, text);

    /// <summary>The log writes -100, too, where it does not know the state.</summary>
    private static State? StateOf(long line, string text) =>
        text == "-100" || Known(text) is null ? null : States.TryGetValue(text, out var state) ? state : throw Unreadable(line, "incident_state", text);

    private static string? PriorityOf(long line, string text) =>
        Known(text) is not { } known ? null : Priorities.TryGetValue(known, out var priority) ? priority : throw Unreadable(line, "priority", text);

    private static string? Known(string text) => text is "?" or "" ? null : text;

    private static ReplayFailed Unreadable(long line, string column, string text) => new($"Line {line} of the log: {column} \"{text}\" is not known.");
}
