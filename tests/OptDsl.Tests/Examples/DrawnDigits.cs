using OptDsl.Data;
using OptDsl.Tests.Runtime;

namespace OptDsl.Tests.Examples;

/// <summary>Drawn digits as the four files of MNIST, so that no test needs a network.</summary>
static class DrawnDigits
{
    public static string Write(string folder)
    {
        Directory.CreateDirectory(folder);
        Mnist drawn = Mnist.Synthetic(train: 6_000, test: 300);
        foreach (var (prefix, data) in new[] { ("train", drawn.Train), ("t10k", drawn.Test) })
        {
            byte[] pixels = [.. data.Images.ToArray().Select(p => (byte)Math.Round(255 * p))], labels = [.. data.Labels.ToArray().Select(l => (byte)l)];
            File.WriteAllBytes(Path.Combine(folder, prefix + "-images-idx3-ubyte"), IdxTests.Idx([data.Count, 28, 28], pixels));
            File.WriteAllBytes(Path.Combine(folder, prefix + "-labels-idx1-ubyte.gz"), IdxTests.Gzip(IdxTests.Idx([data.Count], labels)));
        }
        return folder;
    }
}
