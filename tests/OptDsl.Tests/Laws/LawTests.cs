using FsCheck;
using FsCheck.Fluent;
using OptDsl.Testing;
using Xunit;

namespace OptDsl.Tests;

/// <summary>A checker that never fails is no evidence.</summary>
public class LawTests
{
    static Arbitrary<int> Numbers => Arb.From(Gen.Choose(0, 100_000), n => n > 0 ? new[] { n / 2, n - 1 } : []);

    [Fact]
    public void A_true_law_holds_for_as_many_cases_as_asked()
    {
        var cases = 0;
        Law.Holds(Numbers, n => { cases++; }, 50, replay: null);
        Assert.Equal(50, cases);
    }

    [Fact]
    public void A_false_law_throws_and_shows_the_smallest_case_and_the_reason()
    {
        var fault = Assert.Throws<LawException>(() => Law.Holds(Numbers, n => Assert.True(n < 1000, $"{n} is large"), 100, replay: null));
        Assert.Equal(1000, fault.Case);
        Assert.Contains("1000 is large", fault.Message);
        Assert.Contains($"OPTDSL_REPLAY={fault.Replay}", fault.Message);
    }

    [Fact]
    public void The_token_makes_the_failing_case_again_and_no_other()
    {
        var (seen, again) = (new List<int>(), new List<int>());
        var first = Assert.Throws<LawException>(() => Law.Holds(Numbers, n => { seen.Add(n); Assert.True(n < 90_000); }, 1000, replay: null));
        var second = Assert.Throws<LawException>(() => Law.Holds(Numbers, n => { again.Add(n); Assert.True(n < 90_000); }, 1000, ReplayToken.Parse(first.Replay)));
        Assert.Equal(seen.First(n => n >= 90_000), again[0]);
        Assert.Equal(first.Case, second.Case);
        Assert.Equal(first.Replay, second.Replay);
    }

    [Fact]
    public void The_token_runs_a_case_that_holds_once()
    {
        var cases = 0;
        Law.Holds(Numbers, n => { cases++; }, 1000, new(1, 3, 40));
        Assert.Equal(1, cases);
    }

    [Fact]
    public void A_generator_that_gives_up_is_a_failure() =>
        Assert.Throws<LawException>(() => Law.Holds(Numbers, n => Prop.Discard<bool>(), 10, replay: null));

    [Theory]
    [InlineData("1,2")]
    [InlineData("a,b,c")]
    public void A_token_that_is_none_is_refused(string text) => Assert.Throws<FormatException>(() => ReplayToken.Parse(text));

    /// <summary>These calls print and let the test pass.</summary>
    [Fact]
    public void No_call_of_FsCheck_can_pass_on_a_false_property()
    {
        string[] banned = [".Quick" + "Check(", "Check." + "Quick(", "Verbose" + "Check(", "Check." + "Verbose("];
        var sources = new[] { "tests", Path.Combine("src", "OptDsl.Testing") }.SelectMany(folder => Directory.EnumerateFiles(Path.Combine(Repository.Root, folder), "*.*", SearchOption.AllDirectories))
            .Where(path => Path.GetExtension(path) is ".cs" or ".fs" or ".fsx").ToList();
        Assert.True(sources.Count > 10);
        Assert.DoesNotContain(sources, path => banned.Any(File.ReadAllText(path).Contains));
    }
}
