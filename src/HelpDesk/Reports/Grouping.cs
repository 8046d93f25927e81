namespace HelpDesk.Reports;

/// <summary>By what the figures are told apart.</summary>
public enum Grouping
{
    /// <summary>The kind of commitment.</summary>
    Kind,

    /// <summary>The queue that the ticket is in now.</summary>
    Queue,

    /// <summary>The priority that the ticket has now.</summary>
    Priority,

    /// <summary>Where the ticket came from.</summary>
    Channel,

    /// <summary>The policy by which the commitment was last targeted.</summary>
    Policy,
}
