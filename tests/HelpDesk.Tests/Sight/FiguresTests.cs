using System.Text.RegularExpressions;
using HelpDesk.Tests.Support;

namespace HelpDesk.Tests.Sight;

/// <summary>What a desk tells at /metrics, docs/metrics.md, the dashboard and the alerts say the same.</summary>
internal sealed class FiguresTests
{
    private static readonly IReadOnlyList<Figure> Documented = Figure.Documented();
    private static ServedFigures served = null!;

    [OneTimeSetUp]
    public static async Task Ask_a_desk_at_work() => served = await ServedFigures.OfADeskAtWork();

    [Test]
    public void Each_that_is_served_is_documented_with_its_type() =>
        Assert.That(served.Types.Select(pair => $"{pair.Key} {pair.Value}"), Is.EquivalentTo(Documented.Select(figure => $"{figure.Name} {figure.Type}")));

    [Test]
    public void The_unit_stands_in_the_name()
    {
        foreach (var figure in Documented)
        {
            var name = figure.Name.EndsWith("_total", StringComparison.Ordinal) ? figure.Name[..^6] : figure.Name;
            var unit = name.EndsWith("_seconds", StringComparison.Ordinal) ? "seconds" : name.EndsWith("_bytes", StringComparison.Ordinal) ? "bytes" : "-";
            Assert.That(figure.Unit, Is.EqualTo(unit), figure.Name);
        }
    }

    [Test]
    public void Labels_are_those_documented()
    {
        foreach (var (name, labels) in served.Labels)
        {
            Assert.That(labels, Is.SubsetOf(Documented.Single(figure => figure.Name == name).Labels), name);
        }
    }

    [TestCaseSource(nameof(Expressions))]
    public void The_dashboard_and_the_alerts_ask_for_what_is_served(string where, string expression)
    {
        var asked = PromQuery.Of(expression);
        Assert.That(asked.Names, Is.Not.Empty, where);
        foreach (var name in asked.Names)
        {
            if (name == "up") continue;
            var figure = Documented.SingleOrDefault(figure => figure.Series.Contains(name));
            Assert.That(figure, Is.Not.Null, $"{where}: no desk serves {name}");
            Assert.That(served.Types, Does.ContainKey(figure!.Name), where);
        }

        var known = Documented.Where(figure => figure.Series.Intersect(asked.Names).Any()).SelectMany(figure => figure.Labels).Concat(["job", "instance", "le"]);
        Assert.That(asked.Labels, Is.SubsetOf(known), where);
    }

    private static IEnumerable<TestCaseData> Expressions() =>
        Dashboard.Expressions().Concat(Alert.All().Select(alert => ($"alert {alert.Name}", alert.Expression))).Select(pair => new TestCaseData(pair.Item1, pair.Item2).SetArgDisplayNames(pair.Item1));

    [Test]
    public void The_dashboard_shows_every_figure_of_the_desk()
    {
        var shown = Expressions().SelectMany(each => PromQuery.Of((string)each.Arguments[1]!).Names).ToHashSet();
        var ours = Documented.Where(figure => figure.Name.StartsWith("helpdesk_", StringComparison.Ordinal) && figure.Name != "helpdesk_jobs_duration_seconds");
        Assert.That(ours.Where(figure => !figure.Series.Any(shown.Contains)).Select(figure => figure.Name), Is.Empty);
    }

    [Test]
    public void Each_alert_says_how_grave_it_is_and_where_what_to_do_about_it_stands()
    {
        var headings = Regex.Matches(File.ReadAllText(Figure.Document), "^### (\\w+)$", RegexOptions.Multiline).Select(match => match.Groups[1].Value).ToList();
        Assert.That(Alert.All().Select(alert => alert.Name), Is.EquivalentTo(headings));
        foreach (var alert in Alert.All())
        {
            Assert.That(alert.Severity, Is.AnyOf("warning", "critical"), alert.Name);
            Assert.That(alert.Runbook, Is.EqualTo($"docs/metrics.md#{alert.Name.ToLowerInvariant()}"));
            Assert.That(alert.For, Does.Match("^[0-9]+[smh]$"), alert.Name);
            Assert.That(alert.Summary, Is.Not.Empty, alert.Name);
            Assert.That(alert.Description, Is.Not.Empty, alert.Name);
        }
    }

    [Test]
    public void The_cases_of_the_alerts_are_of_alerts_and_series_that_there_are()
    {
        var cases = Yaml.Read("deploy", "prometheus", "alerts.test.yml").Single();
        Assert.That(cases["rule_files"].Texts, Is.EqualTo(new[] { "alerts.yml" }));
        var tests = cases["tests"].Items;
        Assert.That(tests.SelectMany(test => test["alert_rule_test"].Items).Select(each => each["alertname"].Text).Distinct(), Is.SubsetOf(Alert.All().Select(alert => alert.Name)));
        foreach (var asked in tests.SelectMany(test => test["input_series"].Items).Select(each => PromQuery.Of(each["series"].Text)))
        {
            var known = Documented.Where(figure => figure.Series.Intersect(asked.Names).Any()).ToList();
            Assert.That(known.Count == asked.Names.Count || asked.Names.Single() == "up", string.Join(' ', asked.Names));
            Assert.That(asked.Labels, Is.SubsetOf(known.SelectMany(figure => figure.Labels).Concat(["job", "instance"])));
        }
    }

    [Test]
    public void Panels_have_ids_of_their_own_and_do_not_overlap()
    {
        var panels = Dashboard.Panels();
        Assert.That(panels.Select(panel => panel.Id), Is.Unique);
        foreach (var panel in panels)
        {
            Assert.That(panel.X + panel.Width, Is.LessThanOrEqualTo(24), panel.Title);
            Assert.That(panels.Where(other => other != panel && other.Overlaps(panel)).Select(other => other.Title), Is.Empty, panel.Title);
        }
    }
}
