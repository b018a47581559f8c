using System.Globalization;
using System.Text.RegularExpressions;
using OptDsl.Data;
using OptDsl.Tests.Runtime;
using Xunit;
using static OptDsl.Dsl;

namespace OptDsl.Tests.Examples;

[Collection(nameof(Example))]
public sealed partial class LeNetTests : IDisposable
{
    readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void It_learns_shows_what_it_reads_wrong_and_leaves_a_checkpoint()
    {
        string data = DrawnDigits.Write(folder["data"]);
        Printed printed = Example.Run(folder.Path, "lenet.cs", "--data", data, "--epochs", "2");
        Assert.True(printed.ExitCode == 0, printed.ToString());
        Assert.Equal($"MNIST from {data}: 6,000 to learn from, 300 to test", printed.Lines[0]);
        Match[] epochs = [.. printed.Lines.Select(line => Row().Match(line)).Where(row => row.Success)];
        Assert.Equal(["1", "2"], epochs.Select(row => row.Groups["epoch"].Value));
        Assert.True(Number(epochs[1], "loss") < Number(epochs[0], "loss"));
        Assert.Matches(@"^test accuracy: 0\.9\d{3}$", printed.Lines[^1]);
        Assert.Equal(printed.After("test accuracy: "), epochs[1].Groups["accuracy"].Value);
        Assert.Equal("", printed.Errors);

        // As many wrong as the figure says, with a picture for each of the first ten.
        int wrong = (int)Math.Round(300 * (1 - Number(epochs[1], "accuracy")));
        Assert.Contains($"{wrong} of 300 read wrong:", printed.Lines);
        Match[] captions = [.. printed.Lines.SelectMany(line => Caption().Matches(line))];
        Assert.Equal(Math.Min(10, wrong), captions.Length);
        Assert.All(captions, caption => Assert.NotEqual(caption.Groups[1].Value, caption.Groups[2].Value));

        using var same = Declaration().Compile(maxBatch: 300);
        same.Load(folder["lenet.safetensors"]);
        Assert.Equal((2 * 94, 1), (same.Steps, same.Seed));
        Assert.Equal(printed.After("test accuracy: "), FormattableString.Invariant($"{same.Accuracy(Mnist.Read(data).Test):F4}"));
    }

    [Fact]
    public void Help_names_every_option()
    {
        Printed printed = Example.Run(folder.Path, "lenet.cs", "--help");
        Assert.Equal(0, printed.ExitCode);
        Assert.All(["--epochs", "--seed", "--data", "--help"], option => Assert.Contains(option, printed.Output, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("--epochs", "0", "--epochs is at least 1.")]
    [InlineData("--data", "nowhere", "nowhere")]
    public void What_it_cannot_use_is_refused(string option, string value, string told)
    {
        Printed printed = Example.Run(folder.Path, "lenet.cs", option, value);
        Assert.NotEqual(0, printed.ExitCode);
        Assert.Contains(told, printed.Errors, StringComparison.Ordinal);
    }

    static Model Declaration() => Input([28, 28, 1]).Conv2D(6, 5, padding: 2).Relu().MaxPool2D(2).Conv2D(16, 5).Relu().MaxPool2D(2)
        .Flatten().Dense(120).Relu().Dense(84).Relu().Dense(10).Loss(SoftmaxCrossEntropy).Minimize(AdamW(lr: Cosine(2e-3, steps: 4_690, final: 1e-5)));

    static double Number(Match match, string group) => double.Parse(match.Groups[group].Value, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^ +(?<epoch>\d+)  (?<loss>\d\.\d{4})  (?<accuracy>[01]\.\d{4}) +\d+\.\d\d$")]
    private static partial Regex Row();

    [GeneratedRegex(@"\b(\d), not (\d)\b")]
    private static partial Regex Caption();
}
