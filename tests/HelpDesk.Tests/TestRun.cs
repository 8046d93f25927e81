using HelpDesk.Tests.Support;

// Each fixture has a desk and a database of its own. Those that measure time or start processes say that they want the machine for themselves.
[assembly: Parallelizable(ParallelScope.Fixtures)]
[assembly: LevelOfParallelism(3)]

namespace HelpDesk.Tests;

/// <summary>After every fixture of the run.</summary>
[SetUpFixture]
public sealed class TestRun
{
    [OneTimeTearDown]
    public void Drop_the_template_database() => TestDatabase.DropTemplate();
}
