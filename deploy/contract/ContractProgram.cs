using System.Text.Json.Nodes;

namespace HelpDesk.Contract;

internal static class ContractProgram
{
    /// <summary>Usage: HelpDesk.Contract OLD NEW. Lists what in NEW breaks a client of OLD, one per line; 1 when there is anything, 2 for a wrong call.</summary>
    public static int Main(string[] args)
    {
        if (args.Length != 2)
        {
            Console.Error.WriteLine("Usage: HelpDesk.Contract OLD NEW (two OpenAPI documents in JSON)");
            return 2;
        }

        var broken = BreakingChanges.Between(Read(args[0]), Read(args[1]));
        foreach (var change in broken) Console.WriteLine(change);
        return broken.Count == 0 ? 0 : 1;
    }

    private static JsonNode Read(string path) => JsonNode.Parse(File.ReadAllText(path))!;
}
