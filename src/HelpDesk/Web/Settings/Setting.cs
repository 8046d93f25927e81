namespace HelpDesk.Web.Settings;

/// <summary>
/// A key of the configuration, declared beside what it sets. The desk reads the key through it and docs/configuration.md is written from it, so that the page cannot
/// say what the desk does not do.
/// </summary>
/// <param name="key">As .NET has it: <c>Section:Key</c>.</param>
/// <param name="meaning">In Markdown, as a cell of a table.</param>
internal abstract class Setting(string key, string meaning)
{
    public string Key { get; } = key;

    /// <summary>What people call the key: but for what ASP.NET Core renames, as it is.</summary>
    public virtual string Name => Key;

    public string Meaning { get; } = meaning;

    /// <summary>What it may be, in Markdown: "a whole number from 1 to 64".</summary>
    public abstract string Values { get; }

    /// <summary>What is as good as leaving it out, as it would be written; null where there is no such text.</summary>
    public virtual string? Default => null;

    /// <summary>What there is to say of the default, or in its place.</summary>
    public virtual string? Note => null;

    /// <param name="rule">What goes on after the key, without a full stop.</param>
    public WrongConfiguration Wrong(string rule) => new($"{Name} {rule}.");

    /// <param name="text">What was given.</param>
    /// <param name="why">What is wrong with it in particular.</param>
    public WrongConfiguration Refuse(string text, string? why = null) => Wrong($"must be {Values.Replace("`", "", StringComparison.Ordinal)}, but is '{text}'{(why is null ? "" : $", which {why}")}");

    /// <summary>Null where it is left out, or blank: orchestrators hand over empty variables for what they do not set.</summary>
    public string? Given(IConfiguration configuration) => configuration[Key]?.Trim() is { Length: > 0 } text ? text : null;
}

/// <inheritdoc/>
/// <typeparam name="T">What it is read as.</typeparam>
internal abstract class Setting<T>(string key, string meaning) : Setting(key, meaning)
{
    /// <summary>The default where it is left out. A value that cannot be is a <see cref="WrongConfiguration"/> that names the key.</summary>
    public abstract T Read(IConfiguration configuration);
}
