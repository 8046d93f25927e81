using System.Text.RegularExpressions;
using HelpDesk.Tests.Support;
using HelpDesk.Web;
using HelpDesk.Web.Settings;

namespace HelpDesk.Tests.Web.Settings;

/// <summary>docs/configuration.md is what the desk reads, and all of it.</summary>
internal sealed partial class ReferenceTests
{
    /// <summary>What may look into the configuration by itself, and why.</summary>
    private static readonly Dictionary<string, string> Lookers = new()
    {
        ["Web/SecretFiles.cs"] = "every key that ends in _FILE",
        ["Web/Pages/PageTheme.cs"] = "names in its section that are not known",
        ["Access/Oidc/OidcKeys.cs"] = "names in its section that are not known",
        ["Delivery/MailOptions.cs"] = "names of domains",
        ["Web/Health/HealthQuestion.cs"] = "where the desk beside it listens, which is not started for the question",
    };

    private static readonly string[] Pages = ["README.md", "SECURITY.md", "CONTRIBUTING.md", .. Directory.GetFiles(Repository.File("docs"), "*.md").Select(file => Path.GetRelativePath(Repository.Root, file))];

    [Test]
    public async Task The_page_in_the_tree_is_what_the_desk_prints()
    {
        var (code, said) = await Repository.Run(Path.GetTempPath(), "dotnet", typeof(Refusal).Assembly.Location, "configuration");
        Assert.That((code, said), Is.EqualTo((0, await File.ReadAllTextAsync(Repository.File("docs", "configuration.md")))), "docs/configuration.md is older than the code: run deploy/configuration.");
    }

    [Test]
    public void Nothing_reads_a_key_but_through_a_setting()
    {
        var source = Repository.File("src", "HelpDesk");
        var lookers = Directory.EnumerateFiles(source, "*", SearchOption.AllDirectories)
            .Where(file => file.EndsWith(".cs", StringComparison.Ordinal) || file.EndsWith(".razor", StringComparison.Ordinal))
            .Select(file => (Name: Path.GetRelativePath(source, file).Replace('\\', '/'), Path: file))
            .Where(file => !file.Name.StartsWith("obj/", StringComparison.Ordinal) && !file.Name.StartsWith("bin/", StringComparison.Ordinal) && !file.Name.StartsWith("Web/Settings/", StringComparison.Ordinal))
            .Where(file => Look().IsMatch(File.ReadAllText(file.Path))).Select(file => file.Name);
        Assert.That(lookers, Is.EquivalentTo(Lookers.Keys));
    }

    [TestCase("var name = configuration[\"Desk:Name\"];")]
    [TestCase("app.Configuration[key]")]
    [TestCase("section[\"Host\"]")]
    [TestCase("configuration.GetValue<int>(\"Mail:Port\")")]
    [TestCase("builder.Configuration.GetSection(\"Mail\").Bind(options)")]
    [TestCase("configuration.GetConnectionString(\"HelpDesk\")")]
    [TestCase("Environment.GetEnvironmentVariable(\"HELPDESK_DATA\")")]
    [TestCase("services.AddOptions<MailOptions>().BindConfiguration(\"Mail\")")]
    [TestCase("services.Configure<MailOptions>(configuration)")]
    public void The_walk_through_the_source_sees(string code) => Assert.That(Look().IsMatch(code));

    [Test]
    public void Every_setting_says_what_it_is_in_one_cell_each()
    {
        using (Assert.EnterMultipleScope())
        {
            foreach (var setting in Reference.All)
            {
                Assert.That(setting.Meaning, Is.Not.Empty.And.Not.Contains("|").And.Not.Contains("\n").And.Not.EndsWith("."), setting.Key);
                Assert.That(setting.Values, Is.Not.Empty.And.Not.Contains("|").And.Not.Contains("\n").And.Not.EndsWith("."), setting.Key);
                Assert.That(setting.Default ?? setting.Note, Is.Not.Null.And.Not.Empty, setting.Key);
            }
        }
    }

    [Test]
    public void A_default_that_a_page_shows_is_the_desks()
    {
        var known = Rows("docs/configuration.md", "| key | meaning | value | default |").ToDictionary(cells => cells[0], cells => cells[3]);
        var shown = Pages.SelectMany(page => Rows(page, "| key | meaning | default |").Select(cells => (page, cells))).ToList();
        Assert.That(shown.Select(each => each.page).Distinct(), Is.SupersetOf(new[] { "README.md", "docs/metrics.md" }));
        using (Assert.EnterMultipleScope())
        {
            foreach (var (page, cells) in shown) Assert.That(cells[2], Is.EqualTo(known.GetValueOrDefault(cells[0])), $"{page}: {cells[0]}");
        }
    }

    [Test]
    public void No_page_names_a_key_that_there_is_not()
    {
        var sections = Reference.All.Where(setting => setting.Key.Contains(':')).Select(setting => setting.Key.Split(':')[0]).ToHashSet();
        var named = from page in Pages
                    from Match span in Span().Matches(File.ReadAllText(Repository.File(page)))
                    from Match key in Key().Matches(span.Value.Replace("__", ":"))
                    where sections.Contains(key.Value.Split(':')[0]) && !IsKnown(key.Value)
                    select $"{page}: {key.Value}";
        Assert.That(named, Is.Empty);
    }

    /// <summary>Itself, the section that it is, one of a family, or an entry of a list.</summary>
    private static bool IsKnown(string key)
    {
        var name = key.EndsWith("_FILE", StringComparison.Ordinal) ? key[..^5] : key;
        return Reference.All.Any(setting => setting.Key == name || setting.Key.StartsWith($"{name}:", StringComparison.Ordinal)
            || (setting.Key.EndsWith('>') && name.StartsWith(setting.Key[..setting.Key.LastIndexOf('<')], StringComparison.Ordinal)));
    }

    /// <summary>The cells of all tables with this head.</summary>
    private static IEnumerable<string[]> Rows(string page, string head)
    {
        var isWithin = false;
        foreach (var line in File.ReadLines(Repository.File(page)))
        {
            isWithin = line == head || (isWithin && line.StartsWith('|'));
            if (isWithin && line.StartsWith("| `", StringComparison.Ordinal)) yield return line.Trim('|', ' ').Split(" | ");
        }
    }

    [GeneratedRegex(@"[cC]onfiguration\??\[|\bsection\??\[|\.(GetValue<|GetSection\(|GetConnectionString\(|GetChildren\(|AsEnumerable\(\)|BindConfiguration|Bind\()|Configure<\w+>\(configuration|GetEnvironmentVariable")]
    private static partial Regex Look();

    [GeneratedRegex("`[^`\n]+`")]
    private static partial Regex Span();

    [GeneratedRegex(@"(?<![A-Za-z/:.\-])[A-Z][A-Za-z]+(:[A-Z][A-Za-z]*(_FILE)?)+(?![A-Za-z])")]
    private static partial Regex Key();
}
