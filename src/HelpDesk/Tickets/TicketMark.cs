using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace HelpDesk.Tickets;

/// <summary>A tag or a value of a custom field that a ticket has, as a hash; see ticket_mark in the database, whose triggers write these.</summary>
internal sealed class TicketMark
{
    public long Mark { get; private set; }

    public Instant CreatedAt { get; private set; }

    public long TicketId { get; private set; }

    public static long OfTag(string tag) => Of($"tag {tag}");

    /// <param name="key">The custom field.</param>
    /// <param name="value">As text; a number without needless zeros.</param>
    public static long OfField(string key, string value) => Of($"field {key} {value}");

    private static long Of(string name) => BinaryPrimitives.ReadInt64BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes(name)));
}
