using System.Collections.Concurrent;
using System.Text;
using HelpDesk.Advisories;
using HelpDesk.Catalogue;
using HelpDesk.Time;
using HelpDesk.Web;
using HelpDesk.Web.Pages;

namespace HelpDesk.PromisePages;

/// <summary>
/// Pages as they were last made. One is good for the minute it was made in, as it says what would be promised now, and for what is published, how that was kept and what affects many: all
/// three know of themselves when they are over, so a kept page is never older than they are.
/// </summary>
internal sealed class PromisePageShelf(PromiseWriter writer, PageRenderer renderer, CatalogueShelf catalogue, RecordShelf records, AdvisoryShelf advisories, DeskClock clock)
{
    /// <summary>Bounds memory: zones are for anybody to name. The shelf is begun anew when full.</summary>
    public const int MostKept = 400;

    private readonly ConcurrentDictionary<PromiseAsk, Entry> kept = new();

    /// <summary>What a page is made of. What is kept of these is compared by reference.</summary>
    private sealed record Stamp(Instant Minute, PublishedRules Rules, PublicRecord? Record, ActiveAdvisories Advisories);

    private sealed record Entry(Stamp Stamp, Lazy<Task<KeptBody>> Page)
    {
        public bool IsOf(Stamp stamp) => Stamp == stamp && !Page.Value.IsFaulted;
    }

    public int Count => kept.Count;

    public async ValueTask<KeptBody> Read(PromiseAsk ask, PageFrame frame, CancellationToken cancel)
    {
        var now = await clock.Now(cancel);
        var minute = Minute(now);
        // Advisories begin and end to the second; what is promised is that of the minute.
        var stamp = new Stamp(minute, await catalogue.Read(cancel), await records.Read(minute, cancel), await advisories.Read(now, cancel));
        if (kept.TryGetValue(ask, out var known) && known.IsOf(stamp)) return await known.Page.Value;
        if (kept.Count >= MostKept) kept.Clear();
        // Made once for all who ask meanwhile, so not given up with one of them.
        var entry = kept.AddOrUpdate(
            ask, _ => Fresh(), (_, found) => found.IsOf(stamp) ? found : Fresh());
        return await entry.Page.Value;

        Entry Fresh() => new(stamp, new(() => Make(ask, frame, stamp)));
    }

    private async Task<KeptBody> Make(PromiseAsk ask, PageFrame frame, Stamp stamp)
    {
        var model = writer.Write(ask, stamp.Rules, stamp.Record, stamp.Advisories, stamp.Minute);
        return new KeptBody(Encoding.UTF8.GetBytes(ask.IsEmbedded
            ? await renderer.Render<PromiseEmbed, PromisePageModel>(frame, model)
            : await renderer.Render<PromisePage, PromisePageModel>(frame, model)));
    }

    /// <summary>Every server makes the same page in the same minute, so that its tag is the same.</summary>
    private static Instant Minute(Instant now) => Instant.FromUnixTimeSeconds(now.ToUnixTimeSeconds() - (((now.ToUnixTimeSeconds() % 60) + 60) % 60));
}
