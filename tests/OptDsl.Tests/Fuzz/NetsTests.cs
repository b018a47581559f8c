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
        NetCase[] nets = [.. Enumerable.Range(0, 12).Select(n => new NetCase(n))];
        var (counts, faults) = NetBatch.Run(nets, text => text.Replace("V.Store(", "V.Store(V.Create(3) + ", StringComparison.Ordinal));
        Assert.All(faults, Assert.NotNull);
        Assert.Equal(12, counts.Mismatches);
    }

    [Fact]
    public void A_network_that_does_not_compile_is_found_and_the_others_still_run()
    {
        NetCase[] nets = [.. Enumerable.Range(1, 100).Select(n => new NetCase(n)).Where(n => !n.IsShipped).Take(2)];
        var first = nets[0].Text(0).Split('\n').Single(line => line.Contains("Fingerprint", StringComparison.Ordinal));
        var (_, faults) = NetBatch.Run(nets, text => text.Contains(first, StringComparison.Ordinal) ? text + "}" : text);
        Assert.Contains("does not compile", faults[0]);
        Assert.Null(faults[1]);
    }

    [Fact]
    public void A_case_follows_from_its_number() => Assert.Equal(new NetCase(7).Run.ToString(), new NetCase(7).Run.ToString());

    [Fact]
    public void Counts_are_read_back() => Assert.Equal(new(1, 2, 3, 4, 5, 6), NetCounts.Parse(new NetCounts(1, 2, 3, 4, 5, 6).ToString()));
}
