using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace HelpDesk.Database.Migrations;

[DbContext(typeof(HelpDeskDb))]
[Migration("0036_composed_words")]
internal sealed class M0036ComposedWords : SqlMigration;
