using OptDsl.Fuzz;
using Xunit;

namespace OptDsl.Tests.Fuzz;

/// <summary>The other commands of the fuzz program, with few cases.</summary>
public class MeasureTests
{
    [Fact]
    public void Functions_of_floats_are_within_two_units_of_the_last_place() => Succeeds(to => UlpCommand.Run(stride: 20_011, to));

    [Fact]
    public void A_planted_bug_shrinks_to_three_operations_and_its_token_makes_it_again() => Succeeds(to => ShrinkScoreCommand.Run(8, to));

    [Fact]
    public void The_first_networks_have_the_recorded_hash() =>
        Assert.StartsWith(RecordedHash.Line(SampleHash.After(RecordedHash.Few).Single()), RecordedHash.Text, StringComparison.Ordinal);

    static void Succeeds(Func<TextWriter, int> command)
    {
        var printed = new StringWriter();
        Assert.True(command(printed) == 0, printed.ToString());
    }
}
