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
            public static T Twice<T>(this T x, Func<T, T> layer, Func<T, T>? last = null) => last is null ? layer(layer(x)) : last(layer(layer(x)));
        }

        public static class Extended
        {
            extension(Expr x)
            {
                [Export]
                public Expr Halved(int units) => x.Dense(units) / 2;

                [Export]
                public Expr Double => 2 * x;
            }

            extension<T>(IReadOnlyList<T> items)
            {
                [Export]
                public T At(int place) => items[place];
            }
        }

        [Export]
        public static class Outer<A>
        {
            public sealed class Inner<B>(A a, B b)
            {
                public (A, B) Both { get; } = (a, b);
            }

            public static readonly int Size = 7;
        }

        /// <summary>A learner beside its layer.</summary>
        public partial class Trained
        {
            [Compile]
            static Model Model => Input(2).Trunk().Loss(SquaredError).Minimize(Sgd(0.1));

            [Export]
            public static Expr Trunk(Expr x) => x.Trunk();
        }

        static class Trunks
        {
            public static Expr Trunk(this Expr x) => x.Dense(3).Tanh();
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
        "Input(3).Twice(x => x.Dense(3), last: x => x.Named(\"two\")).Loss(SquaredError).Minimize(ClipByGlobalNorm(1).Then(Rules.Default))",
        "new Block(4, Kind.Hard).Wider.Of(Input(3)).Loss(SquaredError).Minimize(Sgd(0.1))",
        "new Block[] { new(4), new Block(3) with { Kind = Kind.Hard } }.Aggregate((Expr)Input(3), (x, b) => b.Of(x)).Loss(SquaredError).Minimize(Sgd(0.1))",
        "(new Block(4) == new Block(4, Kind.Soft) && new Block(2) is { Units: 2, Kind: not Kind.Hard } ? new Block(5).Of(Input(3)) : Input(3)).Loss(SquaredError).Minimize(Sgd(0.1))",
        "Input(3).Dense((new Pair<int>(3, 4) + 5).Second).Dense(new Pair<Block>(new(6), new(7)).First.Units).Loss(SquaredError).Minimize(Sgd(0.1))",
        "Input(3).Dense(new List<Block> { new(4), new(5) }.Max(b => b.Units)).Loss(SquaredError).Minimize(Sgd(new Dictionary<Kind, double> { [Kind.Hard] = 0.25 }[Kind.Hard]))",
        "Input(new[] { 5, 3 }.At(1)).Halved(4).Double.Loss(SquaredError).Minimize(Sgd(0.1))",
        "Trained.Trunk(Input(2).Dense(new Outer<int>.Inner<Block>(Outer<string>.Size, new(3)).Both.Item2.Units)).Loss(SquaredError).Minimize(Sgd(0.1))",
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

    /// <summary>What no name in the exported code shows: extensions that the compiler finds for tuples, patterns, loops and initializers.</summary>
    [Theory]
    [InlineData("var (a, b) = 12; return x.Dense(a).Dense(b);", "static void Deconstruct(this int n, out int a, out int b) { a = n / 10; b = n % 10; }")]
    [InlineData("foreach (var (a, b) in new[] { 12, 34 }) x = x.Dense(a).Dense(b); return x;", "static void Deconstruct(this int n, out int a, out int b) { a = n / 10; b = n % 10; }")]
    [InlineData("return 12 is (1, var b) ? x.Dense(b) : x;", "static void Deconstruct(this int n, out int a, out int b) { a = n / 10; b = n % 10; }")]
    [InlineData("return x.Dense(new List<int> { 4, \"five\" }.Sum());", "static void Add(this List<int> list, string text) => list.Add(text.Length);")]
    [InlineData("return (from n in 4 select n + 1).Dense(x);", "static Width Select(this int n, Func<int, int> f) => new(f(n));", "record Width(int Units) { public Expr Dense(Expr x) => x.Dense(Units); }")]
    public void What_is_not_named_travels_too(string body, string extension, string more = "")
    {
        var library = Library.Of("Shared", [$"public static class Layers {{ [Export] public static Expr Odd(this Expr x) {{ {body} }} }}", $"static class Extensions {{ public {extension} }} {more}"]);
        var used = Generated.Of(Compilations.Of(["partial class Net { [Compile] static Model Model => Input(3).Odd().Loss(SquaredError).Minimize(Sgd(0.1)); }"], library));
        Assert.Empty(used.Problems);
        Assert.Equal(Executed.Models(used.Compilation, library)["Net"], used.Models["Net"]);
    }

    /// <summary>A rule of the second assembly uses a rule and a type of the first one, a model uses both.</summary>
    [Fact]
    public void Through_three_assemblies()
    {
        var first = Library.Of("First", """
            namespace First;

            [Export]
            public static class Rules
            {
                public static Rule Signed(Expr lr, Pace pace) => Rule.Of(g => lr * Pace.Scale * pace.Factor * Sign(g));
            }

            [Export]
            public sealed record Pace(double Factor)
            {
                public static readonly double Scale = 0.5;
            }
            """);
        var second = Library.Of("Second", """
            using First;

            public static class Twice
            {
                [Export]
                public static Rule Signed(Expr lr, Pace? pace = null) => ClipByNorm(2).Then(Rules.Signed(2 * lr, pace ?? new Pace(3)));

                static Rule ClipByNorm(double c) => Scale(c);
            }
            """, first);
        foreach (var rule in (string[])["Twice.Signed(0.1)", "Twice.Signed(0.1, new First.Pace(4)).Then(First.Rules.Signed(1, new(5)))"])
        {
            var used = Generated.Of(Compilations.Of([$"partial class Net {{ [Compile] static Model Model => Input(3).Dense(2).Loss(SquaredError).Minimize({rule}); }}"], first, second));
            Assert.Empty(used.Problems);
            Assert.Equal(Executed.Models(used.Compilation, first, second)["Net"], used.Models["Net"]);
        }
    }

    /// <summary>Aliases in global usings, old C#, symbols of <c>#if</c> and checked arithmetic of the project that exports.</summary>
    [Fact]
    public void Source_is_read_as_its_project_reads_it()
    {
        var parse = new CSharpParseOptions(LanguageVersion.CSharp10, preprocessorSymbols: ["WIDE", "UNUSED"]);
        string[] texts =
        [
            "global using Network = OptDsl.Expr; global using static OptDsl.Dsl; global using OptDsl;",
            """
            public static class Layers
            {
            #if WIDE
                const int Units = 9;
            #else
                const int Units = 1;
            #endif
                [Export]
                public static Network Old(this Network field)
                {
                    var required = field.Dense(Units); // a name that later versions take
                    return required;
                }

                [Export]
                public static int Next(int n) => n + 1;
            }
            """,
        ];
        var compilation = Compilations.Of([]).RemoveAllSyntaxTrees()
            .AddSyntaxTrees(texts.Select((t, i) => CSharpSyntaxTree.ParseText(t, parse, $"C:\\work\\Old\\File{i}.cs")));
        var old = Library.Of(compilation.WithOptions(compilation.Options.WithOverflowChecks(true)).WithAssemblyName("Old"));

        var exported = Attributes(Generated.Of(compilation).Exported).ToArray();
        Assert.Equal(["10.0", "10.0 WIDE"], exported.Select(a => a[1]));
        Assert.Equal(["(global usings)", "File1.cs"], exported.Select(a => a[2]));
        var used = Generated.Of(Compilations.Of(["partial class Net { [Compile] static Model Model => Input(3).Old().Dense(Layers.Next(4)).Loss(SquaredError).Minimize(Sgd(0.1)); }"], old));
        Assert.Empty(used.Problems);
        Assert.Equal(Executed.Models(used.Compilation, old)["Net"], used.Models["Net"]);
        Expect.Error([old], "OPT0012", "partial class Net { [Compile] static Model Model => Input(3).Dense(Layers.[|Next(int.MaxValue)|]).Loss(SquaredError).Minimize(Sgd(0.1)); }", "OverflowException");
    }

    /// <summary>As editors reference another project of the solution.</summary>
    [Fact]
    public void From_a_project_that_is_not_built()
    {
        var whole = Generated.Of(Compilations.Of(sources).WithAssemblyName("Shared")).Whole;
        var used = Generated.Of(Compilations.Of(["using Shared; partial class Net { [Compile] static Model Model => new Block(3).Of(Input(3).Gated(4)).Loss(SquaredError).Minimize(Rules.Default); }"],
            OptimizationLevel.Release, whole.ToMetadataReference()));
        Assert.Empty(used.Problems);
        Assert.Equal(Executed.Models(used.Compilation, shared)["Net"], used.Models["Net"]);
    }

    [Fact]
    public void Source_is_opened_once_for_all_edits()
    {
        var compilation = Compilations.Of([""], shared);
        Assert.Same(Open(compilation), Open(compilation.AddSyntaxTrees(CSharpSyntaxTree.ParseText("class Edit;", Compilations.Parse))));
        Assert.NotSame(Open(compilation), Open(compilation.RemoveReferences(compilation.References.First())));
    }

    static object Open(CSharpCompilation compilation) => Evaluation.ExportedSource.Of(
        compilation.SourceModule.ReferencedAssemblySymbols.Single(a => a.Name == "Shared"), compilation,
        compilation.SourceModule.ReferencedAssemblySymbols.Single(a => a.Name == "OptDsl"), default);

    static IEnumerable<string[]> Attributes(string exported) => CSharpSyntaxTree.ParseText(exported).GetCompilationUnitRoot().AttributeLists
        .Select(l => l.Attributes[0].ArgumentList!.Arguments.Select(a => ((Microsoft.CodeAnalysis.CSharp.Syntax.LiteralExpressionSyntax)a.Expression).Token.ValueText).ToArray());
}
