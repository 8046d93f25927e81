/// <summary>Runs the example that is named, as <c>dotnet run Name.cs</c> would.</summary>
internal static class Examples
{
    public static async Task<int> Main(string[] args)
    {
        var rest = args[1..];
        switch (args[0])
        {
            case nameof(PostTicket): return await PostTicket.Main(rest);
            case nameof(FollowPromises): return await FollowPromises.Main(rest);
            default:
                await VerifyWebhook.Main(rest);
                return 0;
        }
    }
}
