using HelpDesk.Access;
using HelpDesk.Attachments;
using HelpDesk.Calendars.Feeds;
using HelpDesk.Delivery;
using HelpDesk.Escalation;
using HelpDesk.FollowUps;
using HelpDesk.Idempotency;
using HelpDesk.LongWork;
using HelpDesk.Reports;
using HelpDesk.Tickets;
using HelpDesk.Webhooks;
using Npgsql;

namespace HelpDesk.Jobs;

/// <summary>Everything that recurs.</summary>
internal static class RecurringJobs
{
    public static IReadOnlyList<RecurringJob> All { get; } =
    [
        new("follow_up", SweepBell.Cadence, JobReach.EachServer, JobClock.Desk,
            (services, now, cancel) => services.GetRequiredService<SweepDue>().RunOnce(now, cancel))
        {
            Bell = services => services.GetRequiredService<SweepBell>(),
            NextDue = (services, now, cancel) => services.GetRequiredService<SweepDue>().NextDue(now, cancel),
            MayRest = NothingIsToBeSent,
        },
        new("recall_unsent", Duration.FromSeconds(1), JobReach.EachServer, JobClock.Desk,
            (services, now, cancel) => services.GetRequiredService<RecallUnsent>().RunOnce(now, cancel))
        {
            NextDue = (services, now, cancel) => services.GetRequiredService<RecallUnsent>().NextDue(now, cancel),
            MayRest = NothingIsToBeSent,
        },
        new("send_notices", Duration.FromSeconds(1), JobReach.EachServer, JobClock.Desk,
            (services, now, cancel) => services.GetRequiredService<SendNotices>().RunOnce(now, cancel))
        {
            NextDue = (services, _, cancel) => services.GetRequiredService<SendNotices>().NextDue(cancel),
            MayRest = (_, _) => Task.FromResult(true),
        },
        new("close_resolved", Duration.FromMinutes(1), JobReach.EachServer, JobClock.Desk,
            (services, now, cancel) => services.GetRequiredService<CloseResolved>().RunOnce(now, cancel))
        {
            NextDue = (services, now, cancel) => services.GetRequiredService<CloseResolved>().NextDue(now, cancel),
        },
        new("deliver", Duration.FromSeconds(1), JobReach.EachServer, JobClock.Desk,
            (services, now, cancel) => services.GetRequiredService<DeliverDue>().RunOnce(now, cancel))
        {
            Bell = services => services.GetRequiredService<MailBell>(),
            NextDue = (services, now, cancel) => services.GetRequiredService<DeliverDue>().NextDue(now, cancel),
            Step = (services, now, cancel) => services.GetRequiredService<DeliverDue>().Step(now, cancel),
            Finish = services => services.GetRequiredService<DeliverDue>().Finish(),
            MayRest = NothingIsToBeSent,
        },
        new("queue_events", Duration.FromSeconds(1), JobReach.EachServer, JobClock.Machine,
            (services, _, cancel) => services.GetRequiredService<EnqueueEvents>().RunOnce(cancel))
        {
            NextDue = (services, now, _) => Task.FromResult(services.GetRequiredService<EnqueueEvents>().NextLook(now)),
        },
        new("post_events", Duration.FromSeconds(1), JobReach.EachServer, JobClock.Machine,
            (services, _, cancel) => services.GetRequiredService<SendEvents>().RunOnce(cancel))
        {
            Bell = services => services.GetRequiredService<WebhookBell>(),
            Step = (services, _, cancel) => services.GetRequiredService<SendEvents>().Step(cancel),
            Finish = services => services.GetRequiredService<SendEvents>().Finish(),
            MayRest = (services, cancel) => services.GetRequiredService<SendEvents>().NothingWaits(cancel),
        },
        new("long_work", Duration.FromSeconds(1), JobReach.EachServer, JobClock.Machine,
            (services, _, cancel) => services.GetRequiredService<DoLongWork>().RunOnce(cancel))
        {
            Bell = services => services.GetRequiredService<LongWorkBell>(),
            IsUnfinished = (services, cancel) => services.GetRequiredService<DoLongWork>().IsUnfinished(cancel),
            MayRest = async (services, cancel) => !await services.GetRequiredService<DoLongWork>().IsUnfinished(cancel),
        },
        new("read_holiday_feeds", Duration.FromSeconds(10), JobReach.EachServer, JobClock.Machine,
            (services, _, cancel) => services.GetRequiredService<ReadHolidayFeeds>().RunOnce(cancel))
        {
            Bell = services => services.GetRequiredService<HolidayFeedBell>(),
        },
        new("write_key_use", Duration.FromMinutes(1), JobReach.EachServer, JobClock.Machine,
            (services, _, cancel) => services.GetRequiredService<KeyUse>().RunOnce(cancel)),
        new("sum_performance", Duration.FromSeconds(10), JobReach.EachServer, JobClock.Machine,
            (services, _, cancel) => services.GetRequiredService<RollUp>().RunOnce(cancel))
        {
            // Not again at once: on a busy desk there is always more.
            Step = async (services, _, cancel) =>
            {
                await services.GetRequiredService<RollUp>().Turn(cancel);
                return 0;
            },
            EndsAdvance = true,
        },
        new("forget_old_mail", Duration.FromDays(1), JobReach.OnceAcrossServers, JobClock.Desk,
            (services, now, cancel) => services.GetRequiredService<ForgetOldMail>().RunOnce(now, cancel)),
        new("forget_old_keys", Duration.FromHours(1), JobReach.OnceAcrossServers, JobClock.Machine,
            (services, now, cancel) => services.GetRequiredService<ForgetOldKeys>().RunOnce(now, cancel)),
        new("forget_webhook_deliveries", Duration.FromHours(1), JobReach.OnceAcrossServers, JobClock.Machine,
            (services, now, cancel) => services.GetRequiredService<ForgetDeliveries>().RunOnce(now, cancel)),
        new("sweep_attachment_folder", Duration.FromDays(1), JobReach.OnceAcrossServers, JobClock.Machine,
            (services, _, cancel) => services.GetRequiredService<SweepAttachmentFolder>().RunOnce(cancel)),
    ];

    /// <summary>Messages under way are leased, expire and are tried again; a ticket waits for its own.</summary>
    private static Task<bool> NothingIsToBeSent(IServiceProvider services, CancellationToken cancel) => Outbox.IsEmpty(services.GetRequiredService<NpgsqlDataSource>(), cancel);
}
