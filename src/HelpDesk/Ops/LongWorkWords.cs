namespace HelpDesk.Ops;

/// <summary>What the operators' view says of long work.</summary>
/// <param name="Kinds">What is done, of the name and the version of what it is done with; by the name of the kind.</param>
/// <param name="Unnamed">What stands for a name that is not there any more.</param>
/// <param name="States">In the order of the states.</param>
/// <param name="Of">So many of so many.</param>
/// <param name="So">So many, of nobody knows how many.</param>
/// <param name="Cancelled">After its button was pressed.</param>
/// <param name="Over">It had ended before.</param>
public sealed record LongWorkWords(
    string Title, string Text, string None, string What, string State, string Progress, string Asked, string Began, string Ended, string Cancel, string Unnamed,
    IReadOnlyDictionary<string, Func<string, string, string>> Kinds, IReadOnlyList<string> States, Func<string, string, string> Of, Func<string, string> So, string Cancelled, string Over);
