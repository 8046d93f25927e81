using System.Text.Json;
using Microsoft.Extensions.Primitives;

namespace HelpDesk.Idempotency;

/// <summary>An answer as it is sent the first time, and again: status, the headers that the endpoint set, body.</summary>
internal sealed record StoredAnswer(int Status, IReadOnlyDictionary<string, string?[]> Headers, byte[] Body)
{
    /// <summary>Done, or refused by a rule (409, 422): asked again it would only be more of the same. What may turn out otherwise the next time is not kept.</summary>
    public bool IsKept => Status is (>= 200 and < 300) or StatusCodes.Status409Conflict or StatusCodes.Status422UnprocessableEntity;

    public byte[] Write() => JsonSerializer.SerializeToUtf8Bytes(this);

    public static StoredAnswer Read(byte[] json) => JsonSerializer.Deserialize<StoredAnswer>(json)!;

    public Task Send(HttpResponse response, CancellationToken cancel)
    {
        response.StatusCode = Status;
        foreach (var (name, values) in Headers) response.Headers[name] = new StringValues(values);
        if (Body.Length == 0) return Task.CompletedTask;
        response.ContentLength = Body.Length;
        return response.Body.WriteAsync(Body, cancel).AsTask();
    }
}
