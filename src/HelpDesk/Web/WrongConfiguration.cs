namespace HelpDesk.Web;

/// <summary>
/// The configuration, or what it points at, cannot be served with: the message names the key and says what is wrong. The operator reads that sentence on one
/// line and the process ends with exit code 1; a bug keeps its stack trace.
/// </summary>
internal sealed class WrongConfiguration(string message, Exception? cause = null) : InvalidOperationException(message, cause)
{
    /// <summary>Only what nobody catches: a host that starts the desk in its own process sees the exception.</summary>
    public static void EndsInOneLine()
    {
        AppDomain.CurrentDomain.UnhandledException -= End;
        AppDomain.CurrentDomain.UnhandledException += End;
    }

    private static void End(object sender, UnhandledExceptionEventArgs unhandled)
    {
        if (unhandled.ExceptionObject is not WrongConfiguration wrong) return;
        Console.Error.WriteLine($"HelpDesk cannot start: {wrong.Message.ReplaceLineEndings(" ")}");
        Environment.Exit(1);
    }
}
