namespace HelpDesk.Tests.Guide;

/// <summary>What an example is written in.</summary>
public enum Tongue
{
    Curl,
    CSharp,
    TypeScript,
    Python,
}
