using BenchmarkDotNet.Running;
using HelpDesk.Benchmarks.Desk;

namespace HelpDesk.Benchmarks;

internal static class Benchmarks
{
    /// <summary>
    /// <c>desk CONNECTION</c> measures the sweep on a database; <c>follow-ups CONNECTION</c> the whole way of a follow-up, beside the job engine; <c>performance CONNECTION</c> the roll-up of promises kept; <c>lists KEY URL CONNECTION URL CONNECTION</c> lists and searches on a small and a large desk;
    /// <c>integrations KEY URL CONNECTION</c> an import, the feed of events and webhooks;
    /// <c>application CONNECTION</c> a new version of a policy applied to open tickets; <c>rehearsal FILE</c> a policy on the histories of a log of incidents;
    /// anything else is BenchmarkDotNet's.
    /// </summary>
    public static async Task Main(string[] args)
    {
        if (args is ["desk", { } connection]) await SweepFigures.Print(connection);
        else if (args is ["follow-ups", { } postgres]) await FollowUpFigures.Print(postgres);
        else if (args is ["performance", { } cluster]) await PerformanceFigures.Print(cluster);
        else if (args is ["application", { } database]) await ApplicationFigures.Print(database);
        else if (args is ["rehearsal", { } log]) RehearsalFigures.Print(log);
        else if (args is ["lists", { } key, { } smallUrl, { } small, { } largeUrl, { } large]) await ListFigures.Print(key, await SeededDesk.At(smallUrl, small), await SeededDesk.At(largeUrl, large));
        else if (args is ["integrations", { } admin, { } deskUrl, { } its]) await IntegrationFigures.Print(admin, deskUrl, its);
        else BenchmarkSwitcher.FromAssembly(typeof(Benchmarks).Assembly).Run(args);
    }
}
