using HelpDesk.Database;
using HelpDesk.Deadlines;
using HelpDesk.Web;

namespace HelpDesk.Escalation;

/// <summary>A step as a policy writes it: "75%", "-PT30M from promise", "PT0S from lapse".</summary>
internal static class StepWords
{
    public static string Of(LadderStep step) => step.From switch
    {
        LadderBase.Target => $"{step.Percent}%",
        LadderBase.FollowUp => "",
        var from => $"{IsoDuration.Format(step.Offset)} from {from.Word()}",
    };
}
