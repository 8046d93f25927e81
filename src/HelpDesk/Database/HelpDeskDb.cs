using Microsoft.EntityFrameworkCore;

namespace HelpDesk.Database;

/// <summary>The desk's one database. Tables, columns and enums are named by <see cref="Conventions"/>; each entity's table lies beside it.</summary>
internal sealed class HelpDeskDb(DbContextOptions<HelpDeskDb> options) : DbContext(options)
{
    protected override void OnModelCreating(ModelBuilder model) => model.ApplyConfigurationsFromAssembly(typeof(HelpDeskDb).Assembly);

    protected override void ConfigureConventions(ModelConfigurationBuilder conventions) => Conventions.Configure(conventions);
}
