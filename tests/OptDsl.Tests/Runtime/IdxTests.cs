using System.IO.Compression;
using OptDsl.Data;
using Xunit;

namespace OptDsl.Tests.Runtime;

public sealed class IdxTests : IDisposable
{
    readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    /// <summary>An IDX file of unsigned bytes.</summary>
    internal static byte[] Idx(int[] shape, byte[] data) =>
        [0, 0, 8, (byte)shape.Length, .. shape.SelectMany(d => BitConverter.GetBytes(d).Reverse()), .. data];

    internal static byte[] Gzip(byte[] content)
    {
        using var memory = new MemoryStream();
        using (var gzip = new GZipStream(memory, CompressionLevel.Optimal))
            gzip.Write(content);
        return memory.ToArray();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Reads_shape_and_data(bool gzip)
    {
        byte[] file = Idx([2, 3], [1, 2, 3, 4, 5, 255]);
        IdxFile idx = IdxFile.Read(Written(gzip ? Gzip(file) : file));
        Assert.Equal([2, 3], idx.Shape);
        Assert.Equal([1, 2, 3, 4, 5, 255], idx.Data.ToArray());
    }

    [Fact]
    public void Reads_more_than_one_piece()
    {
        byte[] data = [.. Enumerable.Range(0, 3_000_000).Select(i => (byte)(i % 251))];
        Assert.True(data.AsSpan().SequenceEqual(IdxFile.Read(Written(Gzip(Idx([3000, 1000], data)))).Data.Span));
    }

    [Fact]
    public void Every_truncation_is_named()
    {
        byte[] file = Idx([2, 3], [1, 2, 3, 4, 5, 6]);
        for (int length = 0; length < file.Length; length++)
            Assert.Contains("truncated", Refused(file[..length]), StringComparison.Ordinal);
        byte[] zipped = Gzip(Idx([20, 30], [.. Enumerable.Range(0, 600).Select(i => (byte)(i * i))]));
        for (int length = 0; length < zipped.Length; length++)
            Refused(zipped[..length]);
    }

    [Fact]
    public void A_flipped_bit_of_the_compressed_file_is_noticed_or_changes_nothing()
    {
        byte[] data = [.. Enumerable.Range(0, 600).Select(i => (byte)(i * i))], file = Gzip(Idx([20, 30], data));
        int harmless = 0;
        for (int bit = 0; bit < 8 * file.Length; bit++)
        {
            file[bit / 8] ^= (byte)(1 << bit % 8);
            if (Record.Exception(() => Assert.Equal(data, IdxFile.Read(Written(file)).Data.ToArray())) is { } e)
                Assert.IsType<InvalidDataException>(e);
            else
            {
                harmless++;
                Assert.True(bit / 8 < file.Length - 8, "A flipped bit in the CRC or the length went unnoticed.");
            }
            file[bit / 8] ^= (byte)(1 << bit % 8);
        }
        // The time and the system in the header, and the bits that fill up the last byte of the data.
        Assert.InRange(harmless, 1, 8 * 8);
    }

    [Fact]
    public void Foreign_files_are_named()
    {
        Assert.Contains("no IDX file: its first bytes are 89504e47", Refused([0x89, 0x50, 0x4e, 0x47, 0, 0, 0, 0]), StringComparison.Ordinal);
        Assert.Contains("no IDX file", Refused("<html>404</html>"u8.ToArray()), StringComparison.Ordinal);
        Assert.Contains("no IDX file", Refused([0, 0, 8, 0]), StringComparison.Ordinal);
        Assert.Contains("type 0x0d", Refused([0, 0, 13, 1, 0, 0, 0, 1, 0, 0, 0, 0]), StringComparison.Ordinal);
        Assert.Contains("more follow", Refused([.. Idx([2], [1, 2]), 3]), StringComparison.Ordinal);
        Assert.Contains("more than 1024 MiB", Refused(Idx([1 << 20, 1 << 20], [])), StringComparison.Ordinal);
        Assert.Contains("more than 1024 MiB", Refused(Idx([-1], [])), StringComparison.Ordinal);
        Assert.Contains("1073741824 bytes of data are announced, 1 are there", Refused(Idx([1 << 30], [7])), StringComparison.Ordinal);
        Assert.Throws<FileNotFoundException>(() => IdxFile.Read(folder["none"]));
    }

    string Written(byte[] content)
    {
        File.WriteAllBytes(folder["file"], content);
        return folder["file"];
    }

    string Refused(byte[] content)
    {
        string path = Written(content);
        var e = Assert.Throws<InvalidDataException>(() => IdxFile.Read(path));
        Assert.StartsWith(path + ": ", e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', e.Message);
        return e.Message;
    }
}
