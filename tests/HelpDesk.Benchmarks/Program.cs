using BenchmarkDotNet.Running;
using HelpDesk.Benchmarks.Desk;

namespace HelpDesk.Benchmarks;

internal static class Benchmarks
{
    /// <summary><c>desk CONNECTION</c> measures the sweep on a database; anything else is BenchmarkDotNet's.</summary>
    public static async Task Main(string[] args)
    {
        if (args is ["desk", { } connection]) await SweepFigures.Print(connection);
        else BenchmarkSwitcher.FromAssembly(typeof(Benchmarks).Assembly).Run(args);
    }
}
