using System.Net;
using System.Security.Cryptography;
using OptDsl.Data;
using Xunit;

namespace OptDsl.Tests.Runtime;

public sealed class MnistTests : IDisposable
{
    readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("", false)]
    [InlineData(".gz", false)]
    [InlineData("", true)]
    [InlineData(".gz", true)]
    public void Reads_a_folder_of_four_files(string suffix, bool dotted)
    {
        foreach ((string name, byte[] content) in Contents())
            File.WriteAllBytes(folder[(dotted ? name.Replace("-idx", ".idx") : name) + suffix], suffix.Length == 0 ? content : IdxTests.Gzip(content));
        Mnist mnist = Mnist.Load(folder.Path);
        Assert.Equal((3, 2), (mnist.Train.Count, mnist.Test.Count));
        Assert.Equal([0, 1, 2], mnist.Train.Labels.ToArray());
        Assert.Equal(1f, mnist.Train.Images.Span[255]);
        Assert.Equal(17 / 255f, mnist.Train.Image(1)[(256 + 17 - 784 % 256) % 256]);
        Assert.Equal($"MNIST from {folder.Path}", mnist.Source);
    }

    [Fact]
    public void A_fault_in_a_named_folder_is_an_error_in_one_line()
    {
        Fault<DirectoryNotFoundException>(folder["missing"], "there is no such folder");
        Fault<FileNotFoundException>(folder.Path, "train-images-idx3-ubyte is missing");
        Write();
        File.Delete(folder["t10k-labels-idx1-ubyte"]);
        Fault<FileNotFoundException>(folder.Path, "t10k-labels-idx1-ubyte is missing");
        Write("t10k-labels-idx1-ubyte", IdxTests.Idx([3], [1, 2, 3]));
        Fault<InvalidDataException>(folder.Path, "t10k-labels-idx1-ubyte: the shape is [3], not [2]");
        Write("t10k-labels-idx1-ubyte", IdxTests.Idx([2], [1, 10]));
        Fault<InvalidDataException>(folder.Path, "t10k-labels-idx1-ubyte: label 1 is 10, no digit");
        Write("train-images-idx3-ubyte", IdxTests.Idx([1, 28, 27], new byte[28 * 27]));
        Fault<InvalidDataException>(folder.Path, "train-images-idx3-ubyte: the shape is [1, 28, 27], not [images, 28, 28]");
        Write("train-images-idx3-ubyte", IdxTests.Idx([0, 28, 28], []));
        Fault<InvalidDataException>(folder.Path, "the shape is [0, 28, 28]");
        Write("train-images-idx3-ubyte", [1, 2, 3, 4]);
        Fault<InvalidDataException>(folder.Path, "no IDX file");
    }

    [Fact]
    public void What_the_cache_lacks_is_downloaded_checked_and_kept()
    {
        var server = new Server(Contents());
        var told = new List<DownloadProgress>();
        Mnist first = Mnist.Load(folder["cache"], new MnistDownload(new Into(told), server, server.Files), default);
        Assert.Equal($"MNIST, downloaded to {folder["cache"]}", first.Source);
        Assert.Equal(4, server.Requests);
        Assert.Equal(4, told.Select(p => p.File).Distinct().Count());
        Assert.All(told, p => Assert.InRange(p.Received, 1, p.Total!.Value));
        Assert.Equal(4, Directory.GetFiles(folder["cache"]).Length);

        Mnist second = Mnist.Load(folder["cache"], new MnistDownload(null, server, server.Files), default);
        Assert.Equal($"MNIST from {folder["cache"]}", second.Source);
        Assert.Equal(4, server.Requests);

        // What lies in the cache and is damaged is fetched again, the rest is not.
        File.WriteAllBytes(Directory.GetFiles(folder["cache"], "t10k-labels*").Single(), [1, 2, 3, 4]);
        Assert.StartsWith("MNIST, downloaded", Mnist.Load(folder["cache"], new MnistDownload(null, server, server.Files), default).Source, StringComparison.Ordinal);
        Assert.Equal(5, server.Requests);
    }

    [Fact]
    public void A_mirror_that_fails_is_followed_by_the_next()
    {
        var server = new Server(Contents()) { FailFirst = true };
        Assert.StartsWith("MNIST, downloaded", Mnist.Load(folder["cache"], new MnistDownload(null, server, server.Files), default).Source, StringComparison.Ordinal);
        Assert.Equal(8, server.Requests);
    }

    [Fact]
    public void Without_a_good_download_the_program_draws_and_says_why()
    {
        var server = new Server(Contents());
        Assert.EndsWith("since the network does not answer", Load(new Server([]) { Broken = true }), StringComparison.Ordinal);
        Assert.EndsWith("answered 404", Load(new Server([])), StringComparison.Ordinal);
        Assert.EndsWith("sent another file", Load(server, [.. server.Files.Select(f => f with { Sha256 = "00" })]), StringComparison.Ordinal);
        Assert.EndsWith("since no download was asked for", Mnist.Load(folder["cache"], null, default).Source, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(folder["cache"]));
        File.WriteAllText(folder["file"], "");
        Assert.EndsWith("cannot be written", Mnist.Load(folder["file"], new MnistDownload(null, server, server.Files), default).Source, StringComparison.Ordinal);

        string Load(Server from, MnistFile[]? files = null) => Mnist.Load(folder["cache"], new MnistDownload(null, from, files), default).Source;
    }

    [Fact]
    public void Cancelling_stops_the_download()
    {
        using var cancel = new CancellationTokenSource();
        cancel.Cancel();
        Assert.ThrowsAny<OperationCanceledException>(() => Mnist.Load(folder["cache"], new MnistDownload(null, new Server([])), cancel.Token));
    }

    [Fact]
    public void A_damaged_cache_without_a_download_is_an_error()
    {
        Write();
        Write("t10k-labels-idx1-ubyte", [1]);
        Assert.Throws<InvalidDataException>(() => Mnist.Load(folder.Path, null, default));
    }

    static List<(string Name, byte[] Content)> Contents() =>
    [
        ("train-images-idx3-ubyte", IdxTests.Idx([3, 28, 28], [.. Enumerable.Range(0, 3 * 784).Select(i => (byte)i)])),
        ("train-labels-idx1-ubyte", IdxTests.Idx([3], [0, 1, 2])),
        ("t10k-images-idx3-ubyte", IdxTests.Idx([2, 28, 28], new byte[2 * 784])),
        ("t10k-labels-idx1-ubyte", IdxTests.Idx([2], [9, 8])),
    ];

    void Write()
    {
        foreach ((string name, byte[] content) in Contents())
            Write(name, content);
    }

    void Write(string name, byte[] content) => File.WriteAllBytes(folder[name], content);

    static void Fault<E>(string path, string fault) where E : Exception
    {
        var e = Assert.Throws<E>(() => Mnist.Load(path));
        Assert.StartsWith(path, e.Message, StringComparison.Ordinal);
        Assert.Contains(fault, e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', e.Message);
    }

    sealed class Into(List<DownloadProgress> told) : IProgress<DownloadProgress>
    {
        public void Report(DownloadProgress value) => told.Add(value);
    }

    /// <summary>Stands for both mirrors.</summary>
    sealed class Server(List<(string Name, byte[] Content)> contents) : HttpMessageHandler
    {
        public int Requests { get; private set; }

        public bool FailFirst { get; init; }

        public bool Broken { get; init; }

        public MnistFile[] Files => [.. contents.Select(c => new MnistFile(c.Name, Convert.ToHexStringLower(SHA256.HashData(c.Content))))];

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Requests++;
            if (Broken)
                throw new HttpRequestException("no such host");
            string name = request.RequestUri!.Segments[^1];
            byte[]? content = contents.FirstOrDefault(c => c.Name + ".gz" == name).Content;
            if (content is null || FailFirst && Requests % 2 == 1)
                return Task.FromResult(new HttpResponseMessage(content is null ? HttpStatusCode.NotFound : HttpStatusCode.InternalServerError));
            return Task.FromResult(new HttpResponseMessage { Content = new ByteArrayContent(IdxTests.Gzip(content)) });
        }
    }
}
