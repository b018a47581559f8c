using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;

namespace OptDsl.Generators.Tests;

/// <summary>What a declaration cannot use while the project is being built: one error where it stands, and what to write instead.</summary>
public class BuildTimeTests
{
    const string End = "return Input(4).Dense(width).Loss(SquaredError).Minimize(Sgd(0.1));";

    [Theory]
    [InlineData("var width = [|Environment.ProcessorCount|];", "'Environment.ProcessorCount' is not known at build time; write a constant")]
    [InlineData("var width = [|DateTime.Now|].Day;", "'DateTime.Now'")]
    [InlineData("var width = [|new Random(3)|].Next();", "'new Random'")]
    [InlineData("var width = [|Random.Shared|].Next(4);", "'Random.Shared'")]
    [InlineData("var width = \"a\".[|GetHashCode()|] % 3 + 4;", "GetHashCode")]
    [InlineData("var width = System.Globalization.CultureInfo.[|CurrentCulture|].LCID;", "CultureInfo.CurrentCulture")]
    [InlineData("var width = System.IO.File.[|ReadAllText(\"x\")|].Length;", "File.ReadAllText")]
    [InlineData("Console.[|WriteLine()|]; var width = 3;", "Console.WriteLine")]
    [InlineData("var width = \"ab\".[|StartsWith(\"a\")|] ? 1 : 2;", "StringComparison.Ordinal")]
    [InlineData("var width = \"ab\".[|ToUpper()|].Length;", "invariant")]
    [InlineData("var width = [|typeof(int)|].Name.Length;", "'typeof'")]
    [InlineData("dynamic d = 3; int width = d;", "'dynamic'", "[|3|]")]
    [InlineData("var width = 3; [|try { width = 4; } catch { }|]", "'try'")]
    [InlineData("var width = 3; [|lock (\"a\") { }|]", "'lock'")]
    [InlineData("var width = 3; [|goto end;|] end: width = 3;", "'goto'")]
    [InlineData("ref var a = ref values[0]; var width = 4;", "a reference to a variable", "[|a = ref values[0]|]")]
    [InlineData("var width = Lazily().Sum(); IEnumerable<int> Lazily() { [|yield return 3;|] }", "'yield'")]
    [InlineData("var width = [|counter|]++;", "'counter', which may change at run time", "counter++")]
    [InlineData("var width = [|counter|];", "make it 'const' or 'static readonly'")]
    [InlineData("var width = [|Setting|];", "remove its setter")]
    [InlineData("var width = [|Later()|].Result; static async System.Threading.Tasks.Task<int> Later() => 3;", "asynchronous")]
    [InlineData("Span<int> s = stackalloc int[3]; var width = 3;", "is not known at build time", "[|stackalloc int[3]|]")]
    [InlineData("var width = new List<int>(3) is { Count: 0 } ? [|new System.Text.StringBuilder()|].Length : 0;", "'new StringBuilder'")]
    [InlineData("var big = new Big(); var width = big.Count;", "derives from 'List'", "[|new Big()|]")]
    [InlineData("Split(34, out var a, out var width); static void Split(int n, out int a, out int b) => [|(a, b) = (n / 10, n % 10)|];", "write the assignment as a statement between braces")]
    [InlineData("FormattableString f = $\"{3}\"; var width = 3;", "write a string", "[|$\"{3}\"|]")]
    public void Not_known(string statements, string words, string? marked = null)
    {
        var plain = statements.Replace("[|", "").Replace("|]", "");
        if (marked is "counter++") statements = plain.Replace("counter++", "[|counter|]++");
        else if (marked is not null) statements = plain.Replace(marked[2..^2], marked);
        Expect.Error("OPT0003", $$"""
            class Big : List<int>;

            partial class Net
            {
                static int counter = 3;
                static readonly int[] values = [1, 2];

                static int Setting { get; set; } = 5;

                [Compile]
                static Model Model
                {
                    get
                    {
                        {{statements}}
                        {{End}}
                    }
                }
            }
            """, words);
    }

