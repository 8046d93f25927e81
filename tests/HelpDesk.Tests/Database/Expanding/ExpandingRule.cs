using System.Text.RegularExpressions;

namespace HelpDesk.Tests.Database.Expanding;

/// <summary>
/// What a migration may do while servers of the release before write and read: add. The rule reads SQL and knows no more than it says; where only people can judge, they do so in a
/// comment right before the statement (<c>-- Safe: why</c>), and what takes away is allowed where the migration says what it takes and since when nobody uses it.
/// </summary>
internal sealed partial class ExpandingRule
{
    private const string Alone = "-- Outside a transaction.";
    private readonly string id;
    private readonly string sql;
    private readonly IReadOnlyList<SqlStatement> statements;
    private readonly HashSet<string> made;
    private readonly Contraction? contraction;

    private ExpandingRule(string id, string sql)
    {
        (this.id, this.sql, statements, contraction) = (id, sql, SqlStatement.Of(sql), Contraction.Of(id, sql));
        made = [.. statements.Select(statement => NewTable().Match(statement.Words)).Where(match => match.Success).Select(match => match.Groups[1].Value)];
    }

    /// <param name="id">Of the migration, as in its file's name.</param>
    /// <param name="released">The newest migration of the release before.</param>
    /// <returns>What breaks the rule, with why; nothing where nothing does.</returns>
    public static IReadOnlyList<string> Faults(string id, string sql, string released) => [.. new ExpandingRule(id, sql).Faults(released)];

    private IEnumerable<string> Faults(string released)
    {
        if (contraction?.Fault(released) is { } wrong) yield return $"{id}: {wrong}";
        foreach (var statement in statements)
        {
            if (IsAlone && !Concurrent().IsMatch(statement.Words)) yield return $"{id}: {statement.Words}: only 'concurrently' belongs outside a transaction";
            foreach (var (verdict, why) in Judge(statement.Words))
            {
                if (verdict is Verdict.Never || (verdict is Verdict.Judged && !statement.Said.StartsWith("Safe: ", StringComparison.Ordinal)) || (verdict is Verdict.Contracts && contraction is null)) yield return $"{id}: {statement.Words}: {why}";
            }
        }
    }

    private bool IsAlone => sql.StartsWith(Alone, StringComparison.Ordinal);

    private IEnumerable<(Verdict Verdict, string Why)> Judge(string words)
    {
        if (NewTable().IsMatch(words)) return Pointing(words);
        if (Altered().Match(words) is { Success: true } altered) return made.Contains(altered.Groups[1].Value) ? [] : SqlStatement.Parts(altered.Groups[2].Value).Select(Alterations.Of);
        if (Index().Match(words) is { Success: true } index) return made.Contains(index.Groups["table"].Value) ? [] : Building(index);
        if (DroppedIndex().Match(words) is { Success: true } dropped) return [Dropping(dropped.Groups[1].Value)];
        if (Written().Match(words) is { Success: true } written && made.Contains(written.Groups[1].Value)) return [];
        return [Shapes.Of(words)];
    }

    /// <summary>Old servers delete what a new table points to, and know nothing of it.</summary>
    private IEnumerable<(Verdict, string)> Pointing(string words) => Reference().Matches(words).Where(match => !made.Contains(match.Groups[1].Value))
        .Select(match => (Verdict.Never, $"old servers delete from {match.Groups[1].Value}: say 'on delete cascade' or 'on delete set null'"));

    private IEnumerable<(Verdict, string)> Building(Match index)
    {
        if (index.Groups["unique"].Success) yield return (Verdict.Judged, "old servers may write twice what it wants once");
        if (!index.Groups["concurrently"].Success) yield return (Verdict.Never, $"it stops writers while it is built: 'concurrently', in a migration that begins with '{Alone}'");
        else if (!IsAlone) yield return (Verdict.Never, $"it cannot run in a transaction: begin the migration with '{Alone}'");
        else if (!statements.Any(other => other.Words == $"drop index concurrently if exists {index.Groups["name"].Value}")) yield return (Verdict.Never, "one whose build failed stays and is worth nothing: drop it before, 'drop index concurrently if exists'");
    }

    private (Verdict, string) Dropping(string dropped) =>
        statements.Any(statement => Index().Match(statement.Words) is { Success: true } index && index.Groups["name"].Value == Concurrently().Replace(dropped, "")) ? (Verdict.Fine, "")
        : Concurrently().IsMatch(dropped) ? (Verdict.Judged, "old servers may need it to be quick") : (Verdict.Never, "it stops writers: 'concurrently'");

    [GeneratedRegex(@"^create (?:unlogged )?table (?:if not exists )?(\w+)")]
    private static partial Regex NewTable();

    [GeneratedRegex(@"^alter table (?:if exists )?(?:only )?(\w+) (.*)$")]
    private static partial Regex Altered();

    [GeneratedRegex(@"^create (?<unique>unique )?index (?<concurrently>concurrently )?(?:if not exists )?(?<name>\w+) on (?:only )?(?<table>\w+)")]
    private static partial Regex Index();

    [GeneratedRegex(@"^drop index ((?:concurrently )?.*)$")]
    private static partial Regex DroppedIndex();

    [GeneratedRegex("^concurrently (if exists )?")]
    private static partial Regex Concurrently();

    [GeneratedRegex("^(create (unique )?index|drop index) concurrently ")]
    private static partial Regex Concurrent();

    [GeneratedRegex(@"^(?:insert into|update|delete from|create (?:constraint )?trigger \w+ .*? on) (\w+)")]
    private static partial Regex Written();

    [GeneratedRegex(@"\breferences (\w+)\b(?: ?\([^)]*\))?(?! ?\(| on delete (?:cascade|set null|set default))")]
    private static partial Regex Reference();
}

internal enum Verdict
{
    Fine,

    /// <summary>Only people can tell.</summary>
    Judged,

    /// <summary>It takes away.</summary>
    Contracts,

    /// <summary>There is another way.</summary>
    Never,
}
