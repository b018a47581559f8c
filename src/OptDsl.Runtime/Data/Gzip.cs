using System.Buffers.Binary;
using System.IO.Compression;

namespace OptDsl.Data;

/// <summary>
/// Decompresses and compares length and CRC-32 with the last eight bytes, since .NET's stream takes a truncated file for a short one and
/// says nothing. https://www.rfc-editor.org/rfc/rfc1952
/// </summary>
static class Gzip
{
    const int Trailer = 8, MostBytes = (1 << 30) + 64;

    static readonly uint[] Table = [.. Enumerable.Range(0, 256).Select(i => Row((uint)i))];

    /// <summary>Whether content that begins like this is compressed.</summary>
    public static bool Begins(ReadOnlySpan<byte> first) => first is [0x1f, 0x8b, ..];

    /// <summary>The content of a stream that can seek.</summary>
    /// <exception cref="InvalidDataException">It is truncated or corrupt.</exception>
    public static MemoryStream Decompress(Stream compressed)
    {
        Span<byte> trailer = stackalloc byte[Trailer];
        if (compressed.Length < Trailer)
            throw new InvalidDataException("the file is truncated");
        compressed.Position = compressed.Length - Trailer;
        compressed.ReadExactly(trailer);
        uint length = BinaryPrimitives.ReadUInt32LittleEndian(trailer[4..]), crc = uint.MaxValue;
        var content = new MemoryStream();
        compressed.Position = 0;
        using var stream = new GZipStream(compressed, CompressionMode.Decompress, leaveOpen: true);
        byte[] chunk = new byte[1 << 16];
        for (int read; (read = Read(stream, chunk)) > 0;)
        {
            content.Write(chunk, 0, read);
            if (content.Length > Math.Min(length, MostBytes))
                break;
            foreach (byte b in chunk.AsSpan(0, read))
                crc = Table[(byte)(crc ^ b)] ^ crc >> 8;
        }
        if (content.Length != length || ~crc != BinaryPrimitives.ReadUInt32LittleEndian(trailer))
            throw new InvalidDataException("the file is truncated or corrupt: what it unpacks to has not the length and CRC-32 at its end");
        content.Position = 0;
        return content;
    }

    static int Read(GZipStream stream, byte[] chunk)
    {
        try { return stream.Read(chunk); }
        catch (InvalidDataException e) { throw new InvalidDataException("the file is corrupt and cannot be unpacked", e); }
    }

    // The polynomial of Ethernet, bits reversed.
    static uint Row(uint crc)
    {
        for (int bit = 0; bit < 8; bit++)
            crc = (crc & 1) != 0 ? 0xEDB88320 ^ crc >> 1 : crc >> 1;
        return crc;
    }
}
