using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;

namespace OptDsl.Generators.Tests;

/// <summary>What one assembly exports is evaluated in another, as if it were written there.</summary>
public class ExportTests
{
    const string Shared = """
        namespace Shared;

        public static class Layers
        {
            [Export]
            public static Expr Gated(this Expr x, int units, double slope = 1.5) => Tanh(x.Dense(units)) * Helpers.Squash(slope * x.Dense(units));

            [Export]
            public static Expr Stack(this Expr x, int[] widths, Func<Expr, Expr> between)
            {
                foreach (var width in widths) x = between(x.Dense(width));
                return x;
            }

            [Export]
            public static Expr Twice<T>(this T x, Func<T, T> layer, string name = "twice") where T : Expr => layer(layer(x)).Named(name);
        }

        [Export]
        public static class Rules
        {
            public static readonly double[] Betas = [0.9, 1 - Helpers.Tenth * 0.1];

            public static Rule Default { get; } = Lion(Ramp(1e-3));

            public static Rule Lion(Expr lr, double b1 = 0.9, double b2 = 0.99) =>
                Rule.Of((g, m) => (lr * Sign(b1 * m + (1 - b1) * g), b2 * m + (1 - b2) * g));

            public static Expr Ramp(double peak, int steps = 100) => peak * Min(1.0, Step / steps);
        }

        [Export]
        public sealed record Block(int Units, Kind Kind = Kind.Soft)
        {
            public Block Wider => this with { Units = 2 * Units };

            public Expr Of(Expr x) => Kind == Kind.Soft ? x.Dense(Units).Tanh() : x.Dense(Units).Relu();
        }

        public enum Kind { Soft, Hard }

        [Export]
        public sealed class Pair<T>(T first, T second)
        {
            public T First { get; } = first;

            public T Second => second;

            public static Pair<T> operator +(Pair<T> a, Pair<T> b) => new(a.First, b.Second);

            public static implicit operator Pair<T>(T both) => new(both, both);
        }
        """;

    const string Helpers = """
        namespace Shared;

        static class Helpers
        {
            public const double Tenth = 0.1;

            public static Expr Squash(Expr x) => Sigmoid(x) + Deeper.Zero;
        }
        """;

    const string Deeper = "namespace Shared { static class Deeper { public static double Zero => 0; } }";

    static readonly string[] sources = [Shared, Helpers, Deeper, "class Unreached { const string Secret = \"not for others\"; }"];

    static readonly Library shared = Library.Of("Shared", sources);

    public static TheoryData<string> Bodies =>
    [
        "Input(3).Gated(4).Loss(SquaredError).Minimize(Rules.Lion(1e-3))",
        "Input(3).Gated(slope: 0.5, units: 4).Loss(SquaredError).Minimize(Rules.Lion(b2: 0.95, lr: Rules.Ramp(0.1, steps: 7)))",
        "Layers.Stack(Input(3), [4, 5], x => x.Relu()).Loss(SquaredError).Minimize(Rules.Default)",
        "Input(3).Stack(new[] { 4, 5 }, Tanh).Loss(SquaredError).Minimize(Adam(1e-3, b1: Rules.Betas[0], b2: Rules.Betas[1]))",
        "Input(3).Twice(x => x.Dense(3), name: \"two\").Loss(SquaredError).Minimize(ClipByGlobalNorm(1).Then(Rules.Default))",
        "new Block(4, Kind.Hard).Wider.Of(Input(3)).Loss(SquaredError).Minimize(Sgd(0.1))",
        "new Block[] { new(4), new Block(3) with { Kind = Kind.Hard } }.Aggregate((Expr)Input(3), (x, b) => b.Of(x)).Loss(SquaredError).Minimize(Sgd(0.1))",
        "(new Block(4) == new Block(4, Kind.Soft) && new Block(2) is { Units: 2, Kind: not Kind.Hard } ? new Block(5).Of(Input(3)) : Input(3)).Loss(SquaredError).Minimize(Sgd(0.1))",
        "Input(3).Dense((new Pair<int>(3, 4) + 5).Second).Dense(new Pair<Block>(new(6), new(7)).First.Units).Loss(SquaredError).Minimize(Sgd(0.1))",
        "Input(3).Dense(new List<Block> { new(4), new(5) }.Max(b => b.Units)).Loss(SquaredError).Minimize(Sgd(new Dictionary<Kind, double> { [Kind.Hard] = 0.25 }[Kind.Hard]))",
        "Own(new Block(9)).Loss(SquaredError).Minimize(Sgd(0.1)); static Expr Own(Block block) { var (units, kind) = block; return Input(3).Dense(kind is Kind.Soft ? units : 1); } static string Text => new Block(1).ToString()",
    ];

    [Theory]
    [MemberData(nameof(Bodies))]
    public void Evaluated_is_executed_and_written_here(string body)
    {
        var source = $"using Shared;\npartial class Net {{ [Compile] static Model Model => {body}; }}";
        var used = Generated.Of(Compilations.Of([source], shared));
        Assert.Empty(used.Problems);
        Assert.Empty(used.Whole.Errors());
        var text = Assert.Single(used.Models).Value;
        Assert.Equal(Executed.Models(used.Compilation, shared)["Net"], text);
        Assert.Equal(Generated.Of([source, .. sources]).Models["Net"], text);
    }

    [Fact]
    public void Only_the_files_that_are_needed_travel()
    {
        var exported = Generated.Of(sources).Exported;
        Assert.Equal(["(global usings)", "File1.cs", "File2.cs", "File3.cs"], Attributes(exported).Select(a => a[2]));
        Assert.DoesNotContain("not for others", exported);
        Assert.DoesNotContain("/src/", exported);
        Assert.Equal(exported, Generated.Of(sources).Exported);
    }

    static IEnumerable<string[]> Attributes(string exported) => CSharpSyntaxTree.ParseText(exported).GetCompilationUnitRoot().AttributeLists
        .Select(l => l.Attributes[0].ArgumentList!.Arguments.Select(a => ((Microsoft.CodeAnalysis.CSharp.Syntax.LiteralExpressionSyntax)a.Expression).Token.ValueText).ToArray());
}
