namespace HelpDesk.Web;

/// <summary>
/// A member of a merge patch (RFC 7386): left out, null, or a value. <c>Optional&lt;string&gt;</c> refuses null, <c>Optional&lt;string?&gt;</c> takes it
/// (and so for value types). Give it a default so that it may be left out: <c>Optional&lt;string&gt; Name = default</c>.
/// </summary>
public readonly record struct Optional<T>
{
    public Optional(T value)
    {
        Value = value;
        IsGiven = true;
    }

    /// <summary>The member stood in the request, be it as null.</summary>
    public bool IsGiven { get; }

    /// <summary>What was given; meaningless when nothing was.</summary>
    public T? Value { get; }

    /// <summary>What was given, else what there is.</summary>
    public T Or(T current) => IsGiven ? Value! : current;
}
