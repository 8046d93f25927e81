using System.Net;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace HelpDesk.Tests.Delivery;

public sealed class SmtpSecurityTests : SmtpFixture
{
    [TestCase("LOGIN")]
    [TestCase("GSSAPI NTLM LOGIN PLAIN")]
    public async Task User_and_password_are_given_after_the_encryption_began(string mechanisms)
    {
        using var certificate = Certificate();
        await Restart(
            new() { Certificate = certificate, Auth = mechanisms, User = "desk", Password = "pässword" },
            Options with { StartTls = true, User = "desk", Password = "pässword" });
        using var trust = new Trust(certificate);
        var id = await Queue(Message());
        await Run();
        Assert.That(await ErrorOf(id), Is.Null);
        Assert.That((Sink.Mails.Single().Encrypted, Sink.Mails.Single().User), Is.EqualTo((true, "desk")));
    }

    [TestCase("LOGIN")]
    [TestCase("PLAIN", Description = "which the framework does not speak")]
    public async Task A_login_that_fails_is_what_may_pass_and_the_password_never_shows(string mechanisms)
    {
        await Restart(new() { Auth = mechanisms, User = "desk", Password = "right" }, Options with { User = "desk", Password = "sesame" });
        var id = await Queue(Message());
        await Run();
        Assert.That(await StateOf(id), Is.EqualTo("failed"));
        Assert.That(await ErrorOf(id), Is.EqualTo(
            "530 The SMTP server requires a secure connection or the client was not authenticated. The server response was: 5.7.0 authenticate first"));
    }

    [Test]
    public async Task A_server_whose_certificate_is_not_trusted_gets_no_mail()
    {
        using var certificate = Certificate();
        await Restart(new() { Certificate = certificate }, Options with { StartTls = true });
        var id = await Queue(Message());
        await Run();
        Assert.That((await StateOf(id), Sink.Mails.Count), Is.EqualTo(("failed", 0)));
        Assert.That(await ErrorOf(id), Does.Contain("certificate"));
    }

    [Test]
    public async Task A_server_without_STARTTLS_gets_no_mail_where_it_is_demanded()
    {
        await Restart(new(), Options with { StartTls = true });
        var id = await Queue(Message());
        await Run();
        Assert.That((await StateOf(id), await ErrorOf(id)), Is.EqualTo(("failed", "Server does not support secure connections.")));
    }

    private static X509Certificate2 Certificate()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=127.0.0.1", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using var made = request.CreateSelfSigned(Now.ToDateTimeOffset().AddYears(-20), Now.ToDateTimeOffset().AddYears(50));
        return X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pkcs12), null);
    }

    /// <summary>Trusts one certificate more than the machine does, while it lives.</summary>
    private sealed class Trust : IDisposable
    {
// The only way to tell SmtpClient whom to trust.
#pragma warning disable SYSLIB0014
        public Trust(X509Certificate2 certificate) => ServicePointManager.ServerCertificateValidationCallback = (_, presented, _, errors) =>
            errors == SslPolicyErrors.None || presented?.GetCertHashString() == certificate.GetCertHashString();

        public void Dispose() => ServicePointManager.ServerCertificateValidationCallback = null;
#pragma warning restore SYSLIB0014
    }
}
