using Microsoft.CodeAnalysis.CSharp;
using OptDsl.Compiler;
using Xunit;

namespace OptDsl.Generators.Tests;

/// <summary>What cannot be exported says so where it is written; what cannot be used says so where it is used.</summary>
public class ExportMistakeTests
{
    static readonly Library shared = Library.Of("Shared", """
        namespace Shared;

        public static class Layers
        {
            [Export]
            public static Expr Plus(this Expr x, int units) => x + x.Dense(units);

            [Export]
            public static Expr Deep(this Expr x, int depth) => depth == 0 ? throw new ArgumentException("too deep") : Plain(x, depth - 1);

            [Export]
            public static Expr Twice(this Expr x, Func<Expr, Expr> layer) => layer(layer(x));

            public static Expr Plain(Expr x, int depth) => Deep(x, depth);
        }

        [Export]
        public class Block
        {
            public virtual int Units => 3;
        }

        [Export]
        public static class Sized
        {
            public static int Units(this IBlock block) => block.Units;
        }

        public interface IBlock
        {
            int Units { get; }
        }
        """);

    [Theory]
    [InlineData("OPT0004", "Layers.[|Plain(Input(3), 1)|]", "'Layers.Plain' is declared in assembly 'Shared'", "write [Export] on it there")]
    [InlineData("OPT0101", "Input(3).[|Plus(4)|]", "add does not fit", "(in File1.cs, line 6, exported by 'Shared')")]
    [InlineData("OPT0012", "Input(3).[|Deep(2)|]", "ArgumentException", "too deep", "(in File1.cs, line 9, exported by 'Shared')")]
    [InlineData("OPT0003", "Input(3).Twice(x => x.Dense([|Environment.ProcessorCount|]))", "'Environment.ProcessorCount'")]
    [InlineData("OPT0003", "Input(3).Dense([|new Mine()|].Units)", "derives from 'Block'")]
    [InlineData("OPT0003", "Input(3).Dense([|new Sharing()|].Units())", "derives from 'IBlock'")]
    public void Where_it_is_used(string code, string marked, params string[] words) => Expect.Error([shared], code, $$"""
        using Shared;

        class Mine : Block
        {
            public override int Units => 4;
        }

        class Sharing : IBlock
        {
            public int Units => 4;
        }

        partial class Net
        {
            [Compile]
            static Model Model => {{marked}}.Loss(SquaredError).Minimize(Sgd(0.1));
        }
        """, words);

    [Fact]
    public void An_assembly_that_exports_nothing() => Expect.Error(
        [Library.Of("Plain", "public static class Layers { public static Expr Wide(this Expr x) => x.Dense(9); }")], "OPT0004",
        "partial class Net { [Compile] static Model Model => Input(3).[|Wide()|].Loss(SquaredError).Minimize(Sgd(0.1)); }",
        "'Wide' is declared in assembly 'Plain', whose source the generator cannot see; write [Export] on it there");

    [Theory]
    [InlineData("0.0.7", "OPT0016", "'Wide' is exported by assembly 'Old', which is built with OptDsl 0.0.7, and this project is built with OptDsl " + ModelCompiler.Version + "; update the older one")]
    [InlineData("99.0.0", "OPT0016", "built with OptDsl 99.0.0, and this")]
    [InlineData("", "OPT0016", "'Old'")]
    [InlineData(ModelCompiler.Version + "7", null, null)]
    public void Another_version(string version, string? code, string? words)
    {
        const string Text = "public static class Layers { [Export] public static Expr Wide(this Expr x) => x.Dense(9); }";
        var text = $"using OptDsl; using static OptDsl.Dsl; {Text}";
        var old = Written("Old", Text, version, "12.0", text);
        const string Use = "partial class Net { [Compile] static Model Model => Input(3).[|Wide()|].Loss(SquaredError).Minimize(Sgd(0.1)); }";
        if (code is not null) Expect.Error([old], code, Use, words!);
        else Assert.Empty(Generated.Of(Compilations.Of([Use.Replace("[|", "").Replace("|]", "")], old)).Problems);
    }

    /// <summary>Whatever stands in the attributes, there is one error, at the use.</summary>
    [Theory]
    [InlineData("12.0", "static class Layers { [OptDsl.Export] public static OptDsl.Expr Wide(this OptDsl.Expr x) => Missing.Layer(x); }", "'Missing' does not exist")]
    [InlineData("12.0", "static class Layers { }", "it is not there")]
    [InlineData("12.0", "static class Layers { [OptDsl.Export] public static OptDsl.Expr Wide(this OptDsl.Expr x) => ", "'Old' exports does not compile")]
    [InlineData("12.0", "", "it is not there")]
    [InlineData("99.0", "static class Layers { }", "newer C#")]
    [InlineData("", "static class Layers { }", "newer C#")]
    public void Source_that_does_not_compile(string dialect, string text, string words) => Expect.Error(
        [Written("Old", "public static class Layers { [Export] public static Expr Wide(this Expr x) => x.Dense(9); }", ModelCompiler.Version, dialect, text)], "OPT0017",
        "partial class Net { [Compile] static Model Model => Input(3).[|Wide()|].Loss(SquaredError).Minimize(Sgd(0.1)); }", words);

