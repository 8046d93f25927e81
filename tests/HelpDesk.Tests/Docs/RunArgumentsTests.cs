using HelpDesk.Tests.Support;

namespace HelpDesk.Tests.Docs;

/// <summary>What deploy/run takes from the arguments that it passes on, as .NET reads them.</summary>
internal sealed class RunArgumentsTests
{
    [TestCase("ASPNETCORE_URLS=http://127.0.0.1:7777", "--urls", "http://127.0.0.1:7777")]
    [TestCase("ASPNETCORE_URLS=http://127.0.0.1:7777", "--Urls=http://127.0.0.1:7777")]
    [TestCase("ASPNETCORE_URLS=http://127.0.0.1:7777", "/urls", "http://127.0.0.1:7777")]
    [TestCase("ASPNETCORE_URLS=http://127.0.0.1:7777", "urls=http://127.0.0.1:7777")]
    [TestCase("ASPNETCORE_URLS=http://127.0.0.1:2", "--urls=http://127.0.0.1:1", "--urls=http://127.0.0.1:2")]
    [TestCase("ASPNETCORE_ENVIRONMENT=Production", "--Sandbox:Clock=true", "--environment", "Production")]
    [TestCase("Mail__Host=mail.example.com Mail__Port=2525", "--Mail:Host=mail.example.com", "--mail:port", "2525")]
    [TestCase("Mail__Folder=/var/a folder", "--Mail:Folder=/var/a folder")]
    [TestCase("Access__AdminKey=a=b=", "--Access:AdminKey=a=b=")]
    [TestCase("ConnectionStrings__HelpDesk=Host=a;Database=b", "--ConnectionStrings:HelpDesk", "Host=a;Database=b")]
    [TestCase("", "--Sandbox:Clock", "--urls", "http://127.0.0.1:7777")]
    [TestCase("", "urls", "http://127.0.0.1:7777")]
    [TestCase("", "--urls")]
    public async Task Arguments_count_as_the_environment_does(string settings, params string[] arguments)
    {
        const string Script =
            """
            set -euo pipefail
            . deploy/lib/arguments.sh
            shown=() names=(ASPNETCORE_URLS ASPNETCORE_ENVIRONMENT ConnectionStrings__HelpDesk Access__AdminKey Mail__Host Mail__Port Mail__Folder)
            unset "${names[@]}"
            settings_from "$@"
            for name in "${names[@]}"; do [[ ! -v $name ]] || shown+=("$name=${!name}"); done
            printf %s "${shown[*]-}"
            """;
        Assert.That(await Repository.Run(Repository.Root, "bash", ["-c", Script, "deploy/run", .. arguments]), Is.EqualTo((0, settings)));
    }
}
