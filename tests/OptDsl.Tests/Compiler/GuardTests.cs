using OptDsl.Compiler;
using OptDsl.Runtime;
using OptDsl.Testing;
using Xunit;
using static OptDsl.Dsl;

namespace OptDsl.Tests;

/// <summary>What only the branch not taken needs is not computed, and nobody can tell by the bits.</summary>
public class GuardTests
{
    static readonly Expr due = Equal(Step % 3, 0);

    public static TheoryData<string> Names => [.. models.Keys];

    static readonly Dictionary<string, Model> models = new()
    {
        ["roots"] = Net(Shampoo(0.1, iterations: 3, every: 3)),
        ["bases"] = Net(Soap(0.1, every: 3)),
        ["accumulated"] = Net(MultiSteps(Muon(0.02), 3)),
        ["both branches"] = Net(Rule.Of((g, m) => (m, Where(due, MatMul(g, MatMul(Transpose(g), g)), MatMul(MatMul(g, Transpose(m)), g))))),
        ["nested"] = Net(Rule.Of((g, m) => (0.1 * g + m, Where(due, Where(Equal(Step % 2, 0), MatMul(g, MatMul(Transpose(g), g)), g), m)))),
        ["set from outside"] = Net(Rule.Of((g, m) => (0.1 * g + m, Where(Less(Hyper("share", 0.5), 0.5), MatMul(g, MatMul(Transpose(g), g)), m)))),
    };

    [Theory]
    [InlineData("roots", "test")]
    [InlineData("bases", "test")]
    [InlineData("accumulated", "test")]
    [InlineData("both branches", "test", "!test")]
    [InlineData("nested", "test && test2")]
    [InlineData("set from outside", "test")]
    public void The_products_of_a_branch_are_inside_its_if(string name, params string[] tests)
    {
        var lines = Emitted.Text(models[name], Precision.Single, 0).Split('\n');
        string[] ifs = [.. lines.Where(l => l.Contains(" if (", StringComparison.Ordinal)).Select(l => l.Trim()).Distinct()];
        Assert.Equal(tests.Select(t => $"if ({t})").Order(), ifs.Order());
        Assert.Contains(lines, l => l.StartsWith("            MatMul<", StringComparison.Ordinal));
    }

    /// <summary>Forward, the gradient, l and r, and the step by both roots stay; of three iterations four products and four and, for x alone, one.</summary>
    [Fact]
    public void Only_what_the_step_needs_runs_in_between()
    {
        var learn = ModelCompiler.Schedule(ModelCompiler.Optimize(models["roots"])).Programs[0];
        var guards = Guards.Of(learn);
        var products = learn.Kernels.Select((k, i) => (k, IsGuarded: guards[i].Count > 0)).Where(p => p.k is ProductKernel).ToLookup(p => p.IsGuarded);
        Assert.Equal(6, products[false].Count());
        Assert.Equal(2 * (4 + 4 + 1), products[true].Count());
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_bits_are_those_of_computing_both(string name)
    {
        using var emitted = new Emitted([(models[name], Precision.Single), (models[name], Precision.Double)]);
        Verifier.Check(ModelCompiler.Schedule(ModelCompiler.Optimize(models[name])));
        int[] examples = [.. Enumerable.Range(0, 11).Select(i => 1 + i % 5)];
        foreach (var (width, threads) in new[] { (VectorWidth.Bits512, 1), (VectorWidth.Scalar, 2) })
        {
            using var single = emitted.Create<float>(0, new(5, 5, threads, width));
            SameBits.Check<float, Real32>(single, models[name], examples, 5);
        }
        using var precise = emitted.Create<double>(1, new(6, 5, 2, VectorWidth.Bits256));
        SameBits.Check<double, Real64>(precise, models[name], examples, 6);
    }

    [Theory]
    [InlineData("roots")]
    [InlineData("bases")]
    public void Nothing_is_allocated(string name)
    {
        using var emitted = new Emitted([(models[name], Precision.Single)]);
        using var learner = emitted.Create<float>(0, new());
        Batch batch = new(2, new float[14], new float[] { 1, 2, 3, 4, 5, 6, 7, 8, 9, 10 });
        Allocations.AssertNone(() => learner.Learn(batch));
    }

    static Model Net(Rule rule) => MatMul(Input(7), Parameter([7, 5], Init.Normal(0.5))).Loss(SquaredError).Minimize(rule);
}
