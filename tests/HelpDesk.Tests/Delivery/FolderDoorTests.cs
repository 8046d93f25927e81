using HelpDesk.Delivery;
using HelpDesk.Tests.Support;
using Microsoft.Extensions.Configuration;

namespace HelpDesk.Tests.Delivery;

public sealed class FolderDoorTests
{
    private static readonly Instant Eight = Instant.FromUtc(2026, 3, 2, 8, 0) + Duration.FromTicks(1_234_560);

    private string folder = "";

    [SetUp]
    public void Choose_a_folder() => folder = Path.Combine(Directory.CreateTempSubdirectory("helpdesk").FullName, "mail");

    [TearDown]
    public void Remove_the_folder() => Directory.Delete(Path.GetDirectoryName(folder)!, recursive: true);

    private FolderDoor Door => new(MailOptions.Read(new ConfigurationBuilder().Build()) with { Folder = folder });

    private static OutgoingMail Mail(Instant at, long? ticket = 42) => new()
    {
        Id = Guid.Parse("0195564e-8a00-7c3d-9b1f-2f4a5c6d7e8f"),
        TicketId = ticket,
        Kind = MessageKind.FollowUp,
        Recipient = "aino@example.org",
        Locale = "en",
        Subject = "Hello",
        Text = "Good day.\n",
        Html = "<p>Good day.</p>\n",
        MessageId = "<1@example.com>",
        At = at,
    };

    private string[] Names => [.. Directory.EnumerateFileSystemEntries(folder).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];

    [Test]
    public async Task A_mail_is_a_file_named_by_its_hand_over_its_ticket_and_its_kind()
    {
        await Door.Send(Mail(Eight), default);
        Assert.That(Names, Is.EqualTo(new[] { "20260302T080000.123456Z-000001-ticket-42-follow_up.eml" }));
        Assert.That(ParsedMail.Of(await File.ReadAllTextAsync(Path.Combine(folder, Names[0])))["To"], Is.EqualTo("aino@example.org"));
    }

    [Test]
    public async Task Names_sort_by_hand_over_even_within_an_instant_after_a_restart_and_when_the_clock_was_set_back()
    {
        var door = Door;
        await door.Send(Mail(Eight, 7), default);
        await door.Send(Mail(Eight, 3), default);
        door = Door;
        await door.Send(Mail(Eight, 5), default);
        await door.Send(Mail(Eight - Duration.FromHours(1), 1), default);
        await door.Send(Mail(Eight, null), default);
        await door.Send(Mail(Eight + Duration.FromTicks(10), 2), default);
        Assert.That(Names, Is.EqualTo(new[]
        {
            "20260302T080000.123456Z-000001-ticket-7-follow_up.eml",
            "20260302T080000.123456Z-000002-ticket-3-follow_up.eml",
            "20260302T080000.123456Z-000003-ticket-5-follow_up.eml",
            "20260302T080000.123456Z-000004-ticket-1-follow_up.eml",
            "20260302T080000.123456Z-000005-no-ticket-follow_up.eml",
            "20260302T080000.123457Z-000001-ticket-2-follow_up.eml",
        }));
    }

    [Test]
    public async Task A_hand_over_cut_off_by_the_end_of_its_process_is_begun_anew()
    {
        Directory.CreateDirectory(folder);
        await File.WriteAllTextAsync(Path.Combine(folder, $".{Mail(Eight).Id}.unfinished"), new string('x', 10_000));
        await Door.Send(Mail(Eight), default);
        Assert.That(Names, Is.EqualTo(new[] { "20260302T080000.123456Z-000001-ticket-42-follow_up.eml" }));
        Assert.That(ParsedMail.Of(await File.ReadAllTextAsync(Path.Combine(folder, Names[0])))["To"], Is.EqualTo("aino@example.org"));
    }

    [Test]
    public void What_is_no_address_is_refused_for_good()
    {
        var refused = Assert.ThrowsAsync<MailRefused>(() => Door.Send(Mail(Eight) with { Recipient = "a@b\r\nBcc: eve@example.org" }, default));
        Assert.That(refused!.IsPermanent, Is.True);
    }
}