    [Fact]
    public void A_width_read_from_the_machine_in_a_method() => Expect.Error("OPT0003", """
        static class Machine
        {
            public static int Width(int per) => per * [|Environment.ProcessorCount|];
        }

        partial class Net
        {
            [Compile]
            static Model Model => Input(4).Dense(Machine.Width(8)).Loss(SquaredError).Minimize(Sgd(0.1));
        }
        """, "'Environment.ProcessorCount' is not known at build time; write a constant, or call Compile() at run time");

    [Theory]
    [InlineData("var zero = 0; var width = [|1 / zero|];", "DivideByZeroException")]
    [InlineData("var max = int.MaxValue; var width = checked([|max + 1|]);", "OverflowException")]
    [InlineData("int[] a = [1]; var width = a[|[3]|];", "index 3 is outside 1 elements")]
    [InlineData("var list = new List<int>(); var width = list[|[0]|];", "ArgumentOutOfRangeException")]
    [InlineData("var names = new Dictionary<string, int>(); var width = names[|[\"x\"]|];", "KeyNotFoundException")]
    [InlineData("string? s = null; var width = s!.[|Length|];", "is called on null")]
    [InlineData("int? n = null; var width = [|n.Value|];", "InvalidOperationException")]
    [InlineData("object o = \"s\"; var width = [|(int)o|];", "InvalidCastException")]
    [InlineData("var width = 7 switch { 1 => 2, 2 => 3 };", "no arm matches", "[|7 switch { 1 => 2, 2 => 3 }|]")]
    [InlineData("var width = 3; if (width > 2) [|throw new ArgumentException(\"too wide\", nameof(width));|]", "ArgumentException here: too wide")]
    [InlineData("var width = new[] { 1 }.[|First(x => x > 3)|];", "InvalidOperationException")]
    [InlineData("Func<int>? f = null; var width = [|f!()|];", "the function is null")]
    [InlineData("ArgumentOutOfRangeException.[|ThrowIfNegative(-3)|]; var width = 3;", "ArgumentOutOfRangeException")]
    public void Throws(string statements, string words, string? marked = null)
    {
        if (marked is not null) statements = statements.Replace(marked[2..^2], marked);
        Expect.ErrorIn("OPT0012", statements + "\n" + End, words);
    }

    [Theory]
    [InlineData("var width = 1; while (true) { width++; }", "1,000,000 steps", false)]
    [InlineData("var width = Forever(1); int Forever(int n) => [|Forever(n + 1)|];", "200 calls", true)]
    [InlineData("var width = new int[[|2_000_000|]].Length;", "1,000,000 elements", false)]
    [InlineData("var width = Enumerable.Range(0, int.MaxValue).Max();", "1,000,000 steps", false)]
    [InlineData("var q = Enumerable.Range(0, 2); for (var i = 0; i < 60; i++) q = q.Concat(q); var width = q.Count();", "steps", false)]
    [InlineData("var s = \"ab\"; for (var i = 0; i < 60; i++) s += s; var width = 3;", "65,536 characters", false)]
    [InlineData("var l = new List<int> { 1 }; for (var i = 0; i < 60; i++) l.AddRange(l); var width = 3;", "steps", false)]
    [InlineData("var width = new string('a', 1_000_000_000).Length;", "65,536 characters", false)]
    [InlineData("var width = \"a\".PadLeft(1_000_000_000).Length;", "65,536 characters", false)]
    [InlineData("var r = Scale(1); for (var i = 0; i < 60; i++) r = r.Then(r); var width = 3;", "1,024 stages", false)]
    [InlineData("var width = 3; foreach (var a in Enumerable.Range(0, 1000)) foreach (var b in Enumerable.Range(0, 1000)) width = a + b;", "steps", false)]
    [InlineData("var x = Parameter(1.0); for (var i = 0; i < 20_000; i++) x = x * x; var width = 3;", "1,000,000 steps", false)]
    [InlineData("var width = new List<int>(1 << 30).Count;", "1,000,000 elements", false)]
    [InlineData("var width = string.Concat(Enumerable.Repeat(new string('x', 60000), 100_000)).Length;", "steps", false)]
    public void Budgets(string statements, string words, bool exact)
    {
        if (exact) Expect.ErrorIn("OPT0005", statements + "\n" + End, words);
        else
        {
            statements = statements.Replace("[|", "").Replace("|]", "");
            var generated = Generated.Of($"partial class Net {{ [Compile] static Model Model {{ get {{ {statements} {End} }} }} }}");
            var problem = Assert.Single(generated.Problems);
            Assert.StartsWith("OPT0005", problem);
            Assert.Contains(words, problem);
        }
    }

