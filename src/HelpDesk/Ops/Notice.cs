using HelpDesk.Access;
using HelpDesk.Web.Pages;

namespace HelpDesk.Ops;

/// <summary>Small pages for who is signed in: that something is not for her, and the way out.</summary>
internal static class Notice
{
    /// <summary>A lead asked for what only who may do everything is shown, or may do.</summary>
    public static IResult Closed(HttpContext http, Sessions sessions) => Page(http, sessions, StatusCodes.Status403Forbidden, words => words.Closed);

    /// <summary>For pages that have no form for it themselves.</summary>
    public static IResult SignOut(HttpContext http, Sessions sessions) => Page(http, sessions, StatusCodes.Status200OK, words => new(words.SignOut, null));

    private static PageAnswer<NoticePage, NoticeModel> Page(HttpContext http, Sessions sessions, int status, Func<OpsWords, NoticeWords> say)
    {
        var (frame, caller) = (PageFrame.Of(http), Caller.Of(http.User)!);
        var words = OpsWords.Of(frame.Language);
        return new(frame, new(say(words), words.SignedInAs(caller.Name), sessions.FormToken(http.Features.Get<Session>()!))) { Status = status };
    }
}

/// <param name="Text">Null where the title says it all.</param>
public sealed record NoticeWords(string Title, string? Text);

/// <param name="Who">Who is signed in.</param>
/// <param name="FormToken">What the form carries.</param>
public sealed record NoticeModel(NoticeWords Words, string Who, string FormToken);
