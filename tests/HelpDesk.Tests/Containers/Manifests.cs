using HelpDesk.Tests.Support;

namespace HelpDesk.Tests.Containers;

/// <summary>What deploy/kubernetes/base has, as its kustomization lists it.</summary>
internal static class Manifests
{
    public static readonly string[] Base = ["deploy", "kubernetes", "base"];

    public static IReadOnlyList<Yaml> All { get; } = [.. Yaml.Read([.. Base, "kustomization.yaml"]).Single()["resources"].Texts.SelectMany(file => Yaml.Read([.. Base, file]))];

    public static IReadOnlyList<Yaml> Of(string kind) => [.. All.Where(each => each["kind"].Text == kind)];

    public static string NameOf(Yaml manifest) => manifest["metadata"]["name"].Text;

    /// <summary>What makes pods: Deployments and the Job.</summary>
    public static IReadOnlyList<Yaml> Workloads => [.. Of("Deployment"), .. Of("Job")];

    public static Yaml PodOf(Yaml workload) => workload["spec"]["template"]["spec"];

    public static Yaml ContainerOf(Yaml workload) => PodOf(workload)["containers"].Items.Single();

    public static IReadOnlyDictionary<string, string> Labels(Yaml map) => map.Members.ToDictionary(member => member.Key, member => member.Value.Text);

    /// <summary>The names of the workloads whose pods it picks.</summary>
    public static IReadOnlyList<string> Picked(Yaml selector)
    {
        var wanted = Labels(selector["matchLabels"].Exists ? selector["matchLabels"] : selector);
        Assert.That(wanted, Is.Not.Empty);
        return [.. Workloads.Where(workload => !wanted.Except(Labels(workload["spec"]["template"]["metadata"]["labels"])).Any()).Select(NameOf)];
    }
}
