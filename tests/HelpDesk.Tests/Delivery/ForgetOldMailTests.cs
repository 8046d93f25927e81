using HelpDesk.Delivery;
using HelpDesk.Tests.Support;
using HelpDesk.Web;
using Microsoft.Extensions.Configuration;
using Npgsql;

namespace HelpDesk.Tests.Delivery;

internal sealed class ForgetOldMailTests
{
    private static readonly Instant Now = Instant.FromUtc(2026, 6, 1, 0, 0);

    [Test]
    public async Task Bodies_are_cleared_when_their_time_is_over_and_the_record_stays()
    {
        using var database = TestDatabase.Create();
        await database.Execute(
            """
            insert into deliveries (id, effect, kind, channel, recipient, locale, subject, text_body, html_body, message_id, state, attempts, next_attempt_at, created_at, sent_at, ended_at)
            select gen_random_uuid(), state || n || old, 'x', 'email', 'a@b.example', 'en', 's', 't', 'h', state || n || old, state, 0, at, at,
                   case when state = 'sent' then at end, case when state in ('sent', 'withdrawn', 'dead') then at end
            from generate_series(1, 700) n, unnest(array['queued', 'sent', 'failed', 'dead', 'withdrawn']) state, unnest(array[true, false]) old,
                 lateral (select case when old then timestamptz '2026-03-01Z' else timestamptz '2026-05-01Z' end) as made (at)
            """);
        await using var source = NpgsqlDataSource.Create(database.ConnectionString);
        var job = new ForgetOldMail(source, Retention("P90D"));
        Assert.That(await job.RunOnce(Now, CancellationToken.None), Is.EqualTo(3 * 700));
        Assert.That(await job.RunOnce(Now, CancellationToken.None), Is.Zero);
        await using var left = source.CreateCommand("select count(*) from deliveries where (text_body = '') <> (state in ('sent', 'dead', 'withdrawn') and created_at = '2026-03-01Z') or subject = ''");
        Assert.That(await left.ExecuteScalarAsync(), Is.Zero);
    }

    [TestCase("three months", "ISO 8601")]
    [TestCase("P3M", "years or months")]
    [TestCase("-P1D", "negative")]
    public void A_setting_that_cannot_be_read_stops_the_start_and_is_named(string setting, string why) =>
        Assert.That(() => Retention(setting), Throws.TypeOf<WrongConfiguration>().With.Message.Contains("Deliveries:KeepBodies").And.Message.Contains(why));

    private static MailRetention Retention(string setting) =>
        new(new ConfigurationBuilder().AddInMemoryCollection([new("Deliveries:KeepBodies", setting)]).Build());
}
