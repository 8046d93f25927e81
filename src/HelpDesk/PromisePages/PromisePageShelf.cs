using System.Collections.Concurrent;
using System.Text;
using HelpDesk.Catalogue;
using HelpDesk.Time;
using HelpDesk.Web;
using HelpDesk.Web.Pages;

namespace HelpDesk.PromisePages;

/// <summary>
/// Pages as they were last made. One is good for the minute it was made in, as it says what would be promised now, and for what is published and how that was kept:
/// both know of themselves when they are over, so a kept page is never older than they are.
/// </summary>
internal sealed class PromisePageShelf(PromiseWriter writer, PageRenderer renderer, CatalogueShelf catalogue, RecordShelf records, DeskClock clock)
{
    /// <summary>Bounds memory: zones are for anybody to name. The shelf is begun anew when full.</summary>
    public const int MostKept = 400;

    private readonly ConcurrentDictionary<PromiseAsk, Entry> kept = new();

    private sealed record Entry(Instant Minute, PublishedRules Rules, PublicRecord? Record, Lazy<Task<KeptBody>> Page)
    {
        public bool IsOf(Instant minute, PublishedRules rules, PublicRecord? record) => Minute == minute && Rules == rules && Record == record && !Page.Value.IsFaulted;
    }

    public int Count => kept.Count;

    public async ValueTask<KeptBody> Read(PromiseAsk ask, PageFrame frame, CancellationToken cancel)
    {
        var minute = Minute(await clock.Now(cancel));
        var rules = await catalogue.Read(cancel);
        var record = await records.Read(minute, cancel);
        if (kept.TryGetValue(ask, out var known) && known.IsOf(minute, rules, record)) return await known.Page.Value;
        if (kept.Count >= MostKept) kept.Clear();
        // Made once for all who ask meanwhile, so not given up with one of them.
        var entry = kept.AddOrUpdate(
            ask, _ => Fresh(), (_, found) => found.IsOf(minute, rules, record) ? found : Fresh());
        return await entry.Page.Value;

        Entry Fresh() => new(minute, rules, record, new(() => Make(ask, frame, rules, record, minute)));
    }

    private async Task<KeptBody> Make(PromiseAsk ask, PageFrame frame, PublishedRules rules, PublicRecord? record, Instant minute)
    {
        var model = writer.Write(ask, rules, record, minute);
        return new KeptBody(Encoding.UTF8.GetBytes(ask.IsEmbedded
            ? await renderer.Render<PromiseEmbed, PromisePageModel>(frame, model)
            : await renderer.Render<PromisePage, PromisePageModel>(frame, model)));
    }

    /// <summary>Every server makes the same page in the same minute, so that its tag is the same.</summary>
    private static Instant Minute(Instant now) => Instant.FromUnixTimeSeconds(now.ToUnixTimeSeconds() - (((now.ToUnixTimeSeconds() % 60) + 60) % 60));
}
