namespace HelpDesk.Replay;

/// <summary>The replay cannot go on, or must not: the message is for whoever started it.</summary>
internal sealed class ReplayFailed(string message) : Exception(message);
