using System.Globalization;

namespace HelpDesk.Delivery;

internal sealed class English : Language
{
    /// <summary>From Monday on.</summary>
    internal static IReadOnlyList<string> Days { get; } = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

    internal static IReadOnlyList<string> Months { get; } =
        ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];

    public override string Code => "en";

    public override string By => "by";

    public override string SampleSubject => "Printer on fire";

    public override string SampleReason => "We are waiting for a spare part.";

    public override string SampleBody => "We have ordered the part, and the next hour of support is on us.";

    public override string DateAndTime(LocalDateTime at) => string.Create(
        CultureInfo.InvariantCulture, $"{Date(at.Date)} at {at.Hour:D2}:{at.Minute:D2}");

    public override string Date(LocalDate date) => string.Create(
        CultureInfo.InvariantCulture, $"{Days[(int)date.DayOfWeek - 1]}, {date.Day} {Months[date.Month - 1]} {date.Year}");

    protected override char DecimalPoint => '.';

    protected override string Unit(TimeUnit unit, decimal count) => (unit, count == 1) switch
    {
        (TimeUnit.Day, true) => "day",
        (TimeUnit.Day, _) => "days",
        (TimeUnit.Hour, true) => "hour",
        (TimeUnit.Hour, _) => "hours",
        (TimeUnit.Minute, true) => "minute",
        (TimeUnit.Minute, _) => "minutes",
        (_, true) => "second",
        _ => "seconds",
    };

    protected override string Short(TimeUnit unit) => unit switch { TimeUnit.Hour => "h", TimeUnit.Minute => "min", _ => "s" };

    public override (string Why, string How) OptOut => ("You get this mail because of your request to us.", "No more mail about your requests");

    public override string What(string kind) => kind switch
    {
        "first_response" => "First answer",
        "next_response" => "Answer to your message",
        "update" => "News of where things stand",
        "resolution" => "Solution",
        "callback" => "Our call or message to you",
        _ => throw Unknown(kind),
    };

    public override string Promise(string kind, string date) => kind switch
    {
        "first_response" => $"We will answer you by {date}.",
        "next_response" => $"We will answer your message by {date}.",
        "update" => $"We will tell you where things stand by {date}.",
        "resolution" => $"We will have a solution for you by {date}.",
        "callback" => $"We will get back to you by {date}.",
        _ => throw Unknown(kind),
    };

    public override string Owed(string kind) => kind switch
    {
        "first_response" => "First answer",
        "next_response" => "Answer",
        "update" => "News of where things stand",
        "resolution" => "Solution",
        "callback" => "Call or message",
        _ => throw Unknown(kind),
    };

    public override string Asked(string why) => why switch
    {
        "coming_up" => "It is still owed: please see to it in time.",
        "lapsed" => "It has lapsed and is still owed: please see to it first.",
        "put_off" => "It has been put off as often as the policy allows. The customer was told that the date may not hold and that people were called in: please take over.",
        "given_up" => "It has lapsed, and the customer got an apology without a new date: please write to the customer.",
        "unreachable" => "The customer should hear that it takes longer, and cannot be reached: please find another way.",
        "not_told" => "It has lapsed, and the customer could not be told: please find another way to reach the customer.",
        "callback" => "An agent promised this in person. The customer will soon be told that it takes longer: please do it now, or say that it was done.",
        "assigned" => "The ticket was given to you: please see to it.",
        _ => throw NotAsked(why),
    };
}
