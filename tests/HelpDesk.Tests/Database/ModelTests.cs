using HelpDesk.Database;
using HelpDesk.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace HelpDesk.Tests.Database;

/// <summary>What EF believes of the database is what the migrations made of it.</summary>
internal sealed class ModelTests
{
    /// <summary>Tables that EF is not to know, and why. A table leaves this list with the feature that maps it.</summary>
    private static readonly Dictionary<string, string> Unmapped = new()
    {
        ["__EFMigrationsHistory"] = "EF's own",
        ["attachment_chunks"] = "bytes, written and read one at a time",
        ["signing_keys"] = "noted at each start, in SQL alone",
        ["import_uploads"] = "files while they are imported, in SQL alone",
        ["import_seen"] = "hashes of what a dry run would have brought",
        ["import_chunks"] = "bytes, written and read one at a time",
        ["search_languages"] = "written with the first ticket of a language, and read in SQL alone",
        ["ticket_texts"] = "written and searched in SQL alone",
        ["inbound_mails"] = "written and asked about one at a time, in SQL alone",
        ["recurring_jobs"] = "asked about once a second, in SQL alone",
        ["ended_sessions"] = "asked about one at a time, and forgotten by their end, in SQL alone",
        ["sandbox_clock"] = "one row, read and written by hand: the time must not be cached",
        ["feed_era"] = "one row, read in SQL alone",
        ["performance_progress"] = "kept by the roll-up, in SQL alone",
        ["performance_facts"] = "kept by the roll-up, in SQL alone",
        ["performance_days"] = "kept by the roll-up, in SQL alone",
        ["performance_marks"] = "written by triggers, read by the roll-up",
        ["webhook_progress"] = "moved on by whoever reads the feed, in SQL alone",
        ["webhook_deliveries"] = "queued, claimed and recorded in groups, in SQL alone",
        ["webhook_attempts"] = "recorded in groups, in SQL alone",
        ["idempotency_keys"] = "read and written by hand, in the transaction of the request",
    };

    [Test]
    public async Task Every_column_of_the_model_is_in_the_database_with_its_type_and_nullability_and_the_other_way_round()
    {
        using var desk = TestDesk.Start();
        await using var scope = desk.Services.CreateAsyncScope();
        var model = scope.ServiceProvider.GetRequiredService<HelpDeskDb>().Model.GetRelationalModel();
        var source = desk.Services.GetRequiredService<NpgsqlDataSource>();
        var there = await Columns(source);
        var believed = new List<string>();
        foreach (var column in model.Tables.SelectMany(table => table.Columns))
        {
            if (column.Name == "xmin") continue;
            believed.Add($"{column.Table.Name}.{column.Name} {await Canonical(source, column.StoreType)} {(column.IsNullable ? "null" : "not null")}");
        }
        Assert.That(believed, Is.Not.Empty);
        Assert.That(believed, Is.EquivalentTo(there.Where(column => !Unmapped.ContainsKey(column.Table)).Select(column => column.ToString())));
        Assert.That(Unmapped.Keys, Is.SubsetOf(there.Select(column => column.Table)), "a table that is gone needs no reason");
        Assert.That(Unmapped.Keys.Intersect(model.Tables.Select(table => table.Name)), Is.Empty, "a table that is mapped needs no reason");
    }

    /// <summary>In words: what a model has beyond them decides how EF makes one, and not what is asked of the database.</summary>
    [Test]
    public void The_model_that_is_written_out_is_the_one_that_the_entities_make()
    {
        using var desk = TestDesk.Start();
        using var scope = desk.Services.CreateScope();
        var written = scope.ServiceProvider.GetRequiredService<HelpDeskDb>().Model;
        Assert.That(written, Is.SameAs(DeskModel.HelpDeskDbModel.Instance));
        using var design = new ModelDesign().CreateDbContext([]);
        var made = design.GetService<IModelSource>().GetModel(design, design.GetService<ModelCreationDependencies>(), designTime: false);
        Assert.That(Words(written), Is.EqualTo(Words(made)), "deploy/model writes it anew");
    }

    /// <summary>But for the filters, which are never written out, and for what single queries brought.</summary>
    private static string Words(IModel model) => string.Join('\n', model.GetEntityTypes().Select(entity => entity.ToDebugString(MetadataDebugStringOptions.LongDefault))
        .Append(model.GetRelationalModel().ToDebugString(MetadataDebugStringOptions.LongDefault))
        .SelectMany(words => words.Split('\n')).Where(line => !line.Contains("QueryFilter:", StringComparison.Ordinal)));

    private static async Task<List<Column>> Columns(NpgsqlDataSource source)
    {
        await using var command = source.CreateCommand(
            """
            select c.relname, a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull
            from pg_attribute a join pg_class c on c.oid = a.attrelid
            where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and a.attnum > 0 and not a.attisdropped
            """);
        await using var rows = await command.ExecuteReaderAsync();
        var columns = new List<Column>();
        while (await rows.ReadAsync()) columns.Add(new(rows.GetString(0), rows.GetString(1), rows.GetString(2), rows.GetBoolean(3)));
        return columns;
    }

    private static async Task<string> Canonical(NpgsqlDataSource source, string type)
    {
        await using var command = source.CreateCommand($"select format_type('{type}'::regtype, null)");
        return (string)(await command.ExecuteScalarAsync())!;
    }

    private sealed record Column(string Table, string Name, string Type, bool NotNull)
    {
        public override string ToString() => $"{Table}.{Name} {Type} {(NotNull ? "not null" : "null")}";
    }
}
