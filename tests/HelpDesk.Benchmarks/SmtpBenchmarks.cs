using System.Collections.Concurrent;
using BenchmarkDotNet.Attributes;
using HelpDesk.Delivery;
using HelpDesk.Tests.Support;
using HelpDesk.Time;

namespace HelpDesk.Benchmarks;

/// <summary>Mails handed to a server on loopback that takes them at once; the time is that of one mail.</summary>
public class SmtpBenchmarks
{
    private const int Mails = 320;

    private readonly Instant now = Instant.FromUtc(2026, 3, 2, 8, 0);
    private SmtpSink sink = null!;
    private SmtpDoor door = null!;

    [Params(1, 4, 16)]
    public int Connections { get; set; }

    [GlobalSetup]
    public void Start()
    {
        sink = new();
        door = new(MailOptions.Read(new ConfigurationBuilder().Build()) with { Host = "127.0.0.1", Port = sink.Port, Connections = Connections }, TimeProvider.System);
    }

    [GlobalCleanup]
    public async Task Stop()
    {
        door.Dispose();
        await sink.DisposeAsync();
    }

    [Benchmark(OperationsPerInvoke = Mails)]
    public async Task HandOver()
    {
        var waiting = new ConcurrentQueue<OutgoingMail>(Enumerable.Range(0, Mails).Select(_ => Mail()));
        await Task.WhenAll(Enumerable.Range(0, Connections).Select(_ => SendAlongOneLane(waiting)));
    }

    private async Task SendAlongOneLane(ConcurrentQueue<OutgoingMail> waiting)
    {
        while (waiting.TryDequeue(out var mail)) await door.Send(mail, CancellationToken.None);
    }

    private OutgoingMail Mail()
    {
        var id = Ids.New(now);
        return new()
        {
            Id = id,
            Kind = MessageKind.FollowUp,
            Recipient = "aino@example.org",
            Locale = "en",
            Subject = "We need a little longer: Printer on fire [#42]",
            Text = "Good day.\n",
            Html = "<p>Good day.</p>\n",
            MessageId = new MailIds("example.com").Of(id),
            At = now,
        };
    }
}
