using System.Globalization;
using CsvHelper;

namespace HelpDesk.Replay;

/// <summary>The columns of a line that are read. A line is the incident's state after one change.</summary>
internal sealed record IncidentRow(
    long Line, string Number, string State, string MadeSla, string Caller, string OpenedAt, string UpdatedBy, string UpdatedAt, string ContactType,
    string Category, string Subcategory, string Priority, string Group, string AssignedTo)
{
    private static readonly string[] Columns =
    [
        "number", "incident_state", "made_sla", "caller_id", "opened_at", "sys_updated_by", "sys_updated_at", "contact_type", "category", "subcategory",
        "priority", "assignment_group", "assigned_to",
    ];

    private static readonly CsvReaderOptions Options = new()
    {
        Separator = ',', TrackLineNumbers = true, FieldCountMismatch = CsvFieldCountHandling.Throw, FormatProvider = CultureInfo.InvariantCulture,
    };

    public static IReadOnlyList<IncidentRow> ReadAll(TextReader text)
    {
        try
        {
            using var csv = CsvReader.Create(text, Options);
            var at = Columns.Select(column => csv.TryGetFieldIndex(column, out var index)
                ? index
                : throw new ReplayFailed($"The log has no column \"{column}\".")).ToArray();
            var rows = new List<IncidentRow>();
            while (csv.Read())
            {
                string Text(int column) => csv.GetString(at[column]);
                rows.Add(new IncidentRow(
                    csv.LineNumber, Text(0), Text(1), Text(2), Text(3), Text(4), Text(5), Text(6), Text(7), Text(8), Text(9), Text(10), Text(11), Text(12)));
            }

            return rows.Count > 0 ? rows : throw new ReplayFailed("The log has no incidents.");
        }
        catch (CsvFormatException error)
        {
            throw new ReplayFailed($"The log cannot be read as CSV: {error.Message}");
        }
    }
}
