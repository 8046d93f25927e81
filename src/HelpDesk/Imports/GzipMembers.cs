using System.Buffers.Binary;
using System.IO.Compression;

namespace HelpDesk.Imports;

/// <summary>
/// What stands in the members of a gzip (RFC 1952), one after the other. .NET's own reader stops where what follows a member does not begin like another, and says nothing: of a file whose
/// second header is damaged the rest would be lost. Here all that comes must be members, whole and with the right sums, to the last byte.
/// </summary>
/// <param name="piece">How many bytes the inflater is given at once.</param>
internal sealed class GzipMembers(Stream body, int piece = 1024) : OneWayStream
{
    private readonly GzipInput input = new(body, piece);
    private DeflateStream? member;
    private Crc32 sum;
    private uint size;
    private bool hasAny;

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (buffer.Length > 0)
        {
            // A body of nothing at all is no gzip: what was to be sent broke off before it began.
            if (member is null && hasAny && await input.IsOver(cancellationToken)) return 0;
            member ??= await Begin(cancellationToken);
            if (await member.ReadAsync(buffer, cancellationToken) is > 0 and var read)
            {
                sum = sum.After(buffer.Span[..read]);
                size += (uint)read;
                input.IsByByte = false;
                return read;
            }

            await End(cancellationToken);
        }

        return 0;
    }

    private async Task<DeflateStream> Begin(CancellationToken cancel)
    {
        await GzipHeader.Skip(input, cancel);
        (sum, size, hasAny, input.IsByByte) = (Crc32.Empty, 0, true, true);
        return new DeflateStream(input, CompressionMode.Decompress, leaveOpen: true);
    }

    private async Task End(CancellationToken cancel)
    {
        await member!.DisposeAsync();
        member = null;
        var trailer = new byte[8];
        BinaryPrimitives.WriteUInt32LittleEndian(trailer, sum.Value);
        BinaryPrimitives.WriteUInt32LittleEndian(trailer.AsSpan(4), size);
        if (!await input.GoOnAfter(trailer, cancel)) throw new InvalidDataException("A member of the gzip does not end as it must, or is followed by what is none.");
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing) member?.Dispose();
        base.Dispose(disposing);
    }
}
