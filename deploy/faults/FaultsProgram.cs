namespace HelpDesk.Faults;

/// <summary>What deploy/drill calls.</summary>
internal static class FaultsProgram
{
    private const int NotHeld = 1;
    private const int Breached = 3;
    private const int ShownBreaches = 20;

    public static async Task<int> Main(string[] args)
    {
        using var stop = new CancellationTokenSource();
        Console.CancelKeyPress += (_, pressed) =>
        {
            pressed.Cancel = true;
            stop.Cancel();
        };
        try
        {
            var ground = Ground.Read();
            var findings = await new Drill(DrillOptions.Read(args), ground, Console.Error).Run(stop.Token);
            await File.WriteAllLinesAsync(ground.File("breaches.txt"), findings.Breaches, stop.Token);
            return Tell(findings);
        }
        catch (Exception error) when (error is DrillFailed or IOException or Npgsql.NpgsqlException)
        {
            await Console.Error.WriteLineAsync($"deploy/drill: {error.Message}");
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            await Console.Error.WriteLineAsync("deploy/drill: stopped.");
        }

        return NotHeld;
    }

    private static int Tell(Findings findings)
    {
        foreach (var (name, count, mustBeZero) in findings.Figures)
        {
            Console.Out.WriteLine(FormattableString.Invariant($"{name,-72}{count,8:N0}{(mustBeZero && count > 0 ? "   BREACH" : "")}"));
        }

        foreach (var breach in findings.Breaches.Take(ShownBreaches)) Console.Out.WriteLine($"BREACH  {breach}");
        if (findings.Breaches.Count > ShownBreaches) Console.Out.WriteLine($"… and {findings.Breaches.Count - ShownBreaches} more");
        return findings.Breaches.Count == 0 ? 0 : Breached;
    }
}
