using HelpDesk.Tests.Support;

namespace HelpDesk.Tests;

/// <summary>After every fixture of the run.</summary>
[SetUpFixture]
public sealed class TestRun
{
    [OneTimeTearDown]
    public void Drop_the_template_database() => TestDatabase.DropTemplate();
}
