using HelpDesk.Database;
using HelpDesk.Delivery;
using HelpDesk.Policies;
using HelpDesk.Time;
using Npgsql;

namespace HelpDesk.Advisories;

/// <summary>An advisory as those need it who tell it.</summary>
internal sealed record KnownAdvisory(Guid Id, IReadOnlyDictionary<string, AdvisoryText> Texts, PolicyConditions When, Instant From, Instant? Until)
{
    private const string Columns = """id, texts, "when", "from", until""";

    private const string NewestFirst = """order by "from" desc, sequence desc""";

    /// <summary>Published or not, as of $1.</summary>
    private const string Active = $"""select {Columns} from advisories where "from" <= $1 and (until is null or until > $1) {NewestFirst}""";

    /// <summary>Those with the ids $1.</summary>
    public const string ByIds = $"select {Columns} from advisories where id = any ($1) {NewestFirst}";

    /// <summary>Those that customers may be told of now, the newest first.</summary>
    public static async Task<IReadOnlyList<KnownAdvisory>> ReadActive(NpgsqlDataSource database, NpgsqlConnection? connection, Instant now, CancellationToken cancel)
    {
        await using var command = database.CommandOver(connection, Active);
        new Values(command.Parameters).Instant(now);
        return await Read(command, cancel);
    }

    public static async Task<IReadOnlyList<KnownAdvisory>> Read(NpgsqlCommand command, CancellationToken cancel)
    {
        await using var row = await command.ExecuteReaderAsync(cancel);
        var read = new List<KnownAdvisory>();
        while (await row.ReadAsync(cancel))
        {
            read.Add(new(row.GetGuid(0), Advisory.ReadTexts(row.GetString(1)), Advisory.ReadWhen(row.GetString(2)), row.GetDateTime(3).ToInstant(), row.At(4)));
        }

        return read;
    }

    public bool IsActive(Instant now) => From <= now && !(Until <= now);

    public bool Covers(Matter matter) => When.Covers(matter);

    /// <summary>The text in the first of the locales that it has: each of those wanted with its parents, the desk's default, else any, which is the same one for everybody.</summary>
    public (string Locale, AdvisoryText Text) In(IEnumerable<string?> wanted, Languages languages)
    {
        var found = languages.Wanted(wanted).Select(locale => Texts.Keys.FirstOrDefault(known => known.Equals(locale, StringComparison.OrdinalIgnoreCase))).FirstOrDefault(known => known is not null)
            ?? Texts.Keys.Order(StringComparer.Ordinal).First();
        return (found, Texts[found]);
    }

    /// <summary>As a reason in a letter: one text of the title and the body.</summary>
    public string Reason(string? locale, Languages languages)
    {
        var (title, body) = In([locale], languages).Text;
        return $"{title}{(title[^1] is '.' or '!' or '?' or '…' or ':' ? "" : ".")} {body}";
    }
}
