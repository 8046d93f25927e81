using System.Diagnostics.Metrics;

namespace HelpDesk.Jobs;

/// <summary>The figures of the meter <c>HelpDesk.Jobs</c>, of this process.</summary>
internal sealed class JobMeter
{
    private readonly Counter<long> runs;
    private readonly Counter<long> done;
    private readonly Histogram<double> duration;

    public JobMeter(IMeterFactory meters)
    {
        var meter = meters.Create("HelpDesk.Jobs");
        runs = meter.CreateCounter<long>("helpdesk.jobs.runs", null, "Runs of recurring jobs on this server, by what they came to: done or failed.");
        done = meter.CreateCounter<long>("helpdesk.jobs.done", null, "How much recurring jobs did on this server: tickets, messages, rows.");
        duration = meter.CreateHistogram(
            "helpdesk.jobs.duration", "s", "What a run of a recurring job took.", advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.005, 0.025, 0.1, 0.5, 1, 5, 30, 300] });
    }

    public void Ran(string job, Duration took, int did, bool hasFailed)
    {
        var name = new KeyValuePair<string, object?>("job_name", job);
        // Both, so that the first failure is seen to be one more.
        runs.Add(hasFailed ? 0 : 1, name, new("outcome", "done"));
        runs.Add(hasFailed ? 1 : 0, name, new("outcome", "failed"));
        if (did > 0) done.Add(did, name);
        duration.Record(took.TotalSeconds, name);
    }
}
