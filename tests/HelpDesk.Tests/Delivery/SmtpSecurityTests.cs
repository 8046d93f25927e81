using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using MailKit.Security;

namespace HelpDesk.Tests.Delivery;

public sealed class SmtpSecurityTests : SmtpFixture
{
    [TestCase("LOGIN")]
    [TestCase("PLAIN")]
    [TestCase("GSSAPI NTLM XOAUTH2 LOGIN PLAIN")]
    public async Task User_and_password_are_given_after_the_encryption_began(string mechanisms)
    {
        using var certificate = Certificate();
        await Restart(
            new() { Certificate = certificate, Auth = mechanisms, User = "desk", Password = "pässword" },
            Options with { Security = SecureSocketOptions.StartTls, User = "desk", Password = "pässword" },
            certificate);
        var id = await Queue(Message());
        await Run();
        Assert.That(await ErrorOf(id), Is.Null);
        Assert.That((Sink.Mails.Single().Encrypted, Sink.Mails.Single().User), Is.EqualTo((true, "desk")));
    }

    [TestCase("LOGIN")]
    [TestCase("PLAIN")]
    [TestCase("XOAUTH2", Description = "which is not spoken")]
    public async Task A_login_that_fails_is_what_may_pass_and_the_password_never_shows(string mechanisms)
    {
        await Restart(new() { Auth = mechanisms, User = "desk", Password = "right" }, Options with { User = "desk", Password = "sesame" });
        var id = await Queue(Message());
        await Run();
        Assert.That(await StateOf(id), Is.EqualTo("failed"));
        Assert.That(await ErrorOf(id), Is.EqualTo(mechanisms == "XOAUTH2" ? $"The mail server 127.0.0.1:{Sink.Port} can authenticate nobody by a password." : "535 5.7.8 no such user or password"));
    }

    [Test]
    public async Task A_server_whose_certificate_is_not_trusted_gets_no_mail()
    {
        using var certificate = Certificate();
        await Restart(new() { Certificate = certificate }, Options with { Security = SecureSocketOptions.StartTls });
        var id = await Queue(Message());
        await Run();
        Assert.That((await StateOf(id), Sink.Mails.Count), Is.EqualTo(("failed", 0)));
        Assert.That(await ErrorOf(id), Does.StartWith($"No encrypted connection to the mail server 127.0.0.1:{Sink.Port}: ").And.Contain("certificate"));
    }

    [Test]
    public async Task A_server_without_STARTTLS_gets_no_mail_where_it_is_demanded()
    {
        await Restart(new(), Options with { Security = SecureSocketOptions.StartTls });
        var id = await Queue(Message());
        await Run();
        Assert.That((await StateOf(id), await ErrorOf(id)), Is.EqualTo((
            "failed",
            $"The mail server 127.0.0.1:{Sink.Port} cannot do what the configuration demands of it: The SMTP server does not support the STARTTLS extension.")));
        Assert.That(Sink.Mails, Is.Empty);
    }

    [Test]
    public async Task A_conversation_may_be_encrypted_from_the_first_byte()
    {
        using var certificate = Certificate();
        await Restart(
            new() { Certificate = certificate, IsEncryptedFromTheStart = true }, Options with { Security = SecureSocketOptions.SslOnConnect }, certificate);
        await Queue(Message());
        await Run();
        Assert.That(Sink.Mails.Single().Encrypted, Is.True);
    }

    [Test]
    public async Task A_user_is_no_hindrance_at_a_server_that_asks_for_none()
    {
        await Restart(new(), Options with { User = "desk", Password = "sesame" });
        var id = await Queue(Message());
        await Run();
        Assert.That(await StateOf(id), Is.EqualTo("sent"));
    }

    private static X509Certificate2 Certificate()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=127.0.0.1", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using var made = request.CreateSelfSigned(Now.ToDateTimeOffset().AddYears(-20), Now.ToDateTimeOffset().AddYears(50));
        return X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pkcs12), null);
    }
}
