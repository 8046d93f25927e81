using System.Text.RegularExpressions;
using HelpDesk.Tests.Support;

namespace HelpDesk.Tests.Containers;

/// <summary>docker-compose.yml by the rules of the Compose Specification that can be held without an engine.</summary>
internal sealed class ComposeTests
{
    private static readonly string[] TopLevel = ["name", "services", "networks", "volumes", "secrets"];

    private static readonly string[] OfService =
    [
        "build", "image", "restart", "stop_grace_period", "read_only", "tmpfs", "cap_drop", "security_opt", "secrets", "depends_on", "networks", "ports", "environment", "command", "healthcheck",
        "shm_size", "volumes", "profiles",
    ];

    private static readonly string[] OfHealthcheck = ["test", "interval", "timeout", "retries", "start_period", "disable"];
    private static readonly string[] Ours = ["desk", "worker", "migration"];
    private static readonly Yaml File = Yaml.Read("docker-compose.yml").Single();
    private static readonly IReadOnlyDictionary<string, Yaml> Services = File["services"].Members.ToDictionary(member => member.Key, member => member.Value);

    [Test]
    public void Its_members_are_those_of_the_specification()
    {
        Assert.That(File.Keys.Where(key => !key.StartsWith("x-", StringComparison.Ordinal)), Is.SubsetOf(TopLevel));
        foreach (var (name, service) in Services)
        {
            Assert.That(service.Merged.Select(member => member.Key), Is.SubsetOf(OfService), name);
            foreach (var part in new[] { "context", "dockerfile" }.Where(_ => service.Get("build").Exists)) Assert.That(Path.Exists(Repository.File(service.Get("build")[part].Text)), name);
            Assert.That(service["healthcheck"].Keys, Is.SubsetOf(OfHealthcheck), name);
        }
    }

    [Test]
    public void What_a_service_refers_to_is_there()
    {
        foreach (var (name, service) in Services)
        {
            Assert.That(service.Get("secrets").Texts, Is.SubsetOf(File["secrets"].Keys), name);
            Assert.That(service.Get("networks").Texts, Is.SubsetOf(File["networks"].Keys), name);
            var volumes = service.Get("volumes").Texts.Select(volume => volume.Split(':')[0]).ToList();
            Assert.That(volumes.Where(volume => !volume.StartsWith('.')), Is.SubsetOf(File["volumes"].Keys), name);
            foreach (var path in volumes.Where(volume => volume.StartsWith('.'))) Assert.That(Path.Exists(Repository.File(path)), path);
            var needed = service.Get("depends_on");
            Assert.That(needed.IsList ? needed.Texts : needed.Keys, Is.SubsetOf(Services.Keys), name);
            foreach (var (other, wait) in needed.Members) Assert.That(IsMet(Services[other], wait["condition"].Text), $"{name} waits for {other}");
        }

        foreach (var top in new[] { "secrets", "networks", "volumes" })
        {
            var used = Services.Values.SelectMany(service => service.Get(top).Texts.Select(text => text.Split(':')[0]));
            Assert.That(File[top].Keys, Is.SubsetOf(used), $"{top} that nobody uses");
        }
    }

    private static bool IsMet(Yaml other, string condition) => condition switch
    {
        "service_healthy" => other["healthcheck"].Exists,
        "service_completed_successfully" => other.Get("restart").Text == "no",
        "service_started" => true,
        _ => false,
    };

    [Test]
    public void Who_talks_to_whom_shares_a_network()
    {
        Assert.That(Services["database"].Get("networks").Texts, Is.EqualTo(new[] { "data" }));
        Assert.That(File["networks"]["data"]["internal"].Text, Is.EqualTo("true"));
        foreach (var name in Ours) Assert.That(Services[name].Get("networks").Texts, Does.Contain("data"), name);
        Assert.That(Services["worker"].Get("networks").Texts.Intersect(Services["mail"].Get("networks").Texts), Is.Not.Empty);
        var scraped = Yaml.Read("deploy", "prometheus", "prometheus.yml").Single()["scrape_configs"].Items.SelectMany(job => job["dns_sd_configs"].Items).SelectMany(look => look["names"].Texts);
        var key = Yaml.Read("deploy", "prometheus", "prometheus.yml").Single()["scrape_configs"].Items.Single()["authorization"]["credentials_file"].Text;
        Assert.That(Services["prometheus"].Get("secrets").Texts.Select(secret => $"/run/secrets/{secret}"), Is.EqualTo(new[] { key }), "it has the key to the figures, and no other");
        foreach (var name in Ours) Assert.That(Services[name].Get("environment").Get("Metrics__Key_FILE").Text, Is.EqualTo(key), name);
        foreach (var name in scraped) Assert.That(Services[name].Get("networks").Texts.Intersect(Services["prometheus"].Get("networks").Texts), Is.Not.Empty, name);
    }

