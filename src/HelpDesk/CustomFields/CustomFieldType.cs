namespace HelpDesk.CustomFields;

/// <summary>What a custom field takes.</summary>
public enum CustomFieldType
{
    /// <summary>Text of 1 to 2,000 characters.</summary>
    Text,

    /// <summary>A number, with or without decimals.</summary>
    Number,

    /// <summary>True or false.</summary>
    Boolean,

    /// <summary>A date, yyyy-MM-dd.</summary>
    Date,

    /// <summary>One of its choices.</summary>
    Choice,

    /// <summary>Several of its choices, each at most once.</summary>
    Choices,
}
