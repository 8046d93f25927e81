namespace HelpDesk.Search;

/// <summary>Where a ticket matches what was looked for.</summary>
/// <param name="Rank">How well, higher is better; comparable within one search alone. Example: 0.42.</param>
/// <param name="Subject">The subject as HTML: escaped, with what was found between `&lt;mark&gt;` and `&lt;/mark&gt;`, the only tags in it. Example: "&lt;mark&gt;Printer&lt;/mark&gt; on fire".</param>
/// <param name="Snippets">Up to three pieces of messages, oldest message first; empty where only the subject matches, or the match lies past the first 10,000 characters.</param>
public sealed record SearchMatch(float Rank, string Subject, IReadOnlyList<SearchSnippet> Snippets);

/// <summary>A piece of a message in which something was found.</summary>
/// <param name="MessageId">The message.</param>
/// <param name="Text">About 200 characters as HTML, marked like the subject; an ellipsis (…) stands where text was left out. Example: "The &lt;mark&gt;printer&lt;/mark&gt; burns.".</param>
public sealed record SearchSnippet(Guid MessageId, string Text);
