using System.Buffers.Binary;

namespace OptDsl.Data;

/// <summary>
/// A file of unsigned bytes in the IDX format, compressed with gzip or not: two zeros, the type, the number of dimensions, the dimensions
/// big-endian, the data. http://yann.lecun.com/exdb/mnist/
/// </summary>
public sealed class IdxFile
{
    const int UnsignedBytes = 8, MostBytes = 1 << 30, MostDimensions = 8;

    IdxFile(int[] shape, byte[] data) => (Shape, Data) = (shape, data);

    /// <summary>The dimensions.</summary>
    public IReadOnlyList<int> Shape { get; }

    /// <summary>The elements, row-major.</summary>
    public ReadOnlyMemory<byte> Data { get; }

    /// <summary>Reads a file whose content says whether it is compressed.</summary>
    /// <exception cref="InvalidDataException">It is truncated, corrupt or of another format; one line that names file and fault.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static IdxFile Read(string path)
    {
        using FileStream file = File.OpenRead(path);
        try { return Read(file); }
        catch (Exception e) when (e is InvalidDataException or EndOfStreamException)
        {
            throw new InvalidDataException($"{path}: {(e is EndOfStreamException ? "the file is truncated" : e.Message.TrimEnd('.'))}.", e);
        }
    }

    /// <summary>Reads a stream that can seek; messages are without a name.</summary>
    internal static IdxFile Read(Stream stream)
    {
        Span<byte> first = stackalloc byte[2];
        stream.ReadExactly(first);
        stream.Position = 0;
        return Parse(Gzip.Begins(first) ? Gzip.Decompress(stream) : stream);
    }

    static IdxFile Parse(Stream stream)
    {
        Span<byte> word = stackalloc byte[4];
        stream.ReadExactly(word);
        if (word[0] != 0 || word[1] != 0 || word[3] is 0 or > MostDimensions)
            throw new InvalidDataException("this is no IDX file: its first bytes are " + Convert.ToHexStringLower(word));
        if (word[2] != UnsignedBytes)
            throw new InvalidDataException($"the elements are of type 0x{word[2]:x2}; only unsigned bytes (0x08) are read");
        int[] shape = new int[word[3]];
        long size = 1;
        for (int i = 0; i < shape.Length; i++)
        {
            stream.ReadExactly(word);
            uint d = BinaryPrimitives.ReadUInt32BigEndian(word);
            // Both factors are below 2³², so the product cannot wrap before it is refused.
            if (d > MostBytes || (size *= d) > MostBytes)
                throw new InvalidDataException($"the dimensions say more than {MostBytes >> 20} MiB; this is no data set of ours");
            shape[i] = (int)d;
        }
        byte[] data = ReadData(stream, (int)size);
        if (stream.ReadByte() >= 0)
            throw new InvalidDataException($"after the {size} bytes that the dimensions announce more follow");
        return new(shape, data);
    }

    // Grows with what really arrives, so that a wrong dimension costs no memory.
    static byte[] ReadData(Stream stream, int size)
    {
        byte[] data = new byte[Math.Min(size, 1 << 20)];
        int filled = 0;
        while (filled < size)
        {
            if (filled == data.Length)
                Array.Resize(ref data, (int)Math.Min(size, 2L * data.Length));
            int read = stream.Read(data, filled, data.Length - filled);
            if (read == 0)
                throw new InvalidDataException($"the file is truncated: {size} bytes of data are announced, {filled} are there");
            filled += read;
        }
        return data;
    }
}
