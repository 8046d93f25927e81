using HelpDesk.Tests.Support;

namespace HelpDesk.Tests.Sight;

/// <summary>A rule of deploy/prometheus/alerts.yml.</summary>
internal sealed record Alert(string Name, string Expression, string For, string Severity, string Summary, string Description, string Runbook)
{
    public static IReadOnlyList<Alert> All() =>
    [
        .. Yaml.Read("deploy", "prometheus", "alerts.yml").Single()["groups"].Items.SelectMany(group => group["rules"].Items).Select(rule => new Alert(
            rule["alert"].Text, rule["expr"].Text, rule["for"].Text, rule["labels"]["severity"].Text,
            rule["annotations"]["summary"].Text, rule["annotations"]["description"].Text, rule["annotations"]["runbook"].Text)),
    ];
}
