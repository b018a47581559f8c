using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using OptDsl.Tests.Runtime;
using Xunit;

namespace OptDsl.Tests.Examples;

[Collection(nameof(Example))]
public sealed partial class SequenceTests : IDisposable
{
    readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    /// <summary>Who remembers neither number has 1/6, the variance of a sum of two; who remembers the later one has half of it.</summary>
    [Fact]
    public void It_remembers_both_numbers()
    {
        Printed printed = Example.Run(folder.Path, "sequence.cs", "--steps", "1000");
        Assert.True(printed.ExitCode == 0, printed.ToString());
        Assert.Equal("50 numbers in a sequence, 3,425 parameters", printed.Lines[0]);
        var (error, constant) = Figure(printed);
        Assert.InRange(error, 0, 0.01);
        Assert.Equal(1.0 / 6, constant, 0.01);
        Match[] rows = [.. printed.Lines.Select(line => Row().Match(line)).Where(row => row.Success)];
        Assert.Equal([250, 500, 750, 1_000], rows.Select(row => Number(row, "step")));
        Assert.Equal(error, Number(rows[^1], "test"));
        Match[] answers = [.. printed.Lines.Select(line => Answer().Match(line)).Where(answer => answer.Success)];
        Assert.Equal(5, answers.Length);
        Assert.All(answers, answer => Assert.Equal(Number(answer, "asked"), Number(answer, "answered"), 0.3));
        XElement picture = XElement.Load(folder["sequence.svg"]);
        Assert.All(["learning", "test"], name => Assert.Single(picture.Descendants(), e => e.Name.LocalName == "text" && e.Value == name));
        Assert.Equal("", printed.Errors);
    }

    [Fact]
    public void At_first_it_knows_neither_number()
    {
        Printed printed = Example.Run(folder.Path, "sequence.cs", "--steps", "30", "--seed", "2");
        Assert.True(printed.ExitCode == 0, printed.ToString());
        Assert.InRange(Figure(printed).Error, 0.15, 0.5);
    }

    [Fact]
    public void Help_names_every_option()
    {
        Printed printed = Example.Run(folder.Path, "sequence.cs", "--help");
        Assert.Equal(0, printed.ExitCode);
        Assert.All(["--steps", "--seed", "--help"], option => Assert.Contains(option, printed.Output, StringComparison.Ordinal));
    }

    [Fact]
    public void No_steps_are_refused()
    {
        Printed printed = Example.Run(folder.Path, "sequence.cs", "--steps", "0");
        Assert.NotEqual(0, printed.ExitCode);
        Assert.Contains("--steps is at least 1.", printed.Errors, StringComparison.Ordinal);
    }

    static (double Error, double Constant) Figure(Printed printed)
    {
        Match figure = Last().Match(printed.Lines[^1]);
        Assert.True(figure.Success, printed.ToString());
        return (Number(figure, "error"), Number(figure, "constant"));
    }

    static double Number(Match match, string group) => double.Parse(match.Groups[group].Value, NumberStyles.Number, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^mean squared error (?<error>\d\.\d{4}) against (?<constant>\d\.\d{4}) of who always says 1$")]
    private static partial Regex Last();

    [GeneratedRegex(@"^ +(?<step>[\d,]+)  \d\.\d{4}  (?<test>\d\.\d{4}) +\d+\.\d\d$")]
    private static partial Regex Row();

    [GeneratedRegex(@"^(?<asked>\d\.\d{3})     (?<answered>-?\d\.\d{3})$")]
    private static partial Regex Answer();
}
