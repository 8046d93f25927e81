using System.Globalization;

namespace HelpDesk.Delivery;

internal sealed class English : Language
{
    private static readonly string[] Days = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

    private static readonly string[] Months =
        ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];

    public override string Code => "en";

    public override string By => "by";

    public override string SampleSubject => "Printer on fire";

    public override string SampleReason => "We are waiting for a spare part.";

    public override string SampleBody => "We have ordered the part, and the next hour of support is on us.";

    public override string DateAndTime(LocalDateTime at) => string.Create(
        CultureInfo.InvariantCulture, $"{Days[(int)at.DayOfWeek - 1]}, {at.Day} {Months[at.Month - 1]} {at.Year} at {at.Hour:D2}:{at.Minute:D2}");

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
}
