using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace OptDsl.Checkpoints;

/// <summary>A safetensors file that is open: its header is checked, its digest can be, its tensors can be read.</summary>
sealed class CheckpointReader
{
    const int Prefix = 8;

    readonly Stream stream;
    readonly byte[] header;

    /// <exception cref="InvalidDataException">It is no safetensors file, or a truncated one.</exception>
    public CheckpointReader(Stream stream)
    {
        this.stream = stream;
        if (stream.Length < Prefix)
            throw new InvalidDataException("the file is truncated or no safetensors file");
        Span<byte> prefix = stackalloc byte[Prefix];
        stream.ReadExactly(prefix);
        ulong length = BinaryPrimitives.ReadUInt64LittleEndian(prefix);
        if (length > SafeTensorsHeader.MostBytes)
            throw new InvalidDataException("this is no safetensors file: its header would be longer than any");
        if (length > (ulong)(stream.Length - Prefix))
            throw new InvalidDataException("the file is truncated within its header, or no safetensors file");
        header = new byte[(int)length];
        stream.ReadExactly(header);
        Header = SafeTensorsParser.Parse(header, stream.Length - Prefix - header.Length);
    }

    public SafeTensorsHeader Header { get; }

    /// <exception cref="InvalidDataException">A byte differs from what was written.</exception>
    public void CheckDigest()
    {
        if (Header.DigestAt < 0)
            throw new InvalidDataException("the file is corrupt: its SHA-256 is not readable");
        using var digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> prefix = stackalloc byte[Prefix];
        BinaryPrimitives.WriteInt64LittleEndian(prefix, header.Length);
        digest.AppendData(prefix);
        byte[] blank = (byte[])header.Clone();
        blank.AsSpan(Header.DigestAt, SafeTensorsHeader.DigestLength).Fill((byte)'0');
        digest.AppendData(blank);
        stream.Position = Prefix + header.Length;
        byte[] chunk = new byte[1 << 16];
        for (int read; (read = stream.Read(chunk)) > 0;)
            digest.AppendData(chunk.AsSpan(0, read));
        if (Convert.ToHexStringLower(digest.GetHashAndReset()) != Header.Metadata[SafeTensorsHeader.DigestKey])
            throw new InvalidDataException("the file is corrupt: its SHA-256 does not match");
    }

    /// <summary>The elements of a tensor whose type and size have been compared with what is expected.</summary>
    public T[] Read<T>(SafeTensor tensor) where T : unmanaged
    {
        T[] values = new T[tensor.Bytes / System.Runtime.CompilerServices.Unsafe.SizeOf<T>()];
        stream.Position = Prefix + header.Length + tensor.Begin;
        stream.ReadExactly(MemoryMarshal.AsBytes(values.AsSpan()));
        return values;
    }
}
