using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using OptDsl.Tests.Runtime;
using Xunit;

namespace OptDsl.Tests.Examples;

[Collection(nameof(Example))]
public sealed partial class RankingTests : IDisposable
{
    readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void It_ranks_drawn_choices_better_than_popularity_does()
    {
        Printed printed = Example.Run(folder.Path, "ranking.cs", "--epochs", "10");
        Assert.True(printed.ExitCode == 0, printed.ToString());
        Assert.Equal("choices drawn by the program: 29,000 to learn from, 1,000 held out, of 1,000 users and 500 items", printed.Lines[0]);
        var (auc, popularity) = Figure(printed);
        Assert.InRange(popularity, 0.7, 0.8);
        Assert.InRange(auc, popularity + 0.05, 1);
        // Each epoch has a loss and an AUC, and the last one's is the figure.
        Match[] epochs = [.. printed.Lines.Select(line => Row().Match(line)).Where(row => row.Success)];
        Assert.Equal(10, epochs.Length);
        Assert.True(Number(epochs[^1], "loss") < Number(epochs[0], "loss") - 0.2);
        Assert.Equal(auc, Number(epochs[^1], "auc"), 6e-4);
        Match hits = Hits().Match(printed.Lines[^2]);
        Assert.True(Number(hits, "rate") > Number(hits, "popularity") + 0.05, printed.ToString());
        Assert.Equal("svg", XElement.Load(folder["ranking.svg"]).Name.LocalName);
        Assert.Equal("", printed.Errors);
    }

    /// <summary>
    /// Two kinds of users who choose 20 of 30 items of their kind: of 40 that a user does not know, 30 are of the other kind, and the 10
    /// of the own kind lie at random about the one held out: an AUC of (30 + 10/2)/40 is all that there is to learn, and popularity says 1/2 at most.
    /// </summary>
    [Fact]
    public void It_finds_the_kinds_of_a_file_in_which_popularity_says_nothing()
    {
        var random = new Random(1);
        var lines = from user in Enumerable.Range(0, 200)
                    from item in Enumerable.Range(0, 30).OrderBy(_ => random.NextDouble()).Take(20).ToArray()
                    select $"user{user}\t{2 * item + user % 2}\t5\t881250949";
        File.WriteAllLines(folder["choices.tsv"], lines);
        Printed printed = Example.Run(folder.Path, "ranking.cs", "--data", folder["choices.tsv"], "--epochs", "40", "--seed", "2");
        Assert.True(printed.ExitCode == 0, printed.ToString());
        Assert.Equal($"{folder["choices.tsv"]}: 3,800 to learn from, 200 held out, of 200 users and 60 items", printed.Lines[0]);
        var (auc, popularity) = Figure(printed);
        Assert.InRange(auc, 0.8, 0.9);
        Assert.InRange(popularity, 0.3, 0.55);
    }

    [Fact]
    public void Help_names_every_option()
    {
        Printed printed = Example.Run(folder.Path, "ranking.cs", "--help");
        Assert.Equal(0, printed.ExitCode);
        Assert.All(["--epochs", "--seed", "--data", "--help"], option => Assert.Contains(option, printed.Output, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("1 2\n3\n", "line 2 is not a user and an item")]
    [InlineData("", "no choices")]
    [InlineData(null, "choices.txt")]
    public void A_fault_in_the_data_is_one_line(string? text, string told)
    {
        if (text is not null) File.WriteAllText(folder["choices.txt"], text);
        Printed printed = Example.Run(folder.Path, "ranking.cs", "--data", folder["choices.txt"]);
        Assert.NotEqual(0, printed.ExitCode);
        Assert.Contains(told, Assert.Single(printed.Errors.TrimEnd().Split('\n')), StringComparison.Ordinal);
    }

    [Fact]
    public void More_users_than_the_table_holds_are_refused()
    {
        File.WriteAllLines(folder["many.txt"], Enumerable.Range(0, 1_001).Select(user => $"{user} 1"));
        Printed printed = Example.Run(folder.Path, "ranking.cs", "--data", folder["many.txt"]);
        Assert.NotEqual(0, printed.ExitCode);
        Assert.Contains("more than 1,000 users", printed.Errors, StringComparison.Ordinal);
    }

    static (double Auc, double Popularity) Figure(Printed printed)
    {
        Match figure = Last().Match(printed.Lines[^1]);
        Assert.True(figure.Success, printed.ToString());
        return (Number(figure, "auc"), Number(figure, "popularity"));
    }

    static double Number(Match match, string group) => double.Parse(match.Groups[group].Value, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^AUC (?<auc>[01]\.\d{3}) against popularity (?<popularity>[01]\.\d{3})$")]
    private static partial Regex Last();

    [GeneratedRegex(@"^hit rate@10 (?<rate>[01]\.\d{3}) against popularity (?<popularity>[01]\.\d{3})$")]
    private static partial Regex Hits();

    [GeneratedRegex(@"^ +\d+  (?<loss>\d\.\d{4})  (?<auc>[01]\.\d{4}) +[01]\.\d{4} +\d+\.\d\d$")]
    private static partial Regex Row();
}
