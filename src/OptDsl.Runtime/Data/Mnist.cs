using OptDsl.Runtime;

namespace OptDsl.Data;

/// <summary>
/// Handwritten digits, 28 × 28: 60,000 to learn from, 10,000 to test with. LeCun, Cortes and Burges, http://yann.lecun.com/exdb/mnist/
/// </summary>
public sealed class Mnist
{
    const int DrawnTrain = 10_000, DrawnTest = 2_000;

    Mnist(Dataset train, Dataset test, string source) => (Train, Test, Source) = (train, test, source);

    /// <summary>What to learn from.</summary>
    public Dataset Train { get; }

    /// <summary>What to test with.</summary>
    public Dataset Test { get; }

    /// <summary>Where they came from, as a phrase for the user: a folder, a download, or drawn by the program and why.</summary>
    public string Source { get; }

    /// <summary>
    /// The digits of <paramref name="folder"/>; without one those of the user's cache; else a download into it; else, without a network,
    /// synthetic ones. A folder that was named is taken or refused, never replaced.
    /// </summary>
    /// <param name="folder">Holds the four files, compressed or not.</param>
    /// <param name="progress">Is told of the download.</param>
    /// <param name="download">Whether the network may be used.</param>
    /// <param name="cancellation">Stops the download.</param>
    /// <exception cref="InvalidDataException">A file is truncated, corrupt or of another format; one line that names file and fault.</exception>
    /// <exception cref="IOException">A file is missing or cannot be read.</exception>
    public static Mnist Load(string? folder = null, IProgress<DownloadProgress>? progress = null, bool download = true, CancellationToken cancellation = default) =>
        folder is not null ? Read(folder) : Load(CacheFolder.For("mnist"), download ? new MnistDownload(progress) : null, cancellation);

    /// <summary>The user's cache folder, when the four files are there.</summary>
    public static string? Find()
    {
        string cache = CacheFolder.For("mnist");
        return MnistFiles.All.All(file => file.In(cache) is not null) ? cache : null;
    }

    /// <summary>The digits of a folder that holds the four files, compressed or not.</summary>
    /// <exception cref="InvalidDataException">A file is truncated, corrupt or of another format.</exception>
    /// <exception cref="IOException">A file is missing or cannot be read.</exception>
    public static Mnist Read(string folder) => Read(folder, $"MNIST from {folder}");

    /// <summary>Digits that the program draws itself; the same seed, the same digits.</summary>
    public static Mnist Synthetic(int train = DrawnTrain, int test = DrawnTest, long seed = 0) => Synthetic(train, test, seed, "synthetic digits, drawn by the program");

    internal static Mnist Load(string cache, MnistDownload? download, CancellationToken cancellation)
    {
        string fault = "no download was asked for";
        bool complete = MnistFiles.All.All(file => file.In(cache) is not null);
        try
        {
            if (complete)
                return Read(cache);
        }
        // What the program put there itself it may replace.
        catch (Exception e) when (download is not null && e is InvalidDataException or IOException) { fault = e.Message; }
        if (download is not null)
        {
            fault = download.Run(cache, cancellation) ?? "";
            if (fault.Length == 0)
                return Read(cache, $"MNIST, downloaded to {cache}");
        }
        return Synthetic(DrawnTrain, DrawnTest, 0, $"synthetic digits, drawn by the program, since {fault}");
    }

    static Mnist Read(string folder, string source) =>
        new(MnistFiles.Read(folder, MnistFiles.TrainImages, MnistFiles.TrainLabels), MnistFiles.Read(folder, MnistFiles.TestImages, MnistFiles.TestLabels), source);

    static Mnist Synthetic(int train, int test, long seed, string source) =>
        new(SyntheticDigits.Draw(train, seed, "train"), SyntheticDigits.Draw(test, seed, "test"), source);
}
