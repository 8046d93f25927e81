using System.Text.RegularExpressions;
using HelpDesk.Tests.Support;

namespace HelpDesk.Tests.Guide;

/// <summary>docs/integrating.md shows the examples that are tested, and what it links to is there. Its commands are run by ReadmeTests.</summary>
internal sealed partial class GuideTests
{
    private static readonly string Docs = Repository.File("docs");

    [Test]
    public void The_code_in_the_guide_is_that_of_the_examples()
    {
        var guide = File.ReadAllText(Path.Combine(Docs, "integrating.md"));
        var shown = Shown().Matches(guide).ToList();
        Assert.That(shown, Has.Count.EqualTo(3));
        foreach (var block in shown) Assert.That(block.Groups[2].Value, Is.EqualTo(File.ReadAllText(Path.Combine(Docs, "examples", "python", block.Groups[1].Value))), block.Groups[1].Value);
    }

    [Test]
    public void Every_example_is_linked_from_the_guide()
    {
        var guide = File.ReadAllText(Path.Combine(Docs, "integrating.md"));
        var files = Directory.EnumerateFiles(Path.Combine(Docs, "examples"), "*", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(Docs, file)).Where(file => Path.GetExtension(file) is ".sh" or ".cs" or ".ts" or ".py" && !file.Contains("node_modules", StringComparison.Ordinal)).ToList();
        Assert.That(files, Has.Count.EqualTo(12));
        foreach (var file in files) Assert.That(guide, Does.Contain($"]({file})"), file);
    }

    [TestCase("integrating.md")]
    [TestCase("scale-out.md")]
    public void What_a_document_links_to_is_there(string document)
    {
        foreach (Match link in Link().Matches(File.ReadAllText(Path.Combine(Docs, document))))
        {
            var path = Path.Combine(Docs, link.Groups[1].Value);
            Assert.That(File.Exists(path) || Directory.Exists(path), link.Value);
        }
    }

    /// <summary>Readers who copy the folder get what is tested here.</summary>
    [Test]
    public void The_examples_in_TypeScript_name_the_versions_they_are_tested_with()
    {
        var tested = File.ReadAllText(Repository.File("tests", "client", "package.json"));
        var pinned = Package().Matches(File.ReadAllText(Path.Combine(Docs, "examples", "typescript", "package.json"))).Select(match => match.Value).ToList();
        Assert.That(pinned, Has.Count.EqualTo(3));
        foreach (var package in pinned) Assert.That(tested, Does.Contain(package));
    }

    [GeneratedRegex("<summary>([a-z_]+\\.py)</summary>\n\n```python\n(.*?)```\n", RegexOptions.Singleline)]
    private static partial Regex Shown();

    [GeneratedRegex(@"\]\((?!https?:)([^)#\s]+)(?:#[^)]*)?\)")]
    private static partial Regex Link();

    [GeneratedRegex("\"[@a-z/]+\": \"[0-9]+\\.[0-9]+\\.[0-9]+\"")]
    private static partial Regex Package();
}
