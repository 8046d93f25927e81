namespace HelpDesk.Channels;

/// <summary>Whether mail is sent, and one button to change it.</summary>
/// <param name="Button">Null where there is nothing to change.</param>
/// <param name="Action">Where the button leads.</param>
public sealed record OptOutModel(string Title, string Text, string? Button = null, string? Action = null);
