using OptDsl.Fuzz;
using Xunit;

namespace OptDsl.Tests.Fuzz;

/// <summary>A sample of the mutants dies: <c>dotnet run -c Release --project tests/OptDsl.Fuzz -- mutants</c> tries them all.</summary>
public class MutantTests
{
    /// <summary>Every tenth of each area.</summary>
    static IReadOnlyList<Mutant> Sample => [.. MutantsCommand.Hand.GroupBy(m => m.Area).SelectMany(area => area.Where((_, i) => i % 10 == 0))];

    [Fact]
    public void Those_written_by_hand_are_killed() => Assert.All(HandRunner.Run(Sample), m => Assert.True(m.Judgement.Fate == Fate.Killed, $"{m.Mutant.Area}: {m.Mutant.Name}: {m.Judgement}"));

    [Fact]
    public void Those_by_chance_are_killed_but_for_a_few()
    {
        var counted = AutoRunner.Run(30, seed: 1).Where(m => m.Judgement.Fate != Fate.Equivalent).ToList();
        Assert.True(counted.Count >= 30);
        Assert.True(counted.Count(m => m.Judgement.Fate == Fate.Killed) >= 0.9 * counted.Count, string.Join('\n', counted.Where(m => m.Judgement.Fate != Fate.Killed)));
    }

    [Fact]
    public void There_are_at_least_two_hundred_with_names_of_their_own()
    {
        Assert.True(MutantsCommand.Hand.Count >= 200);
        Assert.Equal(MutantsCommand.Hand.Count, MutantsCommand.Hand.Select(m => m.Area + m.Name).Distinct().Count());
    }

    /// <summary>Errors that hide where a slot is 0 and stays 0, and where every loss is infinite.</summary>
    [Theory]
    [InlineData("decaying slot", "V.Load(m, i)", "V.Load(m, i + 1)")]
    [InlineData("infinite loss", "r < rows;", "r < rows - 1;")]
    public void One_that_zeros_or_infinities_would_hide_is_killed(string subject, string text, string by)
    {
        var right = Job.Of(Corpus.All.Single(s => s.Name == subject));
        Assert.Contains(text, right.Text);
        Assert.Equal([Fate.Survived, Fate.Killed], Bench.Run([right, right with { Text = right.Text.Replace(text, by, StringComparison.Ordinal) }]).Select(j => j.Fate));
    }
}
