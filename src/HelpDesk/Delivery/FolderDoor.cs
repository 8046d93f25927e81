using System.Globalization;
using HelpDesk.Database;
using NodaTime.Text;

namespace HelpDesk.Delivery;

/// <summary>
/// Mail as <c>.eml</c> files in a folder: the default, and what the sandbox reads. A file appears whole or not at all. Names sort by
/// hand-over: a clock set
/// back, a restart or a second process on the folder does not put a later mail before an earlier one of the same process.
/// </summary>
internal sealed class FolderDoor(MailOptions options) : IMailDoor
{
    private static readonly InstantPattern Stamp = InstantPattern.CreateWithInvariantCulture("uuuuMMdd'T'HHmmss'.'ffffff'Z'");

    private readonly Lock gate = new();
    private string? lastStamp;
    private int lastNumber;

    // One after the other, so that the names' order is the order they became due in.
    public int Connections => 1;

    public string Server => "folder";

    public Task<string?> Send(OutgoingMail mail, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        using var message = ComposedMail.Of(mail, options.From);
        // The envelope, as those who take mail from folders read it.
        message.Headers.Insert(0, "X-Receiver", message.To.Mailboxes.Single().GetAddress(idnEncode: true));
        message.Headers.Insert(0, "X-Sender", message.From.Mailboxes.Single().GetAddress(idnEncode: true));
        Directory.CreateDirectory(options.Folder);
        // Beside its place, so that the move is one of names only. A process killed here may have left one.
        var unfinished = new FileInfo(Path.Combine(options.Folder, $".{mail.Id}.unfinished"));
        try
        {
            using (var file = unfinished.Create()) message.WriteTo(ComposedMail.Format(message), file, cancel);
            lock (gate) MoveIntoPlace(unfinished, mail);
        }
        catch
        {
            unfinished.Delete();
            throw;
        }

        return Task.FromResult<string?>(null);
    }

    private void MoveIntoPlace(FileInfo unfinished, OutgoingMail mail)
    {
        lastStamp ??= ReadLast();
        var stamp = Stamp.Format(mail.At);
        if (string.CompareOrdinal(stamp, lastStamp) > 0) (lastStamp, lastNumber) = (stamp, 0);
        var ticket = mail.TicketId is { } id ? string.Create(CultureInfo.InvariantCulture, $"ticket-{id}") : "no-ticket";
        string path;
        do
        {
            lastNumber++;
            var name = string.Create(CultureInfo.InvariantCulture, $"{lastStamp}-{lastNumber:D6}-{ticket}-{mail.Kind.Word()}.eml");
            path = Path.Combine(options.Folder, name);
        }
        while (File.Exists(path));
        unfinished.MoveTo(path, overwrite: false);
    }

    private string ReadLast()
    {
        var names = Directory.EnumerateFiles(options.Folder, "*.eml").Select(path => Path.GetFileName(path).Split('-'));
        var last = names.Where(parts => parts.Length > 2 && Stamp.Parse(parts[0]).Success)
            .Select(parts => (Stamp: parts[0], Number: parts[1]))
            .Order()
            .LastOrDefault();
        lastNumber = int.TryParse(last.Number, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
        return last.Stamp ?? "";
    }
}
