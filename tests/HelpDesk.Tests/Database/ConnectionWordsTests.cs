using HelpDesk.Tests.Support;
using Npgsql;

namespace HelpDesk.Tests.Database;

/// <summary>What the scripts of deploy/ make of a connection string for PostgreSQL's own programs.</summary>
internal sealed class ConnectionWordsTests
{
    private const string Told =
        ". deploy/lib/ground.sh; . deploy/lib/postgres.sh; . deploy/lib/database.sh; set -euo pipefail; choose_database; env -0 | grep -z ^PG | sort -z | tr '\\0' '\\n'";

    private static async Task<(int Code, string Said)> Tell(string connection)
    {
        var (code, said) = await Repository.Run(Repository.Root, "env", ["-u", "PGSSLROOTCERT", "SSL_CERT_FILE=/etc/hostname", $"ConnectionStrings__HelpDesk={connection}", "bash", "-c", Told]);
        return (code, said);
    }

    [TestCase("Host=db;Username=desk;Password=p;Database=helpdesk;SSL Mode=VerifyFull", "PGDATABASE=helpdesk|PGHOST=db|PGPASSWORD=p|PGPORT=5432|PGSSLMODE=verify-full|PGSSLROOTCERT=/etc/hostname|PGUSER=desk")]
    [TestCase("Server=db;Port=6432;UID=desk;PWD=p=q;DB=helpdesk;SslMode=VerifyCA;Root Certificate=/x/ca.pem", "PGDATABASE=helpdesk|PGHOST=db|PGPASSWORD=p=q|PGPORT=6432|PGSSLMODE=verify-ca|PGSSLROOTCERT=/x/ca.pem|PGUSER=desk")]
    [TestCase("Host = db ; User Id = desk ; Maximum Pool Size=9;;", "PGDATABASE=desk|PGHOST=db|PGPORT=5432|PGUSER=desk")]
    [TestCase("Host=a:1,b,[::1]:3;Username=desk;Target Session Attributes=read-write", "PGDATABASE=desk|PGHOST=a,b,::1|PGPORT=1,5432,3|PGTARGETSESSIONATTRS=read-write|PGUSER=desk")]
    public async Task Words_of_dotnet_become_those_of_libpq(string connection, string told)
    {
        Assert.That(new NpgsqlConnectionStringBuilder(connection).Host, Is.Not.Null, ".NET reads it.");
        var (code, said) = await Tell(connection);
        Assert.That((code, string.Join('|', said.Split('\n', StringSplitOptions.RemoveEmptyEntries))), Is.EqualTo((0, told)));
    }

    [Test]
    public async Task Any_password_comes_through_as_dotnet_quotes_it([Values("a;b", "it's", "say \"hi\"", "both ' and \"; ", " x ", "=", "p=q;r", "$(id)`x`\\n")] string password)
    {
        var connection = new NpgsqlConnectionStringBuilder { Host = "db", Username = "desk", Password = password }.ConnectionString;
        var (code, said) = await Tell(connection);
        Assert.That(code, Is.Zero, said);
        Assert.That(said.Split('\n'), Does.Contain($"PGPASSWORD={password}"), connection);
    }

    [TestCase("Host=db;Search Path=other", "searchpath")]
    [TestCase("Host=db;SSL Password=x", "sslpassword")]
    [TestCase("Host=db;Password='x", "do not end")]
    [TestCase("Host=db;nonsense", "has no value")]
    [TestCase("Username=desk", "names no Host")]
    public async Task What_cannot_be_told_ends_it(string connection, string words)
    {
        var (code, said) = await Tell(connection);
        Assert.That((code, said.Contains(words)), Is.EqualTo((1, true)), said);
    }
}
