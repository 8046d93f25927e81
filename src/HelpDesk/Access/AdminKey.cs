using System.Buffers.Text;
using System.Security.Cryptography;
using HelpDesk.Web.Settings;

namespace HelpDesk.Access;

/// <summary><c>Access:AdminKey</c>: the key that opens a desk which has no others yet.</summary>
internal sealed partial class AdminKey
{
    private static readonly Secret Configured = new(
        "Access:AdminKey", "the bootstrap admin key", ConfiguredKey.Values,
        "made once by `deploy/run`, kept in `$HELPDESK_DATA/admin-key`; else none, or in `Development` one that each start makes and logs");

    private readonly byte[]? hash;

    public AdminKey(IConfiguration configuration, IHostEnvironment environment, ILogger<AdminKey> log)
    {
        var key = Configured.Read(configuration);
        if (string.IsNullOrEmpty(key))
        {
            if (!environment.IsDevelopment())
            {
                LogNone(log);
                return;
            }
            key = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(ConfiguredKey.MinLength));
            LogMade(log, key);
        }
        hash = ConfiguredKey.Hash(Configured, key);
    }

    public static Caller Caller { get; } = new("admin", "Bootstrap admin key", [Scopes.Admin]);

    public bool Is(string key) => Is(sameHash: other => ApiKeySecret.Same(other, ApiKeySecret.Hash(key)));

    /// <param name="sameHash">Whether a hash is that of the key in question.</param>
    public bool Is(Predicate<byte[]> sameHash) => hash is not null && sameHash(hash);

    [LoggerMessage(1201, LogLevel.Warning, "Access:AdminKey is not set: only API keys made earlier are good. Set it to make the first one.")]
    private static partial void LogNone(ILogger log);

    [LoggerMessage(1202, LogLevel.Warning, "Access:AdminKey is not set. For this run of Development the admin key is {Key}")]
    private static partial void LogMade(ILogger log, string key);
}
