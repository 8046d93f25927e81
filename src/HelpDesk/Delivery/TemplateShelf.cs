using System.Collections.Frozen;
using HelpDesk.Database;
using HelpDesk.Time;
using HelpDesk.Web;
using Npgsql;
using NpgsqlTypes;

namespace HelpDesk.Delivery;

/// <summary>A version of a stored template, by name.</summary>
internal readonly record struct TemplateKey(Guid Id, int Version);

/// <summary>A stored template ready to be used. A version never changes, so one that was read is kept while it is in force, and compiled once.</summary>
internal sealed class ShelvedTemplate(TemplateKey key, TemplateSource source, string locale)
{
    private readonly Lazy<CompiledTemplate> compiled = new(() => CompiledTemplate.Of(source, locale));

    public TemplateKey Key => key;

    public CompiledTemplate Compiled => compiled.Value;
}

/// <summary>The stored templates in force, as this server knows them: nobody asks for every message.</summary>
internal sealed class TemplateShelf
{
    private const string InForce = "select kind, lower(locale), channel, id, version, locale from templates where deleted_at is null";

    private const string Bodies =
        """
        select v.template_id, v.version, v.subject, v.text, v.html
        from unnest($1, $2) as wanted (id, version) join template_versions v on v.template_id = wanted.id and v.version = wanted.version
        """;

    private readonly NpgsqlDataSource database;
    private readonly AgingShelf<FrozenDictionary<Place, ShelvedTemplate>> shelf;
    private int forgotten;

    public TemplateShelf(NpgsqlDataSource database, TimeProvider machine)
    {
        this.database = database;
        shelf = new(machine, () => Volatile.Read(ref forgotten));
    }

    private readonly record struct Place(MessageKind Kind, string Locale, DeliveryChannel? Channel);

    /// <summary>In exactly this locale, in whatever case; that for the channel before that for all.</summary>
    public ShelvedTemplate? Find(MessageKind kind, string locale, DeliveryChannel channel)
    {
        if (shelf.Known is not { Count: > 0 } templates) return null;
        var lower = locale.ToLowerInvariant();
        return templates.TryGetValue(new(kind, lower, channel), out var special) ? special : templates.GetValueOrDefault(new(kind, lower, null));
    }

    /// <summary>For whoever is about to write to people.</summary>
    /// <param name="connection">The one at hand; null for the request's, or one from the pool.</param>
    public async ValueTask Refresh(NpgsqlConnection? connection, CancellationToken cancel)
    {
        if (shelf.Good() is null) await shelf.Refresh(known => Read(known, connection, cancel));
    }

    /// <summary>After a change here: whoever writes next looks.</summary>
    public void Forget() => Interlocked.Increment(ref forgotten);

    private async ValueTask<FrozenDictionary<Place, ShelvedTemplate>> Read(FrozenDictionary<Place, ShelvedTemplate>? known, NpgsqlConnection? connection, CancellationToken cancel)
    {
        var places = new List<(Place Place, TemplateKey Key, string Locale)>();
        await using (var command = database.CommandOver(connection, InForce))
        {
            await using var row = await command.ExecuteReaderAsync(cancel);
            while (await row.ReadAsync(cancel)) Add(places, row);
        }

        var there = (known?.Values ?? []).ToDictionary(template => template.Key);
        var missing = places.Where(each => !there.ContainsKey(each.Key)).ToDictionary(each => each.Key, each => each.Locale);
        if (missing.Count > 0) await ReadBodies(missing, there, connection, cancel);
        return places.Where(each => there.ContainsKey(each.Key)).ToFrozenDictionary(each => each.Place, each => there[each.Key]);
    }

    /// <summary>A kind or channel that this version of the desk does not know is another server's affair.</summary>
    private static void Add(List<(Place, TemplateKey, string)> places, NpgsqlDataReader row)
    {
        DeliveryChannel? channel = null;
        if (!Words<MessageKind>.TryParse(row.GetString(0), out var kind)) return;
        if (row.Text(2) is { } word)
        {
            if (!Words<DeliveryChannel>.TryParse(word, out var one)) return;
            channel = one;
        }

        places.Add((new(kind, row.GetString(1), channel), new(row.GetGuid(3), row.GetInt32(4)), row.GetString(5)));
    }

    private async Task ReadBodies(
        Dictionary<TemplateKey, string> missing, Dictionary<TemplateKey, ShelvedTemplate> there, NpgsqlConnection? connection, CancellationToken cancel)
    {
        await using var command = database.CommandOver(connection, Bodies);
        command.Parameters.Add(new() { Value = missing.Keys.Select(key => key.Id).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Uuid });
        command.Parameters.Add(new() { Value = missing.Keys.Select(key => key.Version).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Integer });
        await using var row = await command.ExecuteReaderAsync(cancel);
        while (await row.ReadAsync(cancel))
        {
            var key = new TemplateKey(row.GetGuid(0), row.GetInt32(1));
            there[key] = new(key, TemplateSource.Of(row.GetString(2), row.GetString(3), row.Text(4)), missing[key]);
        }
    }
}
