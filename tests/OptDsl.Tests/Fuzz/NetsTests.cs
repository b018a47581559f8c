using OptDsl.Fuzz;
using Xunit;

namespace OptDsl.Tests.Fuzz;

/// <summary>The core of <c>nets</c>, with few networks.</summary>
public class NetsTests
{
    [Fact]
    public void Random_networks_have_the_interpreters_bits_and_the_derivatives_as_gradients()
    {
        var printed = new StringWriter();
        var counts = NetsCommand.Here(first: 0, count: 200, printed);
        Assert.True(counts.Mismatches == 0, printed.ToString());
        Assert.InRange(counts.Shipped, 4, 200);
        Assert.InRange(counts.Directions, 150, 200);
        Assert.InRange(counts.Kinks, 0, 20);
    }

    [Fact]
    public void Code_that_computes_something_else_is_found()
    {
        NetCase[] nets = [.. Enumerable.Range(0, 12).Select(n => new NetCase(n, isSteady: true))];
        var (counts, faults) = NetBatch.Run(nets, text => text.Replace("V.Store(", "V.Store(V.Create(3) + ", StringComparison.Ordinal));
        Assert.All(faults, Assert.NotNull);
        Assert.Equal(12, counts.Mismatches);
    }

    [Fact]
    public void A_text_that_is_no_program_is_found_and_the_others_still_run()
    {
        NetCase[] nets = [new(0), new(1), new(2), new(50)];
        Assert.Equal([true, false, false, true], nets.Select(n => n.IsShipped));
        string[] broken = [.. new[] { 0, 1 }.Select(i => Fingerprint(nets[i].Text(i)))];
        var (_, faults) = NetBatch.Run(nets, text => broken.Contains(Fingerprint(text)) ? text + "}" : text);
        Assert.Contains("does not compile", faults[0]);
        Assert.Contains("cannot read '}'", faults[1]);
        Assert.Null(faults[2]);
        Assert.Null(faults[3]);

        static string Fingerprint(string text) => text.Split('\n').Single(line => line.Contains("Fingerprint", StringComparison.Ordinal));
    }

    [Fact]
    public void A_case_follows_from_its_number() => Assert.Equal(new NetCase(7).Run.ToString(), new NetCase(7).Run.ToString());

    [Fact]
    public void Counts_are_read_back() => Assert.Equal(new(1, 2, 3, 4, 5, 6), NetCounts.Parse(new NetCounts(1, 2, 3, 4, 5, 6).ToString()));
}
