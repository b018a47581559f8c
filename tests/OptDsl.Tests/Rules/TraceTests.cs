using OptDsl.Fuzz;
using Xunit;

namespace OptDsl.Tests.Rules;

/// <summary>Every option of every rule that PyTorch has takes its iterates; torch_traces.py records them.</summary>
public class TraceTests
{
    static readonly Dictionary<string, Trace> all = Trace.Torch.ToDictionary(t => t.ToString());

    public static TheoryData<string> Names => [.. all.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void The_rule_takes_the_recorded_iterates(string name) => all[name].Check();

    [Fact]
    public void Every_rule_is_recorded_on_every_problem()
    {
        Assert.Equal(TorchRules.All.Keys.SelectMany(_ => new[] { "rosenbrock", "beale", "quadratic", "network" }, (rule, problem) => $"{rule} | {problem}").Order(StringComparer.Ordinal), all.Keys.Order(StringComparer.Ordinal));
        Assert.All(all.Values, trace => Assert.True(trace.Iterates.Count >= (trace.Note.Length == 0 ? 20 : 1), trace.ToString()));
    }
}