    /// <summary>An assembly whose attributes the generator did not write.</summary>
    static Library Written(string name, string source, string version, string dialect, string text) => Library.Emitted(Compilations.Of([
        source,
        $"[assembly: OptDsl.Exported({SymbolDisplay.FormatLiteral(version, true)}, \"{dialect}\", \"Layers.cs\", {SymbolDisplay.FormatLiteral(text, true)})]",
    ]).WithAssemblyName(name));

    [Theory]
    [InlineData("[Export] static Expr [|Wide|](Expr x) => x;", "'Wide' is not public", "make 'Wide' public")]
    [InlineData("[Export] public Expr [|Wide|](Expr x) => x;", "is not static", "write [Export] on 'Layers'")]
    [InlineData("[Export] public static void [|Wide|](Expr x) { }", "returns nothing", "return what declarations can use")]
    [InlineData("[Export] public static System.IO.Stream? [|Wide|](Expr x) => null;", "uses the type 'System.IO.Stream?'")]
    [InlineData("[Export] public static Expr [|Wide|](Expr x, Dictionary<string, System.Threading.Thread> t) => x;", "uses the type")]
    [InlineData("[Export] public static double [|Rate|] = 3;", "may change at run time", "make it 'const' or 'static readonly'")]
    [InlineData("[Export] public static double [|Rate|] { get; set; } = 3;", "may change at run time", "remove its setter")]
    [InlineData("public static Expr Wide { [Export] [|get|] => Input(3); }", "is an accessor; write [Export] on 'Wide'")]
    [InlineData("class Inner { [Export] public static Expr [|Wide|](Expr x) => x; }", "'Wide' is not public, because 'Inner' is not", "make 'Inner' public")]
    [InlineData("[Export] class [|Inner|] { }", "'Inner' is not public")]
    [InlineData("static Expr Outer(Expr x) { return Wide(x); [Export] static Expr [|Wide|](Expr x) => x; }", "is a local function")]
    public void What_cannot_be_exported(string marked, params string[] words) =>
        Expect.Error("OPT0015", $"public class Layers {{ {marked} }}", words.Select(w => w.Replace("is an accessor; ", "is an accessor, so no declaration elsewhere can use it; ")).ToArray());

    [Theory]
    [InlineData("[Export] public static int Width => [|Environment.ProcessorCount|];", "OPT0003")]
    [InlineData("[Export] public static readonly int Day = [|DateTime.Now|].Day;", "OPT0003")]
    [InlineData("[Export] public static Expr Read(string file) => Parameter(System.IO.File.[|ReadAllText(file)|].Length);", "OPT0003")]
    [InlineData("[Export] public static Expr Tries(this Expr x) { [|try { return x.Dense(3); } catch { return x; }|] }", "OPT0003")]
    [InlineData("[Export] public static Expr Outer(this Expr x) => Inner(x); static Expr Inner(Expr x) { [|lock (\"a\") { return x; }|] }", "OPT0003")]
    [InlineData("static int count = 3; [Export] public static Expr Counts(this Expr x) => x.Dense([|count|]);", "OPT0003")]
    [InlineData("static int count = 3; [Export] public static int Count(int more = 1) => [|count|] + more;", "OPT0003")]
    [InlineData("[Export] public static Expr Random(this Expr x) { Func<int> next = () => [|new Random(3)|].Next(); return x.Dense(next()); }", "OPT0003")]
    [InlineData("[Export] public static Expr Wrong(int units = 3) => Input(4) + Input(5).[|Dense(units)|];", "OPT0101", "|Input(4) + Input(5).Dense(units)|")]
    [InlineData("[Export] public static Expr Endless(int units = 3) => [|Endless(units + 1)|];", "OPT0005")]
    public void What_cannot_be_evaluated(string marked, string code, string? whole = null)
    {
        if (whole is not null) marked = marked.Replace("[|", "").Replace("|]", "").Replace(whole.Trim('|'), $"[{whole}]");
        Expect.Error(code, $"public static class Layers {{ {marked} }}");
    }

    [Fact]
    public void What_only_some_calls_meet_is_no_mistake() => Assert.Empty(Generated.Of("""
        public static class Layers
        {
            [Export]
            public static Expr Checked(this Expr x, int units, string? name = null)
            {
                if (units < 1) throw new InvalidOperationException(DateTime.Now.ToString());
                ArgumentNullException.ThrowIfNull(name);
                Span<int> widths = [units, 2 * units];
                return x.Dense(widths[0]).Named(string.Join("-", new[] { name, nameof(Environment.MachineName) }.Select(n => n.ToString())));
            }
        }
        """).Problems);
}
