using System.Globalization;
using HelpDesk.Tests.Support;
using static HelpDesk.Tests.Containers.Manifests;

namespace HelpDesk.Tests.Containers;

/// <summary>deploy/kubernetes: what its parts say of each other holds, and so does what they say of the desk.</summary>
internal sealed class KubernetesTests
{
    private static readonly Dictionary<string, string> Versions = new()
    {
        ["ServiceAccount"] = "v1",
        ["ConfigMap"] = "v1",
        ["Service"] = "v1",
        ["Deployment"] = "apps/v1",
        ["Job"] = "batch/v1",
        ["PodDisruptionBudget"] = "policy/v1",
        ["HorizontalPodAutoscaler"] = "autoscaling/v2",
        ["NetworkPolicy"] = "networking.k8s.io/v1",
    };

    [Test]
    public void Every_file_is_listed_and_every_kind_is_of_its_version()
    {
        var listed = Yaml.Read([.. Base, "kustomization.yaml"]).Single()["resources"].Texts;
        Assert.That(Directory.EnumerateFiles(Repository.File(Base)).Select(path => Path.GetFileName(path)!).Where(file => file != "kustomization.yaml"), Is.EquivalentTo(listed));
        Assert.That(All.Select(each => $"{each["kind"].Text} {each["apiVersion"].Text}"), Is.All.AnyOf([.. Versions.Select(pair => $"{pair.Key} {pair.Value}")]));
        Assert.That(All.Select(each => $"{each["kind"].Text} {NameOf(each)}"), Is.Unique);
        Assert.That(All.Select(NameOf), Has.All.Match("^[a-z]([-a-z0-9]*[a-z0-9])?$"));
    }

    [Test]
    public void Selectors_pick_what_they_are_meant_for()
    {
        foreach (var deployment in Of("Deployment")) Assert.That(Picked(deployment["spec"]["selector"]), Is.EqualTo(new[] { NameOf(deployment) }));
        Assert.That(Picked(Of("Service").Single()["spec"]["selector"]), Is.EqualTo(new[] { "helpdesk-web" }));
        foreach (var budget in Of("PodDisruptionBudget")) Assert.That(Picked(budget["spec"]["selector"]), Is.EqualTo(new[] { NameOf(budget) }));
        var policies = Of("NetworkPolicy").ToDictionary(NameOf, policy => Picked(policy["spec"]["podSelector"]));
        Assert.That(policies["helpdesk"], Is.EquivalentTo(Workloads.Select(NameOf)));
        Assert.That(policies["helpdesk-web"], Is.EqualTo(new[] { "helpdesk-web" }));
        var scaled = Of("HorizontalPodAutoscaler").Single()["spec"];
        var target = Of("Deployment").Single(deployment => NameOf(deployment) == scaled["scaleTargetRef"]["name"].Text);
        Assert.That(target["spec"]["replicas"].Exists, Is.False, "the autoscaler and the manifest would fight over it");
        Assert.That(Number(scaled["minReplicas"]), Is.GreaterThanOrEqualTo(2).And.LessThan(Number(scaled["maxReplicas"])));
        foreach (var deployment in Of("Deployment"))
        {
            var spread = PodOf(deployment)["topologySpreadConstraints"].Items;
            Assert.That(spread.Select(each => each["topologyKey"].Text), Is.EqualTo(new[] { "topology.kubernetes.io/zone", "kubernetes.io/hostname" }));
            foreach (var each in spread) Assert.That(Picked(each["labelSelector"]), Is.EqualTo(new[] { NameOf(deployment) }));
        }
    }

