using Npgsql;
using NpgsqlTypes;

namespace HelpDesk.Database;

/// <summary>One row as one parameter per column, in the order of the placeholders; see <see cref="Columns{TRow}"/> for many.</summary>
internal sealed class Values(NpgsqlParameterCollection parameters)
{
    public Values Text(string? value) => Add(NpgsqlDbType.Text, value);

    public Values Json(string? value) => Add(NpgsqlDbType.Jsonb, value);

    public Values Texts(IReadOnlyList<string>? values) => Add(NpgsqlDbType.Array | NpgsqlDbType.Text, values?.ToArray());

    public Values Uuid(Guid? value) => value is { } given ? Add(NpgsqlDbType.Uuid, given) : Null(NpgsqlDbType.Uuid);

    public Values Bigint(long? value) => value is { } given ? Add(NpgsqlDbType.Bigint, given) : Null(NpgsqlDbType.Bigint);

    public Values Integer(int? value) => value is { } given ? Add(NpgsqlDbType.Integer, given) : Null(NpgsqlDbType.Integer);

    public Values Instant(Instant? value) => value is { } given ? Add(NpgsqlDbType.TimestampTz, given.ToDateTimeUtc()) : Null(NpgsqlDbType.TimestampTz);

    private Values Add<T>(NpgsqlDbType type, T value)
    {
        if (value is null) return Null(type);
        parameters.Add(new NpgsqlParameter<T> { TypedValue = value, NpgsqlDbType = type });
        return this;
    }

    private Values Null(NpgsqlDbType type)
    {
        parameters.Add(new NpgsqlParameter { Value = DBNull.Value, NpgsqlDbType = type });
        return this;
    }
}
