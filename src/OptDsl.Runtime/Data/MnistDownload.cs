using System.Security.Cryptography;
using OptDsl.Runtime;

namespace OptDsl.Data;

/// <summary>What a download tells while it runs.</summary>
/// <param name="File">The file.</param>
/// <param name="Received">Bytes so far.</param>
/// <param name="Total">All bytes of the file, when the server says it.</param>
public readonly record struct DownloadProgress(string File, long Received, long? Total);

/// <summary>Fetches the four files from one of the mirrors, checks them, and puts each into the folder whole or not at all.</summary>
sealed class MnistDownload(IProgress<DownloadProgress>? progress, HttpMessageHandler? handler = null, MnistFile[]? files = null)
{
    const int MostBytes = 20_000_000;

    static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);   // until a server answers, and between two pieces of its answer

    static readonly string[] Mirrors = ["https://storage.googleapis.com/cvdf-datasets/mnist/", "https://ossci-datasets.s3.amazonaws.com/mnist/"];

    /// <summary>Null, or in a phrase why the files are not there.</summary>
    public string? Run(string folder, CancellationToken cancellation)
    {
        using var client = new HttpClient(handler ?? new SocketsHttpHandler { ConnectTimeout = Patience }, disposeHandler: handler is null) { Timeout = Patience };
        try
        {
            Directory.CreateDirectory(folder);
            foreach (MnistFile file in files ?? MnistFiles.All)
                if (!Present(folder, file) && Fetch(client, folder, file, cancellation) is { } fault)
                    return fault;
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException) { return $"{folder} cannot be written"; }
    }

    static bool Present(string folder, MnistFile file)
    {
        if (file.In(folder) is not { } path)
            return false;
        if (Verified(File.ReadAllBytes(path), file))
            return true;
        File.Delete(path);
        return false;
    }

    string? Fetch(HttpClient client, string folder, MnistFile file, CancellationToken cancellation)
    {
        string? fault = null;
        foreach (string mirror in Mirrors)
        {
            try
            {
                byte[] content = Task.Run(() => Get(client, mirror, file.Name + ".gz", cancellation), cancellation).GetAwaiter().GetResult();
                if (Verified(content, file))
                {
                    AtomicFile.Write(Path.Combine(folder, file.Name + ".gz"), stream => stream.Write(content));
                    return null;
                }
                fault = $"{new Uri(mirror).Host} sent another file";
            }
            catch (HttpRequestException e) { fault = e.StatusCode is { } code ? $"{new Uri(mirror).Host} answered {(int)code}" : "the network does not answer"; }
            catch (OperationCanceledException) when (!cancellation.IsCancellationRequested) { fault = "the network is too slow"; }
            catch (Exception e) when (e is HttpIOException or InvalidDataException) { fault = "the download broke off"; }
        }
        return fault;
    }

    async Task<byte[]> Get(HttpClient client, string mirror, string name, CancellationToken cancellation)
    {
        using HttpResponseMessage response = await client.GetAsync(mirror + name, HttpCompletionOption.ResponseHeadersRead, cancellation);
        response.EnsureSuccessStatusCode();
        using Stream stream = await response.Content.ReadAsStreamAsync(cancellation);
        using var stalled = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        using var received = new MemoryStream();
        byte[] chunk = new byte[1 << 16];
        while (true)
        {
            stalled.CancelAfter(Patience);
            int read = await stream.ReadAsync(chunk, stalled.Token);
            if (read == 0)
                return received.ToArray();
            received.Write(chunk, 0, read);
            if (received.Length > MostBytes)
                throw new InvalidDataException("more came than the file can have");
            progress?.Report(new(name, received.Length, response.Content.Headers.ContentLength));
        }
    }

    static bool Verified(byte[] content, MnistFile file)
    {
        try
        {
            var stream = new MemoryStream(content);
            return Convert.ToHexStringLower(SHA256.HashData(Gzip.Begins(content) ? Gzip.Decompress(stream) : stream)) == file.Sha256;
        }
        catch (InvalidDataException) { return false; }
    }
}
