using System.Globalization;
using System.Net.Mail;
using System.Text;
using System.Text.RegularExpressions;
using HelpDesk.Database;
using NodaTime.Text;

namespace HelpDesk.Delivery;

/// <summary>
/// Mail as <c>.eml</c> files in a folder: the default, and what the sandbox reads. A file appears whole or not at all. Names sort by
/// hand-over: a clock set
/// back, a restart or a second process on the folder does not put a later mail before an earlier one of the same process.
/// </summary>
internal sealed partial class FolderDoor(MailOptions options) : IMailDoor
{
    private static readonly InstantPattern Stamp = InstantPattern.CreateWithInvariantCulture("uuuuMMdd'T'HHmmss'.'ffffff'Z'");

    private readonly Lock gate = new();
    private string? lastStamp;
    private int lastNumber;

    // One after the other, so that the names' order is the order they became due in.
    public int Connections => 1;

    public string Server => "folder";

    public Task Send(OutgoingMail mail, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        using var message = ComposedMail.Of(mail, options.From);
        // Beside its place, so that the move is one of names only. A process killed here may have left one.
        var unfinished = new DirectoryInfo(Path.Combine(options.Folder, $".{mail.Id}.unfinished"));
        if (unfinished.Exists) unfinished.Delete(recursive: true);
        unfinished.Create();
        try
        {
            Write(message, unfinished);
            var file = unfinished.EnumerateFiles().Single();
            Date(file, mail.At);
            lock (gate) MoveIntoPlace(file, mail);
        }
        finally
        {
            unfinished.Delete(recursive: true);
        }

        return Task.CompletedTask;
    }

    private static void Write(MailMessage message, DirectoryInfo folder)
    {
        using var client = new SmtpClient
        {
            DeliveryMethod = SmtpDeliveryMethod.SpecifiedPickupDirectory,
            PickupDirectoryLocation = folder.FullName,
            DeliveryFormat = ComposedMail.Format(message),
        };
        try
        {
            client.Send(message);
        }
        catch (SmtpException error) when (error.InnerException is IOException cause)
        {
            throw new IOException(cause.Message, error);
        }
    }

    /// <summary>The framework dates mail by the machine's clock; in a sandbox the mail is of the sandbox's time.</summary>
    private static void Date(FileInfo file, Instant at)
    {
        var mail = File.ReadAllText(file.FullName, Encoding.Latin1);
        var date = $"Date: {at.ToDateTimeOffset().ToString("ddd, dd MMM yyyy HH:mm:ss", CultureInfo.InvariantCulture)} +0000";
        File.WriteAllText(file.FullName, DateHeader().Replace(mail, date, 1), Encoding.Latin1);
    }

    [GeneratedRegex(@"^Date: [^\r\n]*", RegexOptions.Multiline)]
    private static partial Regex DateHeader();

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
