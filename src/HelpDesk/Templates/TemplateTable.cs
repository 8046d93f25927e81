using HelpDesk.Database;
using HelpDesk.Delivery;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace HelpDesk.Templates;

internal sealed class TemplateTable : IEntityTypeConfiguration<Template>, IEntityTypeConfiguration<TemplateVersion>
{
    public void Configure(EntityTypeBuilder<Template> template)
    {
        template.ToTable("templates");
        template.Property(row => row.Id).ValueGeneratedNever();
        template.Property(row => row.RowVersion).IsConcurrencyToken();
        template.Property(row => row.Kind).HasConversion<Conventions.EnumConverter<MessageKind>>();
        template.Property(row => row.Channel).HasConversion<Conventions.EnumConverter<DeliveryChannel>>();
    }

    public void Configure(EntityTypeBuilder<TemplateVersion> version)
    {
        version.ToTable("template_versions");
        version.HasKey(row => new { row.TemplateId, row.Version });
        version.HasOne<Template>().WithMany().HasForeignKey(row => row.TemplateId);
    }

    /// <summary>
    /// Templates are written by one transaction at a time, so that no place is taken twice. Readers do not wait.
    /// </summary>
    public static Task Lock(HelpDeskDb db, CancellationToken cancel) =>
        db.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock(hashtext('helpdesk.templates'))", cancel);
}
