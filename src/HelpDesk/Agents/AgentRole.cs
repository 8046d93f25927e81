namespace HelpDesk.Agents;

/// <summary>What an agent is among agents.</summary>
public enum AgentRole
{
    /// <summary>Answers customers.</summary>
    Agent,

    /// <summary>Leads others, and is called in when a promise is at risk.</summary>
    Lead,

    /// <summary>Runs the desk.</summary>
    Admin,
}
