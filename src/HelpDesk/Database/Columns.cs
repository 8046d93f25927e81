using Npgsql;
using NpgsqlTypes;

namespace HelpDesk.Database;

/// <summary>
/// Rows as one array parameter per column, for <c>unnest</c>: however many rows, one command and one plan. Columns are added in the order of their
/// placeholders.
/// </summary>
internal sealed class Columns<TRow>(NpgsqlParameterCollection parameters, IReadOnlyList<TRow> rows)
{
    private static readonly Instant Epoch = NodaTime.Instant.FromUtc(2000, 1, 1, 0, 0);

    public Columns<TRow> Add<T>(NpgsqlDbType type, Func<TRow, T> value)
    {
        var values = new T[rows.Count];
        for (var index = 0; index < values.Length; index++) values[index] = value(rows[index]);
        parameters.Add(new NpgsqlParameter<T[]> { TypedValue = values, NpgsqlDbType = NpgsqlDbType.Array | type });
        return this;
    }

    public Columns<TRow> Text(Func<TRow, string?> value) => Add(NpgsqlDbType.Text, value);

    public Columns<TRow> Json(Func<TRow, string?> value) => Add(NpgsqlDbType.Jsonb, value);

    public Columns<TRow> Uuid(Func<TRow, Guid?> value) => Add(NpgsqlDbType.Uuid, value);

    public Columns<TRow> Bigint(Func<TRow, long?> value) => Add(NpgsqlDbType.Bigint, value);

    public Columns<TRow> Integer(Func<TRow, int?> value) => Add(NpgsqlDbType.Integer, value);

    public Columns<TRow> Boolean(Func<TRow, bool> value) => Add(NpgsqlDbType.Boolean, value);

    public Columns<TRow> Instant(Func<TRow, Instant?> value) => Add(NpgsqlDbType.TimestampTz, row => value(row) is { } instant ? Microseconds(instant) : (long?)null);

    /// <summary>As PostgreSQL keeps it: of a DateTime, whose kind could differ, each value would be looked at twice.</summary>
    private static long Microseconds(Instant instant) => (instant - Epoch).BclCompatibleTicks / 10;
}
