using System.Net;
using HelpDesk.Tests.Support;

namespace HelpDesk.Tests.Database;

/// <summary>What <c>deploy/backup</c> writes, <c>deploy/restore</c> makes a desk of.</summary>
internal sealed class BackupTests : DeskFixture
{
    private static (TestDatabase Database, string Folder) NewPlace() => (TestDatabase.Empty(), Directory.CreateTempSubdirectory("helpdesk-backup-").FullName);

    private static Task<(int Code, string Said)> Run(TestDatabase database, string data, string script, string folder, params string[] more) => Repository.Run(
        Repository.Root, "env", [$"ConnectionStrings__HelpDesk={database.ConnectionString}", $"HELPDESK_DATA={data}", .. more, $"deploy/{script}", folder]);

    [Test]
    public async Task A_desk_is_the_same_after_it_was_backed_up_and_restored()
    {
        await Policy();
        var ticket = await Open();
        await Desk.Admin.Post($"/v1/tickets/{ticket["id"]}/messages", """{ "author": "agent", "visibility": "public", "body": "Türkçe ja suomea: we look into it." }""").Json(HttpStatusCode.Created);
        var (place, data) = NewPlace();
        using (place)
        {
            await File.WriteAllTextAsync(Path.Combine(data, "signing-key"), "a key of this desk, and of no other");
            var files = Directory.CreateDirectory(Path.Combine(data, "attachments")).FullName;
            await File.WriteAllTextAsync(Path.Combine(files, "one"), "bytes");
            await File.WriteAllTextAsync(Path.Combine(files, "two.unfinished"), "by");
            var backup = Path.Combine(data, "backup");
            var (code, said) = await Run(Database, data, "backup", backup, $"Attachments__Folder={files}");
            Assert.That(code, Is.Zero, said);
            Assert.That(await Repository.Run(data, "stat", "-c", "%a", backup), Is.EqualTo((0, "700\n")), "It is for its owner alone.");

            // Events that the backup does not know, and a follower does.
            await Desk.Admin.Post("/v1/queues", """{ "name": "lost" }""").Json(HttpStatusCode.Created);
            var lost = await Desk.Admin.GetAsync("/v1/events?limit=5000").Json();

            var other = Path.Combine(data, "other");
            Directory.CreateDirectory(other);
            if (Environment.UserName == "root") await Repository.Run(data, "chown", "12345:12346", other);
            var owner = await Repository.Run(data, "stat", "-c", "%u:%g 600", other);
            (code, said) = await Run(place, other, "restore", backup, $"Attachments__Folder={other}/files");
            Assert.That(code, Is.Zero, said);
            Assert.That(await Repository.Run(other, "stat", "-c", "%u:%g %a", "signing-key"), Is.EqualTo(owner), "It is for whom the folder belongs to.");
            Assert.That(Directory.GetFiles(Path.Combine(other, "files")).Select(Path.GetFileName), Is.EqualTo(new[] { "one" }), "An upload under way is no file of a ticket.");
            Assert.That(await File.ReadAllTextAsync(Path.Combine(other, "files", "one")), Is.EqualTo("bytes"));
            Assert.That(await File.ReadAllTextAsync(Path.Combine(other, "signing-key")), Is.EqualTo("a key of this desk, and of no other"));
            using var desk = TestDesk.Start([("Sandbox:Clock", "true")], database: place);
            foreach (var path in new[] { $"/v1/tickets/{ticket["id"]}", $"/v1/tickets/{ticket["id"]}/messages", $"/v1/tickets/{ticket["id"]}/timeline", "/v1/policies", "/v1/deliveries" })
            {
                Assert.That(await desk.Admin.GetStringAsync(path), Is.EqualTo(await Desk.Admin.GetStringAsync(path)), path);
            }

            await desk.Admin.Post("/v1/tickets", """{ "subject": "Goes on", "body": "With the next number.", "requester": { "email": "ada@example.org" } }""").Json(HttpStatusCode.Created);
            await desk.Admin.GetAsync($"/v1/events?after={lost["next"]}").Problem(HttpStatusCode.Gone, "cursor-gone");
            var newest = (await desk.Admin.GetAsync("/v1/events?limit=5000").Json())["items"]!.AsArray()[^1]!;
            Assert.That((long)newest["id"]!, Is.GreaterThan((long)lost["items"]!.AsArray()[^1]!["id"]!), "No id is given twice.");

            (code, said) = await Run(place, other, "restore", backup, $"Attachments__Folder={other}/files");
            Assert.That((code, said.Contains("is not empty")), Is.EqualTo((1, true)), said);
        }

        Directory.Delete(data, recursive: true);
    }

