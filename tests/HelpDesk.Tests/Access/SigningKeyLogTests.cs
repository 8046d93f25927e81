using HelpDesk.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace HelpDesk.Tests.Access;

internal sealed class SigningKeyLogTests
{
    [Test]
    public void A_server_that_starts_with_another_key_than_the_last_one_says_so()
    {
        using var database = TestDatabase.Create();
        const string One = "0123456789-0123456789-0123456789", Other = "another-0123456789-0123456789-0123456789";
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Warnings(database, One), Is.Empty, "the first");
            Assert.That(Warnings(database, One), Is.Empty, "the same again");
            Assert.That(Warnings(database, Other), Has.One.Contains("Desk:SigningKey"));
            Assert.That(Warnings(database, Other), Is.Empty, "it was changed");
            Assert.That(Warnings(database, One), Has.One.Contains("Desk:SigningKey").And.None.Contains(One).And.None.Contains(Other));
        }
    }

    private static List<string> Warnings(TestDatabase database, string key)
    {
        var lines = new LogLines();
        using (TestDesk.Start([("Desk:SigningKey", key)], services: services => services.AddSingleton<ILoggerProvider>(lines), database: database)) return [.. lines.Lines.Select(line => line.Text).Where(text => text.Contains("signing key"))];
    }
}
