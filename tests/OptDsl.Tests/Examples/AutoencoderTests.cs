using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using OptDsl.Data;
using OptDsl.Tests.Runtime;
using Xunit;

namespace OptDsl.Tests.Examples;

[Collection(nameof(Example))]
public sealed partial class AutoencoderTests : IDisposable
{
    readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void It_takes_away_most_of_a_noise_that_it_never_saw()
    {
        Printed printed = Example.Run(folder.Path, "autoencoder.cs", "--epochs", "3");
        Assert.True(printed.ExitCode == 0, printed.ToString());
        Assert.Equal("synthetic digits, drawn by the program: 10,000 to learn from, 2,000 to test", printed.Lines[0]);
        Match figure = Figure().Match(printed.Lines[^1]);
        Assert.True(figure.Success, printed.ToString());
        double restored = Number(figure, "restored"), noisy = Number(figure, "noisy"), ratio = Number(figure, "ratio");
        Assert.InRange(ratio, 0.01, 0.25);
        Assert.Equal(restored / noisy, ratio, 2e-3);
        Assert.Equal(Expected(Mnist.Synthetic().Test), noisy, 1e-3);
        // Each epoch restores more, and the last one is the figure.
        double[] epochs = [.. printed.Lines.Select(line => Row().Match(line)).Where(row => row.Success).Select(row => Number(row, "restored"))];
        Assert.Equal(3, epochs.Length);
        Assert.True(epochs[1] < epochs[0] && epochs[2] < epochs[1]);
        Assert.Equal(restored, epochs[^1]);
        Assert.Equal("", printed.Errors);
    }

    [Fact]
    public void The_picture_shows_the_digits_clean_noisy_and_restored()
    {
        string data = DrawnDigits.Write(folder["data"]);
        Printed printed = Example.Run(folder.Path, "autoencoder.cs", "--data", data, "--epochs", "1", "--seed", "3", "--picture", "digits.svg");
        Assert.True(printed.ExitCode == 0, printed.ToString());
        Assert.StartsWith($"MNIST from {data}: 6,000 to learn from, 300 to test", printed.Lines[0], StringComparison.Ordinal);
        XElement picture = XElement.Load(folder["digits.svg"]);
        Assert.Equal(["clean", "noisy", "restored"], picture.Descendants().Where(e => e.Name.LocalName == "text").Select(e => e.Value));

        Dataset test = Mnist.Read(data).Test;
        byte[,] levels = Levels(picture);
        for (int digit = 0; digit < 10; digit++)
        {
            ReadOnlySpan<float> image = test.Image(test.Labels.Span.IndexOf(digit));
            int changed = 0;
            for (int i = 0; i < 784; i++)
            {
                int x = 30 + 30 * digit + i % 28, clean = levels[i / 28, x], noisy = levels[30 + i / 28, x];
                Assert.Equal((int)Math.Round(15 * image[i]), clean);
                Assert.True(noisy == clean || noisy is 0 or 15);
                if (noisy != clean) changed++;
            }
            // 196 of 784 pixels are chosen, and some of them are black or white already.
            Assert.InRange(changed, 80, 250);
        }
    }

    [Fact]
    public void Help_names_every_option()
    {
        Printed printed = Example.Run(folder.Path, "autoencoder.cs", "--help");
        Assert.Equal(0, printed.ExitCode);
        Assert.All(["--epochs", "--seed", "--picture", "--data", "--help"], option => Assert.Contains(option, printed.Output, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("--epochs", "0", "--epochs is at least 1.")]
    [InlineData("--data", "nowhere", "nowhere")]
    public void What_it_cannot_use_is_refused(string option, string value, string told)
    {
        Printed printed = Example.Run(folder.Path, "autoencoder.cs", option, value);
        Assert.NotEqual(0, printed.ExitCode);
        Assert.Contains(told, printed.Errors, StringComparison.Ordinal);
    }

    /// <summary>Of a quarter of the pixels, half become 0 and half 1: the mean of (x² + (1 − x)²)/8.</summary>
    static double Expected(Dataset data) => data.Images.ToArray().Average(x => (x * (double)x + (1 - x) * (1 - x)) / 8);

    /// <summary>The level of grey of each pixel, from the runs of the picture's paths.</summary>
    static byte[,] Levels(XElement picture)
    {
        byte[,] levels = new byte[90, 330];
        foreach (XElement path in picture.Descendants().Where(e => e.Name.LocalName == "path"))
            foreach (Match run in Run().Matches(path.Attribute("d")!.Value))
                for (int x = 0; x < int.Parse(run.Groups[3].Value, CultureInfo.InvariantCulture); x++)
                    levels[int.Parse(run.Groups[2].Value, CultureInfo.InvariantCulture), int.Parse(run.Groups[1].Value, CultureInfo.InvariantCulture) + x] = Convert.ToByte(path.Attribute("stroke")!.Value[1..2], 16);
        return levels;
    }

    static double Number(Match match, string group) => double.Parse(match.Groups[group].Value, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^mean squared error of test images: restored (?<restored>0\.\d{4}), noisy (?<noisy>0\.\d{4}), ratio (?<ratio>\d\.\d{3})$")]
    private static partial Regex Figure();

    [GeneratedRegex(@"^ +\d+  \d\.\d{4}    (?<restored>0\.\d{4}) +\d+\.\d\d$")]
    private static partial Regex Row();

    [GeneratedRegex(@"M(\d+) (\d+)\.5h(\d+)")]
    private static partial Regex Run();
}
