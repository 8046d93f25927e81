using System.Security.Cryptography;
using System.Text;
using HelpDesk.Tests.Support;

namespace HelpDesk.Tests.Database.Expanding;

/// <summary>From the first released schema on a migration only expands, and one that was released stays as it is.</summary>
internal sealed class ReleasedSchemaTests
{
    private static readonly string Folder = Repository.File("src", "HelpDesk", "Database", "Migrations");

    private static readonly IReadOnlyList<(string Id, string Sql)> Migrations =
        [.. Directory.GetFiles(Folder, "*.sql").Order(StringComparer.Ordinal).Select(file => (Path.GetFileNameWithoutExtension(file), File.ReadAllText(file).ReplaceLineEndings("\n")))];

    /// <summary>Releases in their order: version, last migration, digest of all SQL up to it.</summary>
    private static readonly IReadOnlyList<string[]> Releases = [.. File.ReadLines(Path.Combine(Folder, "releases.txt")).Where(line => line.Length > 0 && line[0] != '#').Select(line => line.Split(' '))];

    [Test]
    public void Released_migrations_stay_as_they_were()
    {
        foreach (var release in Releases)
        {
            Assert.That(Migrations.Select(migration => migration.Id), Does.Contain(release[1]), release[0]);
            Assert.That(release[2], Is.EqualTo(Digest(release[1])), $"A migration of {release[0]} was changed. Write another one; while {release[0]} is not released, write this digest into releases.txt.");
        }
    }

    [Test]
    public void Releases_stand_in_their_order()
    {
        Assert.That(Releases, Is.Not.Empty.And.All.Length.EqualTo(3));
        Assert.That(Releases.Select(release => Version.Parse(release[0])), Is.Ordered);
        Assert.That(Releases.Select(release => release[1]), Is.Ordered.Using((IComparer<string>)StringComparer.Ordinal).And.Unique);
    }

    [Test]
    public void Every_later_migration_lets_servers_of_the_release_before_go_on()
    {
        var faults = from migration in Migrations
                     where string.CompareOrdinal(migration.Id, Releases[0][1]) > 0
                     let before = Releases.Last(release => string.CompareOrdinal(release[1], migration.Id) < 0)[1]
                     from fault in ExpandingRule.Faults(migration.Id, migration.Sql, before)
                     select fault;
        Assert.That(faults, Is.Empty, "See CONTRIBUTING.md, Migrations.");
    }

    /// <summary>It has what it is for: the first schema was made by statements that would not be let through after it.</summary>
    [Test]
    public void The_rule_reads_every_statement_of_the_first_schema()
    {
        var statements = Migrations.SelectMany(migration => SqlStatement.Of(migration.Sql)).ToList();
        Assert.That(statements, Has.Count.GreaterThan(150));
        Assert.That(statements.Select(statement => statement.Words), Has.All.Match("^(create|alter|insert|update|drop|delete|comment|select) "));
    }

    private static string Digest(string last)
    {
        var all = string.Concat(Migrations.TakeWhile(migration => string.CompareOrdinal(migration.Id, last) <= 0).Select(migration => $"{migration.Id}\n{migration.Sql}"));
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(all)))[..16];
    }
}
