using System.Net;
using HelpDesk.Attachments;
using HelpDesk.Tests.Support;
using HelpDesk.Time;
using Microsoft.Extensions.DependencyInjection;

namespace HelpDesk.Tests.Attachments;

/// <summary>A folder of files forgets what nothing names.</summary>
internal sealed class SweepTests : DeskFixture
{
    private readonly DirectoryInfo files = Directory.CreateTempSubdirectory("helpdesk-files-");

    protected override IEnumerable<(string Key, string Value)> Settings => [("Attachments:Folder", files.FullName)];

    [OneTimeTearDown]
    public void Remove_the_files() => files.Delete(recursive: true);

    [Test]
    public async Task Files_that_nothing_names_are_swept_a_day_later()
    {
        var ticket = await Open();
        await Desk.Admin.Send(HttpMethod.Post, $"/v1/tickets/{ticket["id"]}/attachments", Uploads.OneFile, Uploads.TypeOf(Uploads.OneFile)).Json(HttpStatusCode.Created);
        var named = files.EnumerateFiles("*", SearchOption.AllDirectories).Single().FullName;
        var shelf = files.CreateSubdirectory("aa").FullName;
        var (orphan, young, cut, strange) = (Path.Combine(shelf, AnyId), Path.Combine(shelf, AnyId), Path.Combine(shelf, $"{AnyId}.unfinished"), Path.Combine(shelf, "notes"));
        foreach (var path in new[] { orphan, young, cut, strange }) await File.WriteAllTextAsync(path, "x");
        foreach (var path in new[] { named, orphan, cut, strange }) File.SetLastWriteTimeUtc(path, new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        await Desk.Services.GetRequiredService<SweepAttachmentFolder>().RunOnce(default);
        Assert.That(new[] { named, orphan, young, cut, strange }.Select(File.Exists), Is.EqualTo(new[] { true, false, true, false, true }));
    }

    private static string AnyId => $"{Ids.New(Instant.FromUtc(2026, 3, 2, 8, 0))}";
}
