using System.Buffers;
using System.Globalization;
using System.Text.Json;
using HelpDesk.Database;
using HelpDesk.Events.Feed;
using HelpDesk.Time;
using Npgsql;

namespace HelpDesk.Webhooks;

/// <summary>An event as it is posted: what the feed has of it, and no more.</summary>
internal static class OutgoingEvent
{
    /// <summary>Of <c>events e</c>.</summary>
    public const string Columns = "e.sequence, e.type, e.at, e.actor, e.request_id, e.ticket_id, e.commitment_id, e.promise_id, e.data::text";

    /// <summary>The webhook-id: of the event, not of the attempt, so that a receiver knows a repeated one, also in a replay.</summary>
    public static string MessageId(long sequence) => string.Create(CultureInfo.InvariantCulture, $"evt_{sequence}");

    /// <param name="first">The place of the first of <see cref="Columns"/>.</param>
    public static FeedRow Read(NpgsqlDataReader row, int first) => new(
        row.GetInt64(first), row.GetString(first + 1), row.GetDateTime(first + 2).ToInstant(), row.GetString(first + 3), row.Text(first + 4),
        row.IsDBNull(first + 5) ? null : row.GetInt64(first + 5), row.IsDBNull(first + 6) ? null : row.GetGuid(first + 6), row.IsDBNull(first + 7) ? null : row.GetGuid(first + 7),
        row.GetString(first + 8), null);

    public static byte[] Body(FeedRow row)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var json = new Utf8JsonWriter(buffer, FeedRow.Writing)) row.Write(json);
        return buffer.WrittenSpan.ToArray();
    }
}
