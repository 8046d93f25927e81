using HelpDesk.Access;
using HelpDesk.Delivery;
using HelpDesk.Tests.Support;
using HelpDesk.Time;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace HelpDesk.Tests.Delivery;

public sealed class DeliverySetupTests
{
    [TestCase(null, typeof(FolderDoor))]
    [TestCase("mail.example.com", typeof(SmtpDoor))]
    public async Task Mail_leaves_over_SMTP_where_a_host_is_named_and_as_files_elsewhere(string? host, Type door)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?> { ["Mail:Host"] = host, ["Desk:Locale"] = "fi" }).Build();
        await using var source = NpgsqlDataSource.Create("Host=127.0.0.1");
        await using var services = new ServiceCollection().AddLogging().AddMetrics().AddSingleton<TimeProvider>(new ManualClock()).AddSingleton(source)
            .AddSingleton(new SandboxClockSetting(false)).AddSingleton<ReadSandboxTime>(_ => Task.FromResult<Instant?>(null)).AddSingleton<DeskClock>()
            .AddSingleton(DeskKey.Read(new ConfigurationBuilder().AddInMemoryCollection([new("Desk:SigningKey", TestDesk.SigningKey)]).Build())).AddSingleton<WebhookSecrets>().AddDelivery(configuration).BuildServiceProvider();
        Assert.That(services.GetRequiredService<IMailDoor>(), Is.InstanceOf(door));
        Assert.That(services.GetRequiredService<DeliverDue>(), Is.Not.Null);
        Assert.That(services.GetRequiredService<MailIds>().ThreadOf(7, "t"), Does.Match("^<ticket-7-[0-9a-f]{32}@localhost>$"));
        Assert.That(services.GetRequiredService<PromiseWords>().What("resolution", "sv"), Is.EqualTo("Ratkaisu"));
        Assert.That(services.GetRequiredService<Rendering>(), Is.Not.Null);
        Assert.That(services.GetRequiredService<DateWords>(), Is.Not.Null);
    }
}
