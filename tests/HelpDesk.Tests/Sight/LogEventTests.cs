using System.Reflection;
using HelpDesk.Web;
using Microsoft.Extensions.Logging;

namespace HelpDesk.Tests.Sight;

internal sealed class LogEventTests
{
    private static readonly IReadOnlyList<LoggerMessageAttribute> All =
    [
        .. typeof(Refusal).Assembly.GetTypes()
            .SelectMany(type => type.GetMethods(BindingFlags.Static | BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
            .Select(method => method.GetCustomAttribute<LoggerMessageAttribute>()).OfType<LoggerMessageAttribute>(),
    ];

    [Test]
    public void Each_has_a_number_of_its_own()
    {
        Assert.That(All, Has.Count.GreaterThan(30));
        Assert.That(All.Where(each => each.EventId <= 0).Select(each => each.Message), Is.Empty, "give it the next number of its folder, as in docs/metrics.md");
        Assert.That(All.GroupBy(each => each.EventId).Where(group => group.Count() > 1).Select(group => group.Key), Is.Empty);
    }

    [Test]
    public void Each_is_documented_with_its_level_and_its_words()
    {
        var documented = Figure.Rows("| id | level | words |").Select(cells => string.Join(" | ", cells));
        Assert.That(All.Select(each => $"{each.EventId} | {each.Level} | {each.Message}").Order(), Is.EqualTo(documented.Order()));
    }
}
