using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using HelpDesk.Delivery;
using HelpDesk.Tests.Support;

namespace HelpDesk.Tests.Delivery;

/// <summary>The worker and its door against a mail server that speaks real SMTP over loopback.</summary>
public abstract class SmtpFixture : DeliveryFixture
{
    private protected SmtpSink Sink { get; private set; } = null!;

    private protected SmtpDoor Door { get; private set; } = null!;

    [SetUp]
    public void Start_the_mail_server() => Start(new());

    private void Start(SmtpSink server, MailOptions? options = null, X509Certificate2? trusted = null)
    {
        Sink = server;
        Door = new((options ?? Options) with { Host = "127.0.0.1", Port = server.Port }, Machine)
        {
            Trust = (_, presented, _, errors) => errors == SslPolicyErrors.None || (trusted is not null && presented?.GetCertHashString() == trusted.GetCertHashString()),
        };
    }

    private protected async Task Restart(SmtpSink server, MailOptions? options = null, X509Certificate2? trusted = null)
    {
        await Stop_the_mail_server();
        Start(server, options, trusted);
    }

    [TearDown]
    public async Task Stop_the_mail_server()
    {
        Door.Dispose();
        await Sink.DisposeAsync();
    }

    private protected Task<int> Run(Instant? now = null) => Worker(Door).RunOnce(now ?? Now, default);
}
