using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using OptDsl.Tests.Runtime;
using Xunit;

namespace OptDsl.Tests.Examples;

[Collection(nameof(Example))]
public sealed partial class CharsTests : IDisposable
{
    readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void It_learns_more_than_how_frequent_characters_are()
    {
        Printed printed = Example.Run(folder.Path, "chars.cs", "--steps", "100");
        Assert.True(printed.ExitCode == 0, printed.ToString());
        Assert.Matches(@"^sentences made by the program: \d{3},\d{3} characters to learn from, \d{2},\d{3} held out$", printed.Lines[0]);
        var (entropy, heldOut) = Figures(printed);
        Assert.InRange(entropy, 2.8, 3);
        Assert.InRange(heldOut, 0.3, entropy / 2);
        Match row = Assert.Single(printed.Lines.Select(line => Row().Match(line)), row => row.Success);
        Assert.Equal(100, Number(row, "step"));
        Assert.Equal(heldOut, Number(row, "heldOut"), 1e-9);
        // What it writes are characters that it read, in words of some letters.
        Match sample = Sample().Match(printed.Output.ReplaceLineEndings("\n"));
        Assert.True(sample.Success, printed.ToString());
        Assert.InRange(sample.Groups["sample"].Value.Count(c => c == ' '), 50, 200);
        XElement picture = XElement.Load(folder["chars.svg"]);
        Assert.All(["learning", "held out"], name => Assert.Single(picture.Descendants(), e => e.Name.LocalName == "text" && e.Value == name));
        Assert.Equal("", printed.Errors);
    }

    /// <summary>Who cannot see what comes next loses ln 2 for each toss at least.</summary>
    [Fact]
    public void Coins_cannot_be_told_before_they_fall()
    {
        var random = new Random(1);
        File.WriteAllText(folder["coins.txt"], string.Concat(Enumerable.Range(0, 20_000).Select(_ => random.Next(2) == 0 ? 'h' : 't')));
        Printed printed = Example.Run(folder.Path, "chars.cs", "--data", folder["coins.txt"], "--steps", "40", "--seed", "2", "--temperature", "0.5");
        Assert.True(printed.ExitCode == 0, printed.ToString());
        Assert.Equal($"{folder["coins.txt"]}: 18,000 characters to learn from, 2,000 held out", printed.Lines[0]);
        var (entropy, heldOut) = Figures(printed);
        Assert.Equal(Math.Log(2), entropy, 1e-3);
        Assert.InRange(heldOut, entropy - 0.005, entropy + 0.05);
        Assert.Matches("^[ht]{500}$", Sample().Match(printed.Output.ReplaceLineEndings("\n")).Groups["sample"].Value);
    }

    [Fact]
    public void Help_names_every_option()
    {
        Printed printed = Example.Run(folder.Path, "chars.cs", "--help");
        Assert.Equal(0, printed.ExitCode);
        Assert.All(["--steps", "--temperature", "--seed", "--data", "--help"], option => Assert.Contains(option, printed.Output, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("--steps", "0", "--steps is at least 1.")]
    [InlineData("--temperature", "0", "--temperature is above 0.")]
    [InlineData("--data", "nowhere", "nowhere")]
    public void What_it_cannot_use_is_refused(string option, string value, string told)
    {
        Printed printed = Example.Run(folder.Path, "chars.cs", option, value);
        Assert.NotEqual(0, printed.ExitCode);
        Assert.Contains(told, printed.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void A_text_too_short_is_one_line()
    {
        File.WriteAllText(folder["short.txt"], "To be brief.");
        Printed printed = Example.Run(folder.Path, "chars.cs", "--data", folder["short.txt"]);
        Assert.NotEqual(0, printed.ExitCode);
        Assert.Contains("12 characters are too few", Assert.Single(printed.Errors.TrimEnd().Split('\n')), StringComparison.Ordinal);
    }

    static (double Entropy, double HeldOut) Figures(Printed printed)
    {
        Match entropy = Entropy().Match(printed.Lines[1]), heldOut = Last().Match(printed.Lines[^1]);
        Assert.True(entropy.Success && heldOut.Success, printed.ToString());
        return (Number(entropy, "entropy"), Number(heldOut, "heldOut"));
    }

    static double Number(Match match, string group) => double.Parse(match.Groups[group].Value, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^\d+ kinds of characters, one by one an entropy of (?<entropy>\d\.\d{4}) nats$")]
    private static partial Regex Entropy();

    [GeneratedRegex(@"^held-out (?<heldOut>\d\.\d{4}) nats per character$")]
    private static partial Regex Last();

    [GeneratedRegex(@"^ +(?<step>[\d,]+)  (?<loss>\d\.\d{4})    (?<heldOut>\d\.\d{4}) +\d+\.\d\d$")]
    private static partial Regex Row();

    [GeneratedRegex(@"\n\n(?<sample>[^\u2800-\u28ff]{500})\n\nwrote chars.svg")]
    private static partial Regex Sample();
}
