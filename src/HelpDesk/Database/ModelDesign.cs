using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace HelpDesk.Database;

/// <summary>The context as <c>deploy/model</c> has it made: of a database, but with none behind it.</summary>
internal sealed class ModelDesign : IDesignTimeDbContextFactory<HelpDeskDb>
{
    public HelpDeskDb CreateDbContext(string[] args) => new(new DbContextOptionsBuilder<HelpDeskDb>().UseNpgsql().Options);
}
