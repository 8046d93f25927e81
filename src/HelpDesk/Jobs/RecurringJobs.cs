using HelpDesk.Access;
using HelpDesk.Delivery;

namespace HelpDesk.Jobs;

/// <summary>Everything that recurs.</summary>
internal static class RecurringJobs
{
    public static IReadOnlyList<RecurringJob> All { get; } =
    [
        new("write_key_use", Duration.FromMinutes(1), JobReach.EachServer, JobClock.Machine,
            (services, _, cancel) => services.GetRequiredService<KeyUse>().RunOnce(cancel)),
        new("forget_old_mail", Duration.FromDays(1), JobReach.OnceAcrossServers, JobClock.Desk,
            (services, now, cancel) => services.GetRequiredService<ForgetOldMail>().RunOnce(now, cancel)),
    ];
}
