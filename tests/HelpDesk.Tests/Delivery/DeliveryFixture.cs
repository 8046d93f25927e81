using System.Diagnostics.Metrics;
using HelpDesk.Access;
using HelpDesk.Delivery;
using HelpDesk.Tests.Support;
using HelpDesk.Time;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace HelpDesk.Tests.Delivery;

/// <summary>An outbox of its own, a clock that stands still, and the worker over any door.</summary>
public abstract class DeliveryFixture
{
    private protected static readonly Instant Now = Instant.FromUtc(2026, 3, 2, 8, 0);

    private protected TestDatabase Database { get; private set; } = null!;

    private protected ManualClock Machine { get; private set; } = null!;

    private protected static DeskKey Key { get; } =
        DeskKey.Read(new ConfigurationBuilder().AddInMemoryCollection([new("Desk:SigningKey", TestDesk.SigningKey)]).Build());

    private protected static IConfiguration Unset { get; } = new ConfigurationBuilder().Build();

    private protected static MailOptions Options => MailOptions.Read(Unset) with { From = new("desk@example.com", "The Desk"), Domain = "example.com" };

    private protected static DeliveryMeter Meter { get; } = new(new ServiceCollection().AddMetrics().BuildServiceProvider().GetRequiredService<IMeterFactory>());

    [OneTimeSetUp]
    public void Create_the_database() => Database = TestDatabase.Create();

    [OneTimeTearDown]
    public async Task Drop_the_database() => await Database.DisposeAsync();

    [SetUp]
    public async Task Empty_the_outbox()
    {
        Machine = new(Now);
        await Database.Execute("delete from deliveries");
    }

    private protected static OutgoingMessage Message(string recipient = "aino@example.org", string? effect = null, string subject = "Hello", string text = "Good day.\n")
    {
        var id = Ids.New(Now);
        return new()
        {
            Id = id,
            Effect = effect ?? $"test:{id}",
            Kind = MessageKind.FollowUp,
            Recipient = recipient,
            Locale = "en",
            Subject = subject,
            Text = text,
            Html = "<p>Good day.</p>\n",
            MessageId = new MailIds("example.com").Of(id),
        };
    }

    private protected async Task<Guid> Queue(OutgoingMessage message, Instant? at = null)
    {
        await QueueAll([message], at);
        return message.Id;
    }

    private protected async Task QueueAll(IReadOnlyList<OutgoingMessage> messages, Instant? at = null)
    {
        await using var batch = Database.DataSource.CreateBatch();
        Outbox.InsertMany(batch, messages, at ?? Now);
        await batch.ExecuteNonQueryAsync();
    }

    private protected async Task<IReadOnlyList<Guid>> Withdraw(Guid id)
    {
        await using var connection = await Database.DataSource.OpenConnectionAsync();
        return await Outbox.Withdraw(connection, [id], Now, Machine.Now, default);
    }

    private protected Task<string?> StateOf(Guid id) => Database.Ask<string>("select state from deliveries where id = $1", id);

    private protected Task<string?> ErrorOf(Guid id) => Database.Ask<string>("select last_error from deliveries where id = $1", id);

    private protected async Task<Instant> NextAttemptOf(Guid id) =>
        (await Database.Ask<DateTime>("select next_attempt_at from deliveries where id = $1", id)).ToInstant();

    private protected virtual string? PublicUrl => null;

    private protected WebhookSecrets Secrets => new(Key, Database.DataSource, Machine);

    private protected DeliverDue Worker(IMailDoor door, MailOptions? options = null, IWebhookDoor? webhooks = null, bool isHeld = false)
    {
        var bell = new MailBell();
        var clock = new DeskClock(Machine, new SandboxClockSetting(isHeld), _ => Task.FromResult<Instant?>(Now));
        var outcomes = Outcomes();
        DeliveryLine Line(DeliveryRoute route) => new(
            route, Database.DataSource, outcomes, new(Machine, NullLogger<Circuits>.Instance), Meter, bell, Machine, NullLogger.Instance);
        var messages = new WebhookMessages(webhooks ?? new ScriptedWebhookDoor(), Secrets);
        return new([Line(DeliverySetup.MailRoute(door, new OptOutLinks(Key, PublicUrl), options ?? Options)), Line(DeliverySetup.InboxRoute), Line(DeliverySetup.WebhookRoute(messages, WebhookOptions.Read(Unset)))], Database.DataSource, clock, Machine);
    }

    private protected OutcomeLog Outcomes() => new(Database.DataSource, Machine, NullLogger<OutcomeLog>.Instance);

    /// <summary>What a sender holds that never comes back.</summary>
    private protected Task<DeliveryClaim> Claim() =>
        DeliveryClaim.Take(Database.DataSource, new(DeliveryChannel.Email, "''", Now, Machine.Now, Duration.Zero, 100, Allowances.Any), default);

    private protected static async Task RunOut(DeliverDue worker)
    {
        while (await worker.RunOnce(Now, default) > 0)
        {
            // Until there is nothing left for this one.
        }
    }
}
