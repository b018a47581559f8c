using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using OptDsl.Tests.Runtime;
using Xunit;

namespace OptDsl.Tests.Examples;

[Collection(nameof(Example))]
public sealed partial class DeepTests : IDisposable
{
    readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Only_a_nearly_linear_start_or_skips_make_a_hundred_layers_learn()
    {
        Printed printed = Example.Run(folder.Path, "deep.cs", "--epochs", "4");
        Assert.True(printed.ExitCode == 0, printed.ToString());
        Assert.Equal("synthetic digits, drawn by the program: 10,000 to learn from, 2,000 to test; 100 layers of 32", printed.Lines[0]);
        string[] runs = [.. printed.Lines.Where(line => Row().IsMatch(line))];
        Assert.Equal(["Glorot", "orthogonal", "Glorot, with skips"], runs.Select(line => Row().Match(line).Groups["name"].Value));
        double[] losses = [.. runs.Select(line => Number(Row().Match(line).Groups["loss"].Value))], accuracies = [.. runs.Select(line => Number(Row().Match(line).Groups["accuracy"].Value))];
        // Chance: a loss of ln 10, one of ten right.
        Assert.InRange(losses[0], 2.0, 2.4);
        Assert.InRange(accuracies[0], 0, 0.25);
        Assert.All(losses[1..], loss => Assert.InRange(loss, 0, 0.5));
        Assert.All(accuracies[1..], accuracy => Assert.InRange(accuracy, 0.85, 1));
        Assert.Equal(FormattableString.Invariant($"test accuracy: {accuracies[0]:F4} from Glorot, {accuracies[1]:F4} from orthogonal, {accuracies[2]:F4} with skips"), printed.Lines[^1]);
        XElement picture = XElement.Load(folder["deep.svg"]);
        Assert.All(["Glorot", "orthogonal", "Glorot, with skips"], name => Assert.Single(picture.Descendants(), e => e.Name.LocalName == "text" && e.Value == name));
        Assert.Equal("", printed.Errors);
    }

    [Fact]
    public void It_reads_the_digits_that_it_is_given_and_goes_as_fast_as_it_is_told()
    {
        Printed printed = Example.Run(folder.Path, "deep.cs", "--data", DrawnDigits.Write(folder["data"]), "--epochs", "1", "--rate", "1e-9", "--seed", "3");
        Assert.True(printed.ExitCode == 0, printed.ToString());
        Assert.StartsWith($"MNIST from {folder["data"]}: 6,000 to learn from, 300 to test", printed.Lines[0], StringComparison.Ordinal);
        // Nothing moves at such a rate.
        Assert.All(printed.Lines.Where(line => Row().IsMatch(line)), line => Assert.InRange(Number(Row().Match(line).Groups["loss"].Value), 2, 10));
    }

    [Fact]
    public void Help_names_every_option()
    {
        Printed printed = Example.Run(folder.Path, "deep.cs", "--help");
        Assert.Equal(0, printed.ExitCode);
        Assert.All(["--epochs", "--rate", "--seed", "--data", "--help"], option => Assert.Contains(option, printed.Output, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("--epochs", "0", "--epochs is at least 1.")]
    [InlineData("--data", "nowhere", "nowhere")]
    public void What_it_cannot_use_is_refused(string option, string value, string told)
    {
        Printed printed = Example.Run(folder.Path, "deep.cs", option, value);
        Assert.NotEqual(0, printed.ExitCode);
        Assert.Contains(told, printed.Errors, StringComparison.Ordinal);
    }

    static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^(?<name>Glorot|orthogonal|Glorot, with skips) +(?<loss>\d+\.\d{4})  (?<accuracy>[01]\.\d{4}) +\d+\.\d\d  ")]
    private static partial Regex Row();
}
