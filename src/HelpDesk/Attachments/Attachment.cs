namespace HelpDesk.Attachments;

/// <summary>A file on a ticket. Written by <see cref="AttachmentLog"/> alone; its bytes are kept by an <see cref="IAttachmentStore"/>.</summary>
internal sealed class Attachment
{
    public Guid Id { get; private set; }

    public long Sequence { get; private set; }

    public long TicketId { get; private set; }

    public Guid? MessageId { get; private set; }

    public string Name { get; private set; } = "";

    public string Type { get; private set; } = "";

    public string? DeclaredType { get; private set; }

    public long Size { get; private set; }

    public byte[] Sha256 { get; private set; } = [];

    public string Store { get; private set; } = "";

    public string UploadedBy { get; private set; } = "";

    public Instant CreatedAt { get; private set; }
}
