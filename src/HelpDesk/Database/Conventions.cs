using System.Text.Json;
using HelpDesk.Deadlines;
using HelpDesk.Time;
using HelpDesk.Web;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.EntityFrameworkCore.Metadata.Conventions;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace HelpDesk.Database;

/// <summary>snake_case tables and columns, enums as snake_case text, instants as timestamptz, durations as bigint microseconds.</summary>
internal static class Conventions
{
    public static void Configure(ModelConfigurationBuilder conventions)
    {
        conventions.Properties<Instant>().HaveConversion<InstantConverter>().HaveColumnType("timestamptz");
        conventions.Properties<Duration>().HaveConversion<DurationConverter>().HaveColumnType("bigint");
        conventions.Properties<LocalTime>().HaveConversion<LocalTimeConverter>().HaveColumnType("time");
        conventions.Properties<Author>().HaveConversion<EnumConverter<Author>>();
        conventions.Properties<CommitmentKind>().HaveConversion<EnumConverter<CommitmentKind>>();
        conventions.Properties<CommitmentState>().HaveConversion<EnumConverter<CommitmentState>>();
        conventions.Properties<Priority>().HaveConversion<EnumConverter<Priority>>();
        conventions.Properties<PromiseMaker>().HaveConversion<EnumConverter<PromiseMaker>>();
        conventions.Properties<PromiseOutcome>().HaveConversion<EnumConverter<PromiseOutcome>>();
        conventions.Properties<TicketStatus>().HaveConversion<EnumConverter<TicketStatus>>();
        conventions.Properties<Visibility>().HaveConversion<EnumConverter<Visibility>>();
        conventions.Conventions.Add(_ => new SnakeCase());
    }

    /// <summary>The word of an enum in URLs, JSON and tables: <c>WaitingOnCustomer</c> → <c>waiting_on_customer</c>.</summary>
    public static string Word<T>(this T value)
        where T : struct, Enum => Words<T>.Of(value);

    public static T FromWord<T>(string word)
        where T : struct, Enum => Words<T>.From(word);

    public static string ToSnakeCase(string name) => JsonNamingPolicy.SnakeCaseLower.ConvertName(name);

    public sealed class EnumConverter<T>() : ValueConverter<T, string>(value => value.Word(), word => FromWord<T>(word))
        where T : struct, Enum;

    public sealed class InstantConverter() : ValueConverter<Instant, DateTime>(instant => instant.ToDateTimeUtc(), time => time.ToInstant());

    public sealed class DurationConverter() : ValueConverter<Duration, long>(duration => duration.ToMicroseconds(), value => Instants.FromMicroseconds(value));

    public sealed class LocalTimeConverter() : ValueConverter<LocalTime, TimeOnly>(time => time.ToTimeOnly(), time => LocalTime.FromTimeOnly(time));

    private sealed class SnakeCase : IModelFinalizingConvention
    {
        public void ProcessModelFinalizing(IConventionModelBuilder modelBuilder, IConventionContext<IConventionModelBuilder> context)
        {
            foreach (var entity in modelBuilder.Metadata.GetEntityTypes())
            {
                foreach (var property in entity.GetDeclaredProperties())
                {
                    property.Builder.HasColumnName(ToSnakeCase(property.Name));
                }
            }
        }
    }
}
