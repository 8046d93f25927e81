namespace HelpDesk.Jobs;

/// <summary>
/// What fires the jobs that run once across servers, on one at a time. A build has one: Quartz.NET or Hangfire (<c>-p:JobEngine</c>). It gives cadence, takes over
/// from servers that died, and tries again what failed; what a job is, whether it is paused and how it went is the desk's own and the same for both.
/// </summary>
internal interface IJobEngine
{
    /// <summary>As the API names it.</summary>
    string Name { get; }

    /// <summary>How long at most until another server runs what a server ran that died.</summary>
    Duration TakeoverAtMost { get; }

    /// <summary>Whether it has pages for operators.</summary>
    bool HasDashboard { get; }

    /// <summary>These pages, at an address. Who may see them is for the caller to decide.</summary>
    RequestDelegate Dashboard(IApplicationBuilder app, string address);

    /// <summary>Its tables. Once for each start of a server, jobs or no jobs; servers that start together wait for one another.</summary>
    Task Prepare(CancellationToken cancel);

    /// <summary>Plans the jobs and begins to run them. A job that is planned already keeps its turn. May be tried again after a failure.</summary>
    Task Start(IReadOnlyList<RecurringJob> jobs);

    /// <summary>Takes nothing more, and waits for what runs.</summary>
    Task Stop(CancellationToken cancel);

    /// <summary>Fires a job out of its turn, on whichever server.</summary>
    Task RunNow(string job, CancellationToken cancel);

    /// <summary>What is amiss with it on this server, in words for an operator; null when all is well.</summary>
    Task<string?> Trouble(CancellationToken cancel);

    /// <summary>When each job comes next.</summary>
    Task<IReadOnlyDictionary<string, Instant>> Next(CancellationToken cancel);
}
