using HelpDesk.Web;
using HelpDesk.Delivery;
using MailKit.Security;
using Microsoft.Extensions.Configuration;

namespace HelpDesk.Tests.Delivery;

public sealed class MailOptionsTests
{
    private static MailOptions Read(params (string Key, string? Value)[] settings) =>
        MailOptions.Read(new ConfigurationBuilder().AddInMemoryCollection(settings.ToDictionary(setting => setting.Key, setting => setting.Value)).Build());

    [Test]
    public void Without_settings_mail_becomes_files_in_the_data_folder()
    {
        var options = Read(("HELPDESK_DATA", "/srv/desk"));
        Assert.That((options.Host, options.Folder, options.From.ToString(), options.Connections, options.GiveUp, options.PerDomain, options.Domain),
            Is.EqualTo(((string?)null, Path.Combine("/srv/desk", "mail"), "\"HelpDesk\" <helpdesk@localhost>", 4, new GiveUp(Duration.FromDays(3), null), 0, "localhost")));
    }

    [TestCase("false", 25)]
    [TestCase("true", 587)]
    public void The_port_follows_the_encryption(string startTls, int port) => Assert.That(Read(("Mail:StartTls", startTls)).Port, Is.EqualTo(port));

    [TestCase("25", "false", SecureSocketOptions.None)]
    [TestCase("25", "true", SecureSocketOptions.StartTls)]
    [TestCase("465", "false", SecureSocketOptions.SslOnConnect)]
    [TestCase("465", "true", SecureSocketOptions.SslOnConnect)]
    public void On_port_465_TLS_is_spoken_from_the_first_byte(string port, string startTls, SecureSocketOptions security) =>
        Assert.That(Read(("Mail:Port", port), ("Mail:StartTls", startTls)).Security, Is.EqualTo(security));

    [Test]
    public void Message_ids_bear_the_senders_domain_unless_told_otherwise()
    {
        Assert.That(Read(("Mail:From", "Desk <desk@exämple.com>")).Domain, Is.EqualTo("xn--exmple-cua.com"));
        Assert.That(Read(("Mail:From", "Desk <desk@example.com>"), ("Desk:MailDomain", "mail.example.com")).Domain, Is.EqualTo("mail.example.com"));
    }

    [TestCase("Mail:Port", "0")]
    [TestCase("Mail:Port", "smtp")]
    [TestCase("Mail:StartTls", "maybe")]
    [TestCase("Mail:From", "nobody")]
    [TestCase("Mail:From", "a@b.example, c@d.example")]
    [TestCase("Mail:Connections", "65")]
    [TestCase("Mail:Attempts", "-1")]
    [TestCase("Mail:GiveUpAfter", "3 days")]
    [TestCase("Mail:GiveUpAfter", "PT0S")]
    [TestCase("Mail:PerDomain", "-1")]
    [TestCase("Mail:Domains:example.com", "many")]
    [TestCase("Desk:MailDomain", "no domain")]
    public void A_value_that_cannot_be_is_refused_by_its_key(string key, string value) =>
        Assert.That(() => Read((key, value)), Throws.TypeOf<WrongConfiguration>().With.Message.StartsWith(key).And.Message.Contains($"'{value}'"));

    [Test]
    public void A_password_is_taken_as_it_stands() => Assert.That(Read(("Mail:User", "desk"), ("Mail:Password", " sesame ")).Password, Is.EqualTo(" sesame "));

    [Test]
    public void A_user_without_a_password_is_refused_and_the_other_way_round()
    {
        Assert.That(() => Read(("Mail:User", "desk")), Throws.TypeOf<WrongConfiguration>().With.Message.StartsWith("Mail:Password is missing"));
        Assert.That(() => Read(("Mail:Password", "sesame")), Throws.TypeOf<WrongConfiguration>().With.Message.StartsWith("Mail:User is missing").And.Message.Not.Contains("sesame"));
    }
}
