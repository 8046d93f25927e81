namespace HelpDesk.Attachments;

/// <summary>A file on a ticket.</summary>
/// <param name="Id">Names the attachment.</param>
/// <param name="TicketId">The ticket it is on.</param>
/// <param name="MessageId">The message that carries it, and that says who may see it; null until a message names it: then it is for agents alone.</param>
/// <param name="Name">The file's name, without folders and without characters that hide what it is. Example: "photo.png".</param>
/// <param name="Type">The media type that its bytes show; what shows none is application/octet-stream. Example: "image/png".</param>
/// <param name="DeclaredType">The media type that its sender said; null if none was said. Where it differs from type, type is right. Example: "image/jpeg".</param>
/// <param name="Size">In bytes; 0 is an empty file. Example: 48231.</param>
/// <param name="Sha256">The SHA-256 of its bytes, in hexadecimal. Example: "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855".</param>
/// <param name="CreatedAt">When it was uploaded.</param>
public sealed record AttachmentResponse(
    Guid Id, long TicketId, Guid? MessageId, string Name, string Type, string? DeclaredType, long Size, string Sha256, Instant CreatedAt)
{
    internal static AttachmentResponse Of(Attachment row) => new(
        row.Id, row.TicketId, row.MessageId, row.Name, row.Type, row.DeclaredType, row.Size, Convert.ToHexStringLower(row.Sha256), row.CreatedAt);
}