    [Test]
    public async Task The_database_may_stand_in_a_file_and_the_programs_of_a_client_do()
    {
        var folder = Directory.CreateTempSubdirectory("helpdesk-backup-").FullName;
        var secret = Path.Combine(folder, "connection");
        await File.WriteAllTextAsync(secret, Database.ConnectionString + "\n");
        // As postgresql-client brings them: without a server's.
        var client = Directory.CreateDirectory(Path.Combine(folder, "client")).FullName;
        var (_, found) = await Repository.Run(Repository.Root, "bash", ["-c", ". deploy/lib/ground.sh; . deploy/lib/postgres.sh; . deploy/lib/database.sh; find_clients; printf %s \"$pg_bin\""]);
        foreach (var program in new[] { "psql", "pg_dump", "pg_restore" }) File.CreateSymbolicLink(Path.Combine(client, program), Path.Combine(found, program));
        var (code, said) = await Repository.Run(
            Repository.Root, "env",
            [$"ConnectionStrings__HelpDesk_FILE={secret}", $"HELPDESK_DATA={folder}/data", $"HELPDESK_POSTGRES={client}", "deploy/backup", Path.Combine(folder, "backup")]);
        Assert.That(code, Is.Zero, said);

        // One of a year ago.
        File.Delete(Path.Combine(client, "pg_dump"));
        await File.WriteAllTextAsync(Path.Combine(client, "pg_dump"), "#!/bin/sh\necho 'pg_dump (PostgreSQL) 12.4 (Debian 12.4-1)'\n");
        await Repository.Run(client, "chmod", "700", "pg_dump");
        (code, said) = await Repository.Run(
            Repository.Root, "env",
            [$"ConnectionStrings__HelpDesk_FILE={secret}", $"HELPDESK_DATA={folder}/data", $"HELPDESK_POSTGRES={client}", "deploy/backup", Path.Combine(folder, "another")]);
        Assert.That((code, said.Contains("cannot dump what is newer than itself")), Is.EqualTo((1, true)), said);
        Directory.Delete(folder, recursive: true);
    }

    [Test]
    public async Task A_key_is_taken_from_the_folder_that_is_named_and_what_is_configured_is_said_not_to_be_there()
    {
        var data = Directory.CreateTempSubdirectory("helpdesk-backup-").FullName;
        await File.WriteAllTextAsync(Path.Combine(data, "signing-key"), "a key of this desk, and of no other");
        string[][] ways = [["-u", "HELPDESK_DATA"], [$"HELPDESK_DATA={data}", "Desk__SigningKey=a key of the configuration's"], [$"HELPDESK_DATA={data}", "Desk__SigningKey_FILE=/etc/helpdesk/key"]];
        string[] reasons = ["HELPDESK_DATA does not say", "from Desk__SigningKey", "from Desk__SigningKey"];
        foreach (var (way, reason) in ways.Zip(reasons))
        {
            var backup = Path.Combine(data, "backup");
            // The slash is what a shell completes a folder's name by.
            var (code, said) = await Repository.Run(Repository.Root, "env", [.. way, $"ConnectionStrings__HelpDesk={Database.ConnectionString}", "deploy/backup", backup + "/"]);
            Assert.That((code, said.Contains("No signing key is in it") && said.Contains(reason) && said.Contains("Keep Desk:SigningKey")), Is.EqualTo((0, true)), said);
            Assert.That(Directory.GetFiles(backup).Select(Path.GetFileName), Is.EqualTo(new[] { "database.dump" }));
            Directory.Delete(backup, recursive: true);
        }

        Directory.Delete(data, recursive: true);
    }

    [Test]
    public async Task Another_signing_key_is_not_written_over_and_a_backup_is_never_half_there()
    {
        var (place, data) = NewPlace();
        using (place)
        {
            await File.WriteAllTextAsync(Path.Combine(data, "signing-key"), "one");
            var backup = Path.Combine(data, "backup");
            Assert.That((await Run(Database, data, "backup", backup, "Attachments__Folder=/nowhere")).Code, Is.EqualTo(1));
            Assert.That(Directory.GetFileSystemEntries(data).Select(Path.GetFileName), Is.EqualTo(new[] { "signing-key" }));
            var (code, said) = await Run(Database, data, "backup", backup);
            Assert.That(code, Is.Zero, said);
            var other = Directory.CreateDirectory(Path.Combine(data, "other")).FullName;
            await File.WriteAllTextAsync(Path.Combine(other, "signing-key"), "two");
            (code, said) = await Run(place, other, "restore", backup);
            Assert.That((code, said.Contains("is another key than the backup's")), Is.EqualTo((1, true)), said);
            Assert.That(await place.Ask<long>("select count(*) from pg_class where relnamespace = 'public'::regnamespace"), Is.Zero);
        }

        Directory.Delete(data, recursive: true);
    }
}
