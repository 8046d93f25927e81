using System.Text.Json;
using HelpDesk.Deadlines;
using HelpDesk.Web;
using HelpDesk.Web.Json;

namespace HelpDesk.Tests.Web;

internal sealed class JsonTests
{
    [TestCase("2026-03-02T08:00:00Z", "2026-03-02T08:00:00Z")]
    [TestCase("2026-03-02T10:00:00+02:00", "2026-03-02T08:00:00Z")]
    [TestCase("2026-03-02T08:00:00.5Z", "2026-03-02T08:00:00.5Z")]
    [TestCase("2026-03-02T08:00:00.123456Z", "2026-03-02T08:00:00.123456Z")]
    [TestCase("2026-03-02T08:00:00.1234569Z", "2026-03-02T08:00:00.123456Z")]
    [TestCase("2026-03-02T08:00:00.12345678901234Z", "2026-03-02T08:00:00.123456Z")]
    [TestCase("2026-03-02t08:00:00z", "2026-03-02T08:00:00Z")]
    [TestCase("2026-03-02t10:00:00.50+02:00", "2026-03-02T08:00:00.5Z")]
    [TestCase("0001-01-01T00:00:00.0000019Z", "0001-01-01T00:00:00.000001Z")]
    [TestCase("9999-12-31T23:59:59.9999999Z", "9999-12-31T23:59:59.999999Z")]
    public void Instants_are_read_with_any_offset_and_written_in_UTC(string written, string canonical) =>
        Assert.That(Write(Read<Instant>($"\"{written}\"")), Is.EqualTo($"\"{canonical}\""));

    [TestCase("\"2026-03-02T08:00:00\"")]
    [TestCase("\"2026-03-02\"")]
    [TestCase("\"2026-02-30T08:00:00Z\"")]
    [TestCase("\"2026-03-02T08:00:60Z\"")]
    [TestCase("\"2026-03-02T24:00:00Z\"")]
    [TestCase("\"2026-03-02T08:00:00,5Z\"")]
    [TestCase("\"2026-03-02T08:00:00.Z\"")]
    [TestCase("\"2026-03-02 08:00:00Z\"")]
    [TestCase("\"10000-01-01T00:00:00Z\"")]
    [TestCase("\"0000-12-31T00:00:00Z\"")]
    [TestCase("\"9999-12-31T23:59:59-01:00\"")]
    [TestCase("\"tomorrow\"")]
    [TestCase("1740902400")]
    public void What_is_no_instant_is_refused(string json) =>
        Assert.That(() => Read<Instant>(json), Throws.TypeOf<JsonException>().With.Message.StartsWith("must be an RFC 3339 instant"));

    [TestCase("\"waiting_on_customer\"", TicketStatus.WaitingOnCustomer)]
    [TestCase("\"new\"", TicketStatus.New)]
    public void Enums_are_snake_case_words(string json, object status)
    {
        Assert.That(Read<TicketStatus>(json), Is.EqualTo(status));
        Assert.That(Write((TicketStatus)status), Is.EqualTo(json));
    }

    [TestCase("1")]
    [TestCase("\"1\"")]
    [TestCase("\"New\"")]
    [TestCase("\"new,open\"")]
    [TestCase("\"waitingOnCustomer\"")]
    public void Numbers_other_cases_and_lists_are_no_words(string json) =>
        Assert.That(() => Read<TicketStatus>(json), Throws.TypeOf<JsonException>().With.Message.StartsWith("must be one of new, open, waiting_on_customer"));

    [Test]
    public void Enums_may_be_keys_of_a_dictionary() =>
        Assert.That(Write(Read<Dictionary<CommitmentKind, int>>("""{"first_response":1}""")), Is.EqualTo("""{"first_response":1}"""));

    [TestCase("\"08:30\"", true)]
    [TestCase("\"8:30\"", false)]
    [TestCase("\"24:00\"", false)]
    [TestCase("\"08:30:00\"", false)]
    public void Local_times_are_hours_and_minutes(string json, bool good) =>
        Assert.That(() => Read<LocalTime>(json), good ? Throws.Nothing : Throws.TypeOf<JsonException>());

    [Test]
    public void Letters_of_any_alphabet_and_apostrophes_stay_readable() =>
        Assert.That(Write("Şule, we'll call"), Is.EqualTo("\"Şule, we'll call\""));

    [Test]
    public void An_optional_member_is_left_out_null_or_a_value()
    {
        var none = Read<Change>("{}");
        var cleared = Read<Change>("""{"reason":null,"until":null}""");
        var set = Read<Change>("""{"name":"x","reason":"y","until":"2026-03-02T08:00:00Z","priority":"high"}""");
        using (Assert.EnterMultipleScope())
        {
            Assert.That((none.Name.IsGiven, none.Reason.IsGiven, none.Until.IsGiven), Is.EqualTo((false, false, false)));
            Assert.That((cleared.Reason.IsGiven, cleared.Reason.Value, cleared.Until.IsGiven, cleared.Until.Value), Is.EqualTo((true, (string?)null, true, (Instant?)null)));
            Assert.That((set.Name.Value, set.Reason.Or("z"), set.Priority.Value), Is.EqualTo(("x", "y", Priority.High)));
            Assert.That(none.Name.Or("kept"), Is.EqualTo("kept"));
            Assert.That(Write(cleared), Is.EqualTo("""{"reason":null,"until":null}"""));
        }
    }

    [TestCase("""{"name":null}""", "$.name")]
    [TestCase("""{"priority":null}""", "$.priority")]
    public void An_optional_member_takes_null_only_where_its_type_does(string json, string path) =>
        Assert.That(() => Read<Change>(json), Throws.TypeOf<JsonException>().With.Property("Path").EqualTo(path));

    private static T Read<T>(string json) => JsonSerializer.Deserialize<T>(json, JsonConventions.Options)!;

    private static string Write<T>(T value) => JsonSerializer.Serialize(value, JsonConventions.Options);

    internal sealed record Change(
        Optional<string> Name = default, Optional<string?> Reason = default, Optional<Instant?> Until = default, Optional<Priority> Priority = default);
}