    [Test]
    public void Images_are_pinned_and_ports_are_this_machine_s_alone()
    {
        foreach (var (name, service) in Services)
        {
            Assert.That(service.Get("image").Text, Does.Match(Ours.Contains(name) ? "^\\$\\{HELPDESK_IMAGE:-helpdesk:local\\}$" : @"^[\w./-]+:v?\d[\w.-]*$"), name);
            Assert.That(service.Get("ports").Texts, Has.All.Match(@"^127\.0\.0\.1:(\$\{\w+:-\d+\}|\d+):\d+$"), name);
        }
    }

    [Test]
    public void The_desk_has_no_more_than_it_needs()
    {
        foreach (var name in Ours)
        {
            var service = Services[name];
            Assert.That(service.Get("read_only").Text, Is.EqualTo("true"), name);
            Assert.That(service.Get("cap_drop").Texts, Is.EqualTo(new[] { "ALL" }), name);
            Assert.That(service.Get("security_opt").Texts, Does.Contain("no-new-privileges:true"), name);
            Assert.That(service.Get("tmpfs").Texts, Has.Some.StartsWith("/tmp"), name);
            Assert.That(int.Parse(service.Get("stop_grace_period").Text.TrimEnd('s'), System.Globalization.CultureInfo.InvariantCulture), Is.GreaterThan(30), name);
        }
    }

    [Test]
    public void It_sets_only_what_is_documented_and_secrets_as_files()
    {
        foreach (var name in Ours)
        {
            var set = Services[name].Get("environment").Merged.ToDictionary(member => member.Key, member => member.Value.Text);
            Assert.That(KnownKeys.Unknown(set.Keys), Is.Empty, name);
            Assert.That(set.Where(pair => pair.Key.EndsWith("_FILE", StringComparison.Ordinal)).Select(pair => pair.Value["/run/secrets/".Length..]), Is.SubsetOf(Services[name].Get("secrets").Texts), name);
            Assert.That(set["Jobs__Enabled"], Is.EqualTo(name == "worker" ? "true" : "false"));
        }

        Assert.That(System.IO.File.ReadAllText(Repository.File("docker-compose.yml")), Does.Not.Match("(?i)password\\w*: +[^/\\s$]"));
        var chosen = Regex.Matches(System.IO.File.ReadAllText(Repository.File("docker-compose.yml")), @"\$\{(\w+)").Select(match => match.Groups[1].Value).Distinct();
        Assert.That(KnownKeys.Unknown(chosen), Is.Empty);
    }

    [Test]
    public void What_a_desk_that_is_relied_on_sets_fits_into_it()
    {
        var file = Yaml.Read("deploy", "compose.override.yaml").Single();
        Assert.That(file["services"].Keys, Is.EquivalentTo(Ours));
        foreach (var (name, service) in file["services"].Members)
        {
            Assert.That(service.Keys, Is.SubsetOf(OfService), name);
            Assert.That(service["secrets"].Texts, Is.EqualTo(file["secrets"].Keys).And.None.AnyOf([.. File["secrets"].Keys]), name);
            var set = service["environment"];
            Assert.That(KnownKeys.Unknown(set.Keys), Is.Empty, name);
            Assert.That(set.Members.Where(member => member.Key.EndsWith("_FILE", StringComparison.Ordinal)).Select(member => member.Value.Text), Is.EqualTo(file["secrets"].Keys.Select(secret => $"/run/secrets/{secret}")), name);
            // What the first file fixes to try things out with is set anew.
            var fixedThere = Services[name].Get("environment").Merged.Where(member => member.Key.StartsWith("Mail__", StringComparison.Ordinal)).Select(member => member.Key);
            Assert.That(set.Keys, Is.SupersetOf(fixedThere.Append("Desk__PublicUrl")), name);
        }

        foreach (var (name, secret) in file["secrets"].Members) Assert.That(secret["file"].Text, Is.EqualTo($"${{HELPDESK_SECRETS:-./.data/secrets}}/{name}"));
    }

    [Test]
    public async Task The_secrets_it_wants_are_those_that_the_script_makes()
    {
        var folder = Directory.CreateTempSubdirectory("helpdesk-secrets-").FullName;
        Assert.That((await Repository.Run(Repository.Root, "bash", "deploy/secrets", folder)).Code, Is.Zero);
        var made = Directory.EnumerateFiles(folder).ToDictionary(path => Path.GetFileName(path)!, System.IO.File.ReadAllText);
        Assert.That(made.Keys, Is.EquivalentTo(File["secrets"].Keys));
        foreach (var (name, secret) in File["secrets"].Members) Assert.That(secret["file"].Text, Is.EqualTo($"${{HELPDESK_SECRETS:-./.data/secrets}}/{name}"));
        Assert.That(made["connection"], Is.EqualTo($"Host=database;Username=helpdesk;Password={made["database-password"]};Database=helpdesk"));
        Assert.That(made["admin-key"], Does.Match("^[0-9a-f]{48}$"));
        // Once: a second run must not lock anybody out.
        await Repository.Run(Repository.Root, "bash", "deploy/secrets", folder);
        Assert.That(System.IO.File.ReadAllText(Path.Combine(folder, "admin-key")), Is.EqualTo(made["admin-key"]));
        Directory.Delete(folder, recursive: true);
    }
}
