using System.Buffers.Text;
using System.Security.Cryptography;
using HelpDesk.Access;

namespace HelpDesk.Delivery;

/// <summary>
/// The address at which a customer ends, or takes up again, what the desk mails her. It holds her id and not her address, is good for that alone and for ever, and
/// cannot be guessed. Null where the desk has no public address (<c>Desk:PublicUrl</c>).
/// </summary>
internal sealed class OptOutLinks(DeskKey key, string? publicUrl)
{
    public const string Path = "/v1/public/opt-out";

    private const int IdBytes = 16;
    private const int ProofBytes = 16;

    public string? Of(Guid? customer) => publicUrl is null || customer is not { } id ? null : $"{publicUrl}{Path}/{Token(id)}";

    public string Token(Guid customer) => Base64Url.EncodeToString([.. customer.ToByteArray(bigEndian: true), .. Proof(customer)]);

    public Guid? Read(string token)
    {
        // Of the ways to write the same bytes one alone is good.
        if (token.Length != Base64Url.GetEncodedLength(IdBytes + ProofBytes) || !Base64Url.IsValid(token)) return null;
        var bytes = Base64Url.DecodeFromChars(token);
        var customer = new Guid(bytes.AsSpan(0, IdBytes), bigEndian: true);
        return CryptographicOperations.FixedTimeEquals(bytes.AsSpan(IdBytes), Proof(customer)) && Token(customer) == token ? customer : null;
    }

    private ReadOnlySpan<byte> Proof(Guid customer) => key.For($"opt-out:{customer}").AsSpan(0, ProofBytes);
}