    /// <summary>What could overflow a stack, fill the memory or never end, each in another way.</summary>
    [Theory]
    [InlineData("var a = new Node(1); a.Next = a; var b = new Node(1); b.Next = b; var width = a == b ? 1 : 2;")]
    [InlineData("var a = new Node(1); a.Next = a; var width = a.ToString().Length;")]
    [InlineData("Func<int, int> f = x => x; for (var i = 0; i < 50_000; i++) { var g = f; f = new Func<int, int>(g); } var width = f(3);")]
    [InlineData("Func<int, int> f = x => x; for (var i = 0; i < 1000; i++) { var g = f; f = x => g(x); } var width = f(3);")]
    [InlineData("var q = Enumerable.Range(0, 2); for (var i = 0; i < 50_000; i++) q = q.Select(x => x); var width = q.First();")]
    [InlineData("var q = Enumerable.Range(0, 2); for (var i = 0; i < 50_000; i++) q = q.Skip(0); var width = q.Last();")]
    [InlineData("var set = new HashSet<Node>(); for (var i = 0; i < 50_000; i++) set.Add(new Node(i)); var width = set.Count;")]
    [InlineData("var kept = new List<int[]>(); for (var i = 0; i < 100_000; i++) kept.Add(new int[1000]); var width = kept.Count;")]
    [InlineData("var a = new int[100_000]; var kept = new List<int[]>(); for (var i = 0; i < 10_000; i++) kept.Add(a[..]); var width = kept.Count;")]
    [InlineData("var s = new string(',', 60_000); var kept = new List<string[]>(); for (var i = 0; i < 10_000; i++) kept.Add(s.Split(',')); var width = kept.Count;")]
    [InlineData("var values = new double[500_000]; for (var i = 0; i < 9_000; i++) Parameter(values); var width = 3;")]
    [InlineData("var s = new string('a', 60_000); var width = s.Replace(\"a\", s).Length;")]
    [InlineData("var l = Input(4).Dense(1).Loss(SquaredError); for (var i = 0; i < 1000; i++) l += Square(Parameter(1.0)); for (var i = 0; i < 8000; i++) l.Minimize(Sgd(0.1)); var width = 3;")]
    [InlineData("Property = 3; int width = Property;", "OPT0003")]
    [InlineData("var width = Endless;")]
    [InlineData("var width = new Own().Value;")]
    public void Adversaries(string statements, string code = "OPT0005")
    {
        var generated = Generated.Of($$"""
            record Node(int Value) { public Node? Next { get; set; } }
            class Own { readonly Own inner = new(); public int Value => inner.Value; }
            partial class Net
            {
                static int Property { get; set; }
                static int Endless => Endless + 1;
                [Compile] static Model Model { get { {{statements}} {{End}} } }
            }
            """);
        Assert.Empty(generated.Compilation.Errors());
        Assert.StartsWith(code, Assert.Single(generated.Problems));
    }

