using HelpDesk.Tests.Support;

namespace HelpDesk.Tests;

/// <summary>After every fixture of the run.</summary>
[SetUpFixture]
public sealed class TestRun
{
    [OneTimeTearDown]
    public Task Drop_the_template_database() => TestDatabase.DropTemplate();
}