    [Test]
    public void What_is_referred_to_is_there()
    {
        var example = Yaml.Read("deploy", "kubernetes", "secret.example.yaml").Single();
        var files = example["stringData"].Keys;
        Assert.That(example["stringData"].Members.Select(member => member.Value.Text), Is.All.Empty, "no secret is in the tree");
        foreach (var workload in Workloads)
        {
            var (pod, container) = (PodOf(workload), ContainerOf(workload));
            Assert.That(pod["serviceAccountName"].Text, Is.EqualTo(NameOf(Of("ServiceAccount").Single())));
            Assert.That(container["envFrom"].Items.Select(from => from["configMapRef"]["name"].Text), Is.EqualTo(Of("ConfigMap").Select(NameOf)));
            var volumes = pod["volumes"].Items;
            Assert.That(container["volumeMounts"].Items.Select(mount => mount["name"].Text), Is.EquivalentTo(volumes.Select(volume => volume["name"].Text)));
            Assert.That(volumes.Select(volume => volume["secret"]["secretName"].Text).Where(name => name.Length > 0), Is.EqualTo(new[] { NameOf(example) }));
            Assert.That(container["volumeMounts"].Items.Select(mount => mount["mountPath"].Text), Does.Contain("/tmp"));
            var mounted = container["volumeMounts"].Items.Single(mount => mount["name"].Text == "secrets")["mountPath"].Text;
            var asked = Of("ConfigMap").Single()["data"].Members.Where(member => member.Key.EndsWith("_FILE", StringComparison.Ordinal)).Select(member => member.Value.Text);
            Assert.That(asked, Is.EquivalentTo(files.Select(file => $"{mounted}/{file}")));
        }

        var port = ContainerOf(Of("Deployment")[0])["ports"].Items.Single();
        Assert.That(Of("Service").Single()["spec"]["ports"].Items.Select(each => each["targetPort"].Text), Is.EqualTo(new[] { port["name"].Text }));
        Assert.That(Dockerfile.Last("EXPOSE").Single(), Is.EqualTo(port["containerPort"].Text));
    }