    [Fact]
    public void Conditions_within_conditions()
    {
        var generated = Generated.Of("partial class Net { [Compile] static Model Model { get { var r = Sgd(0.1); for (var i = 0; i < 4000; i++) r = r.Only(p => p.Rank > 0); return Input(4).Dense(1).Loss(SquaredError).Minimize(r); } } }");
        Assert.All(generated.Problems, p => Assert.StartsWith("OPT0005", p));
    }

    [Fact]
    public void A_layer_from_another_assembly()
    {
        var library = Compilations.Of("""
            namespace Shared;
            public static class Layers
            {
                public static Expr Gated(this Expr x) => x * x.Sigmoid();
                public static readonly Rule Slow = Sgd(0.001);
                public const int Width = 4;
            }
            """).WithAssemblyName("SharedLayers");
        Expect(library, "Input(4).[|Gated()|].Loss(SquaredError).Minimize(Sgd(0.1))", "'Gated' is declared in assembly 'SharedLayers'", "copy its source into this project");
        Expect(library, "Input(4).Dense(1).Loss(SquaredError).Minimize([|Layers.Slow|])", "'Layers.Slow' is declared in assembly 'SharedLayers'");
        Expect(library, "Input(Layers.Width).Dense(1).Loss(SquaredError).Minimize(Sgd(0.1))");

        static void Expect(CSharpCompilation library, string body, params string[] words)
        {
            var plain = body.Replace("[|", "").Replace("|]", "");
            var source = $"using Shared; partial class Net {{ [Compile] static Model Model => {plain}; }}";
            var generated = Generated.Of(Compilations.Of([source], OptimizationLevel.Release, library.ToMetadataReference()));
            if (words.Length == 0)
            {
                Assert.Empty(generated.Problems);
                return;
            }
            var problem = Assert.Single(generated.Diagnostics);
            Assert.Equal("OPT0004", problem.Id);
            Assert.Equal(body[(body.IndexOf("[|", StringComparison.Ordinal) + 2)..body.IndexOf("|]", StringComparison.Ordinal)], source.Substring(problem.Location.SourceSpan.Start, problem.Location.SourceSpan.Length));
            foreach (var word in words) Assert.Contains(word, problem.GetMessage(System.Globalization.CultureInfo.InvariantCulture));
        }
    }

    [Fact]
    public void A_long_chain_on_a_small_stack()
    {
        foreach (var calls in new[] { 250, 300, 5000, 20_000 })
        {
            var source = "partial class Net { [Compile] static Model Model => Input(4)" + string.Concat(Enumerable.Repeat(".Relu()", calls)) + ".Dense(1).Loss(SquaredError).Minimize(Sgd(0.1)); }";
            Generated? generated = null;
            Exception? failure = null;
            var thread = new Thread(() =>
            {
                try { generated = Generated.Of(source); }
                catch (Exception e) { failure = e; }
            }, 512 << 10);
            thread.Start();
            thread.Join();
            Assert.Null(failure);
            if (calls < 256) Assert.Empty(generated!.Problems);
            else Assert.StartsWith("OPT0005 'Minimize(Sgd(0.1))' this chain or nest is more than 256 deep", Assert.Single(generated!.Problems));
        }
    }

    [Fact]
    public void Deep_recursion_of_long_chains_on_a_small_stack()
    {
        var chain = string.Concat(Enumerable.Repeat(".Apply(x => x + 1)", 120));
        var nest = string.Concat(Enumerable.Repeat("(1 + ", 100)) + "1" + new string(')', 100);
        var source = $$"""
            partial class Net
            {
                static Expr Deep(Expr x, int n) => n == 0 ? x{{chain}} : Deep(x + {{nest}}, n - 1).Relu();

                [Compile]
                static Model Model => Deep(Input(4), 150).Dense(1).Loss(SquaredError).Minimize(Sgd(0.1));
            }
            """;
        Generated? generated = null;
        var thread = new Thread(() => generated = Generated.Of(source), 512 << 10);
        thread.Start();
        thread.Join();
        Assert.Empty(generated!.Problems);
    }
}
