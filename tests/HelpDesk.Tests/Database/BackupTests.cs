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
            var backup = Path.Combine(data, "backup");
            var (code, said) = await Run(Database, data, "backup", backup, $"Attachments__Folder={files}");
            Assert.That(code, Is.Zero, said);
            Assert.That(await Repository.Run(data, "stat", "-c", "%a", backup), Is.EqualTo((0, "700\n")), "It is for its owner alone.");

            var other = Path.Combine(data, "other");
            (code, said) = await Run(place, other, "restore", backup, $"Attachments__Folder={other}/files");
            Assert.That(code, Is.Zero, said);
            Assert.That(await File.ReadAllTextAsync(Path.Combine(other, "files", "one")), Is.EqualTo("bytes"));
            Assert.That(await File.ReadAllTextAsync(Path.Combine(other, "signing-key")), Is.EqualTo("a key of this desk, and of no other"));
            using var desk = TestDesk.Start([("Sandbox:Clock", "true")], database: place);
            foreach (var path in new[] { $"/v1/tickets/{ticket["id"]}", $"/v1/tickets/{ticket["id"]}/messages", $"/v1/tickets/{ticket["id"]}/timeline", "/v1/policies", "/v1/deliveries" })
            {
                Assert.That(await desk.Admin.GetStringAsync(path), Is.EqualTo(await Desk.Admin.GetStringAsync(path)), path);
            }

            await desk.Admin.Post("/v1/tickets", """{ "subject": "Goes on", "body": "With the next number.", "requester": { "email": "ada@example.org" } }""").Json(HttpStatusCode.Created);

            (code, said) = await Run(place, other, "restore", backup, $"Attachments__Folder={other}/files");
            Assert.That((code, said.Contains("is not empty")), Is.EqualTo((1, true)), said);
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