    [Test]
    public void Configuration_is_what_the_desk_documents()
    {
        var overlay = Yaml.Read("deploy", "kubernetes", "overlays", "example", "configuration.yaml").Single()["data"];
        var own = Workloads.SelectMany(workload => ContainerOf(workload)["env"].Items.Select(variable => variable["name"].Text));
        Assert.That(KnownKeys.Unknown([.. Of("ConfigMap").Single()["data"].Keys, .. overlay.Keys, .. own]), Is.Empty);
        foreach (var (key, value) in Of("ConfigMap").Single()["data"].Members.Concat(overlay.Members))
        {
            Assert.That(value.IsQuoted || !IsOther(value.Text), $"{key}: Kubernetes takes text alone");
        }

        string Jobs(string name) => ContainerOf(Of("Deployment").Single(each => NameOf(each) == name))["env"].Items.Single(variable => variable["name"].Text == "Jobs__Enabled")["value"].Text;
        Assert.That((Jobs("helpdesk-web"), Jobs("helpdesk-worker")), Is.EqualTo(("false", "true")));
        Assert.That(ContainerOf(Of("Job").Single())["args"].Texts, Is.EqualTo(new[] { "migrate" }));

        static bool IsOther(string text) => text is "true" or "false" or "yes" or "no" or "on" or "off" or "null" or "" || double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out _);
    }

    [Test]
    public void Figures_want_a_key_where_an_ingress_serves_every_path()
    {
        var overlay = Yaml.Read("deploy", "kubernetes", "overlays", "example", "configuration.yaml").Single()["data"];
        var set = Of("ConfigMap").Single()["data"].Members.Concat(overlay.Members).ToList();
        Assert.That(set.Select(member => member.Key), Does.Contain("Metrics__Key_FILE").And.None.EqualTo("Metrics__Public"));
        var job = Yaml.Read("deploy", "prometheus", "kubernetes.yml").Single()["scrape_configs"].Items.Single();
        Assert.That((job["job_name"].Text, Path.GetFileName(job["authorization"]["credentials_file"].Text)), Is.EqualTo(("helpdesk", Path.GetFileName(set.Single(member => member.Key == "Metrics__Key_FILE").Value.Text))));
        // The pods that are asked are those there are.
        var kept = job["relabel_configs"].Items[0]["regex"].Text;
        foreach (var deployment in Of("Deployment"))
        {
            var labels = deployment["spec"]["template"]["metadata"]["labels"];
            Assert.That($"{labels["app.kubernetes.io/name"].Text};{labels["app.kubernetes.io/component"].Text};{ContainerOf(deployment)["ports"].Items.Single()["name"].Text}", Does.Match($"^{kept}$"));
        }

        Assert.That(job["kubernetes_sd_configs"].Items.Single()["namespaces"]["names"].Texts, Is.EqualTo(new[] { Yaml.Read("deploy", "kubernetes", "overlays", "example", "kustomization.yaml").Single()["namespace"].Text }));
    }

    [Test]
    public async Task Probes_ask_what_the_desk_answers()
    {
        using var desk = TestDesk.Start();
        foreach (var deployment in Of("Deployment"))
        {
            var container = ContainerOf(deployment);
            foreach (var name in new[] { "startupProbe", "livenessProbe", "readinessProbe" })
            {
                var probe = container[name]["httpGet"];
                Assert.That(probe["port"].Text, Is.EqualTo("http"));
                Assert.That((await desk.Anonymous.GetAsync(probe["path"].Text)).IsSuccessStatusCode, probe["path"].Text);
            }

            Assert.That(container["readinessProbe"]["httpGet"]["path"].Text, Is.EqualTo("/health/ready"));
            // A database that is away must not have every server restarted.
            Assert.That(container["livenessProbe"]["httpGet"]["path"].Text, Is.EqualTo("/health/live"));
            // A migration may take long, and whoever waits for it is not to be ended for that.
            var waits = Number(container["startupProbe"]["periodSeconds"]) * Number(container["startupProbe"]["failureThreshold"]);
            Assert.That(waits, Is.GreaterThanOrEqualTo(7200).And.LessThan(Number(deployment["spec"]["progressDeadlineSeconds"])));
            var grace = Number(PodOf(deployment)["terminationGracePeriodSeconds"]) - Number(container["lifecycle"]["preStop"]["sleep"]["seconds"]);
            Assert.That(grace, Is.GreaterThan(30), "the desk gives itself 30 s");
        }
    }

    [Test]
    public void Pods_have_no_more_than_they_need()
    {
        var user = Dockerfile.Last("USER").Single().Split(':')[0];
        foreach (var workload in Workloads)
        {
            var (pod, container, name) = (PodOf(workload), ContainerOf(workload), NameOf(workload));
            Assert.That((pod["securityContext"]["runAsNonRoot"].Text, pod["securityContext"]["runAsUser"].Text), Is.EqualTo(("true", user)), name);
            Assert.That(pod["securityContext"]["seccompProfile"]["type"].Text, Is.EqualTo("RuntimeDefault"), name);
            Assert.That(pod["automountServiceAccountToken"].Text, Is.EqualTo("false"), name);
            var security = container["securityContext"];
            Assert.That((security["allowPrivilegeEscalation"].Text, security["readOnlyRootFilesystem"].Text), Is.EqualTo(("false", "true")), name);
            Assert.That(security["capabilities"]["drop"].Texts, Is.EqualTo(new[] { "ALL" }), name);
            foreach (var part in new[] { "cpu", "memory" }) Assert.That(container["resources"]["requests"][part].Exists, name);
            Assert.That(container["resources"]["limits"]["memory"].Exists, name);
            Assert.That(container["image"].Text, Does.Match(@"^helpdesk:\d+\.\d+\.\d+$"), name);
        }
    }

    [Test]
    public void The_example_overlay_changes_what_is_there()
    {
        string[] folder = ["deploy", "kubernetes", "overlays", "example"];
        var overlay = Yaml.Read([.. folder, "kustomization.yaml"]).Single();
        foreach (var resource in overlay["resources"].Texts) Assert.That(Path.Exists(Path.Combine(Repository.File(folder), resource)), resource);
        foreach (var patch in overlay["patches"].Items.Select(each => Yaml.Read([.. folder, each["path"].Text]).Single()))
        {
            Assert.That(Of(patch["kind"].Text).Select(NameOf), Does.Contain(NameOf(patch)));
            Assert.That(patch["apiVersion"].Text, Is.EqualTo(Versions[patch["kind"].Text]));
        }

        Assert.That(overlay["images"].Items.Select(image => image["name"].Text), Is.EqualTo(new[] { "helpdesk" }));
        Assert.That(overlay["images"].Items.Select(image => image["newTag"].Text), Has.None.EqualTo("latest"));
        var backend = Yaml.Read([.. folder, "ingress.yaml"]).Single()["spec"]["rules"].Items.Single()["http"]["paths"].Items.Single()["backend"]["service"];
        Assert.That(Of("Service").Select(NameOf), Does.Contain(backend["name"].Text));
        Assert.That(Of("Service").Single()["spec"]["ports"].Items.Select(port => port["name"].Text), Does.Contain(backend["port"]["name"].Text));
    }

    private static int Number(Yaml value) => int.Parse(value.Text, CultureInfo.InvariantCulture);
}
