using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace HelpDesk.Database.Migrations;

[DbContext(typeof(HelpDeskDb))]
[Migration("0034_signing_keys")]
internal sealed class M0034SigningKeys : SqlMigration;
