using HelpDesk.Database;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace HelpDesk.Agents;

internal sealed class AgentTable : IEntityTypeConfiguration<Agent>
{
    public const string OneEmail = "agents_email";

    public void Configure(EntityTypeBuilder<Agent> agent)
    {
        agent.ToTable("agents");
        agent.Property(row => row.Id).ValueGeneratedNever();
        agent.Property(row => row.RowVersion).IsConcurrencyToken();
        agent.Property(row => row.Role).HasConversion<Conventions.EnumConverter<AgentRole>>();
        agent.Ignore(row => row.Definition);
    }
}
