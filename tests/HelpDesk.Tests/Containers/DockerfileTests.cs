using System.Text.Json;
using System.Text.RegularExpressions;
using HelpDesk.Tests.Support;

namespace HelpDesk.Tests.Containers;

/// <summary>What linters of Dockerfiles would hold it to, and what they cannot know.</summary>
internal sealed class DockerfileTests
{
    private static readonly string[] Known = ["ARG", "FROM", "WORKDIR", "COPY", "RUN", "LABEL", "ENV", "EXPOSE", "USER", "HEALTHCHECK", "ENTRYPOINT"];

    [Test]
    public void It_has_instructions_that_there_are_and_no_shell_form_where_signals_must_arrive()
    {
        Assert.That(Dockerfile.Instructions.Select(each => each.Word).Distinct(), Is.SubsetOf(Known));
        Assert.That(JsonSerializer.Deserialize<string[]>(Dockerfile.Last("ENTRYPOINT").Single()), Is.EqualTo(new[] { "dotnet", "HelpDesk.dll" }));
        Assert.That(JsonSerializer.Deserialize<string[]>(Regex.Match(Dockerfile.Last("HEALTHCHECK").Single(), "CMD (.*)$").Groups[1].Value), Is.EqualTo(new[] { "dotnet", "HelpDesk.dll", "health" }));
    }

    [Test]
    public void Images_are_pinned_to_a_version_and_of_the_desk_s_framework()
    {
        var images = Dockerfile.Instructions.Where(each => each.Word == "FROM").Select(each => each.Said.Split(' ')[0]).ToList();
        Assert.That(images, Has.All.Match(@"^mcr\.microsoft\.com/dotnet/(sdk|aspnet):10\.0[\w.-]*$"));
        Assert.That(images[^1], Does.Contain("/aspnet:").And.Contain("chiseled-extra"), "without ICU and time zones the desk has no languages and no calendars");
    }

    [Test]
    public void It_runs_as_nobody_special_by_number()
    {
        Assert.That(Dockerfile.Last("USER").Single(), Does.Match("^[1-9][0-9]{2,}:[1-9][0-9]{2,}$"));
        Assert.That(Dockerfile.Stages[^1].Select(each => each.Word).ToList().IndexOf("USER"), Is.LessThan(Dockerfile.Stages[^1].Select(each => each.Word).ToList().IndexOf("ENTRYPOINT")));
        Assert.That(Dockerfile.Last("RUN"), Is.Empty, "the last stage has no shell");
    }

    [Test]
    public void What_is_copied_is_there_and_let_through_by_the_ignore_file()
    {
        var ignore = File.ReadAllLines(Repository.File(".dockerignore"));
        foreach (var (_, rest) in Dockerfile.Stages[0].Where(each => each.Word == "COPY"))
        {
            foreach (var path in rest.Split(' ')[..^1])
            {
                Assert.That(Path.Exists(Repository.File(path)), path);
                Assert.That(ignore, Does.Contain($"!{path.Split('/')[0]}"), path);
            }
        }

        foreach (var from in Dockerfile.Last("COPY")) Assert.That(from, Does.Match(@"^--from=build( --chown=1654:1654)? /\w+ \S+$"));
    }

    [Test]
    public void What_the_build_needs_is_copied()
    {
        var needed = new[] { "global.json", "Directory.Build.props", "Directory.Packages.props", "BannedSymbols.txt", ".editorconfig" };
        Assert.That(Dockerfile.Stages[0].Where(each => each.Word == "COPY").SelectMany(each => each.Said.Split(' ')), Is.SupersetOf(needed));
        Assert.That(Dockerfile.Instructions.Select(each => each.Word), Has.None.EqualTo("ADD"));
    }

    [Test]
    public void No_secret_is_baked_in() =>
        Assert.That(Dockerfile.Instructions.Where(each => each.Word is "ENV" or "ARG").Select(each => each.Said), Has.None.Match("(?i)(password|adminkey|signingkey|connectionstrings|secret|token)"));
}
