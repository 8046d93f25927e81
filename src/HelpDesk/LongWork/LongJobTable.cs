using HelpDesk.Database;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace HelpDesk.LongWork;

internal sealed class LongJobTable : IEntityTypeConfiguration<LongJob>
{
    public void Configure(EntityTypeBuilder<LongJob> job)
    {
        job.ToTable("long_work");
        job.Property(row => row.Id).ValueGeneratedNever();
        job.Property(row => row.State).HasConversion<Conventions.EnumConverter<JobState>>();
        job.Property(row => row.Request).HasColumnType("jsonb");
        job.Property(row => row.Counts).HasColumnType("jsonb");
        job.Property(row => row.Result).HasColumnType("jsonb");
    }
}
