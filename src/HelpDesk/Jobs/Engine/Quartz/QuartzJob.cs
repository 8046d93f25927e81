using Quartz;

namespace HelpDesk.Jobs.Engine;

/// <summary>What the engine fires: it runs the job of its own name, and after a failure plans another try.</summary>
[DisallowConcurrentExecution]
internal sealed class QuartzJob(SharedRun run, JobOptions options) : IJob
{
    /// <summary>In the data of a trigger: somebody asked for it.</summary>
    public const string Asked = "asked";

    /// <summary>The same: how many tries have failed.</summary>
    private const string Failures = "failures";

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        var data = context.MergedJobDataMap;
        var isAsked = data.ContainsKey(Asked);
        try
        {
            await run.Run(context.JobDetail.Key.Name, isAsked, cancellationToken);
        }
        catch (JobFailedException)
        {
            var failures = data.TryGetValue(Failures, out var before) && int.TryParse(before?.ToString(), out var number) ? number : 0;
            if (failures < options.RetryAfter.Count) await context.Scheduler.ScheduleJob(Another(context, failures, isAsked), cancellationToken: cancellationToken);
        }
    }

    private ITrigger Another(IJobExecutionContext context, int failures, bool isAsked)
    {
        var trigger = TriggerBuilder.Create().ForJob(context.JobDetail.Key).StartAt(context.FireTimeUtc + context.JobRunTime + options.RetryAfter[failures].ToTimeSpan())
            .UsingJobData(Failures, (failures + 1).ToString(System.Globalization.CultureInfo.InvariantCulture));
        return (isAsked ? trigger.UsingJobData(Asked, "1") : trigger).Build();
    }
}
