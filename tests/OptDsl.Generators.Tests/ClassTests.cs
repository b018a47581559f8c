using Microsoft.CodeAnalysis;
using Xunit;

namespace OptDsl.Generators.Tests;

/// <summary>Which classes and members can carry a declaration, and what is said of the others.</summary>
public class ClassTests
{
    const string Body = "Input(4).Dense(1).Loss(SquaredError).Minimize(Sgd(0.1))";

    const string Member = "[Compile] static Model Model => " + Body + ";";

    [Theory]
    [InlineData("OPT0001", "class [|Net|] { MEMBER }", "write 'partial class Net'")]
    [InlineData("OPT0001", "record [|Net|] { MEMBER }", "write 'partial record Net'")]
    [InlineData("OPT0001", "struct [|Outer|] { partial class Net { MEMBER } }", "write 'partial struct Outer'")]
    [InlineData("OPT0002", "static partial class [|Net|] { MEMBER }", "remove 'static'")]
    [InlineData("OPT0010", "partial struct [|Net|] { MEMBER }", "struct 'Net'")]
    [InlineData("OPT0010", "partial record struct [|Net|] { MEMBER }", "record struct 'Net'")]
    [InlineData("OPT0010", "partial interface [|Net|] { MEMBER }", "interface 'Net'")]
    [InlineData("OPT0010", "abstract partial class [|Net|] { MEMBER }", "remove 'abstract'")]
    [InlineData("OPT0010", "file partial class [|Net|] { MEMBER }", "file-local class 'Net'")]
    [InlineData("OPT0010", "file partial class Outer { partial class [|Net|] { MEMBER } }", "remove 'file'")]
    [InlineData("OPT0011", "partial class Net { MEMBER public [|Net|]() { } }", ": this(seed: …)")]
    [InlineData("OPT0011", "partial class Net { MEMBER public [|Net|](int n) : base() { } }", ": this(seed: …)")]
    [InlineData("OPT0011", "partial class Net[|(int width)|] { MEMBER }", "instead of the parameters")]
    [InlineData("OPT0011", "partial record Net[|(int Width)|] { MEMBER }", "instead of the parameters")]
    [InlineData("OPT0007", "partial class Net { MEMBER [Compile] static Model [|Other|]() => Model; }", "already has the declaration 'Model'")]
    public void Classes(string code, string source, string words) =>
        Assert.All(Problems(source.Replace("MEMBER", Member), code == "OPT0007" ? 1 : 0, code), message => Assert.Contains(words, message));

    [Theory]
    [InlineData("[Compile] Model [|Model|] => BODY;", "is not static")]
    [InlineData("[Compile] static int [|Model|] => 3;", "is of type 'int', not Model")]
    [InlineData("[Compile] static Model? [|Model|](int width) => BODY;", "has parameters")]
    [InlineData("[Compile] static Model [|Model|]<T>() => BODY;", "has type parameters")]
    [InlineData("[Compile] static Model [|Model|] { set { } }", "cannot be read")]
    [InlineData("static Model Model { [Compile] [|get|] => BODY; }", "is an accessor")]
    [InlineData("[Compile] Model [|this|][int i] => BODY;", "is an indexer")]
    [InlineData("static Model Make() { return Local(); [Compile] static Model [|Local|]() => BODY; }", "is a local function")]
    [InlineData("static Func<Model> Make() => [Compile] () [|=>|] BODY;", "is a lambda")]
    public void Members(string member, string words) =>
        Assert.All(Problems($"partial class Net {{ {member.Replace("BODY", Body)} }}", 0, "OPT0006"), message => Assert.Contains(words, message));

    static IEnumerable<string> Problems(string marked, int sources, string code)
    {
        var source = marked.Replace("[|", "").Replace("|]", "");
        var generated = Generated.Of(source);
        var problem = Assert.Single(generated.Diagnostics, d => d.Severity > DiagnosticSeverity.Info);
        var span = problem.Location.SourceSpan;
        Assert.Equal((code, marked), (problem.Id, source.Insert(span.End, "|]").Insert(span.Start, "[|")));
        Assert.Equal(sources, generated.Sources.Length);
        return [problem.GetMessage(System.Globalization.CultureInfo.InvariantCulture)];
    }

    [Theory]
    [InlineData("namespace A.B; partial class Net { MEMBER }")]
    [InlineData("namespace @namespace.@event { public partial class @class { MEMBER } }")]
    [InlineData("partial record Net { MEMBER }")]
    [InlineData("public sealed partial record class Net { MEMBER }")]
    [InlineData("partial class Outer<T, @in> where T : class { partial struct Middle { partial interface IInner<out U> { internal partial class Net { MEMBER } } } }")]
    [InlineData("partial record struct Outer { partial record Mid { partial class Net { MEMBER } } }")]
    [InlineData("partial class Net { MEMBER public Net() : this(3) { } Net(int n) : this() { } }")]
    [InlineData("partial class Net { MEMBER static Net() { } }")]
    [InlineData("interface INamed { string Name { get; } } partial class Net : INamed { MEMBER public string Name => \"net\"; }")]
    [InlineData("partial class Net<T, @in> where T : class { MEMBER }")]
    [InlineData("partial class @record { MEMBER }")]
    [InlineData("partial class Net { [Compile] static partial Model Model { get; } static partial Model Model => BODY; }")]
    [InlineData("partial class Net { [Compile] private static partial Model Make(); private static partial Model Make() => BODY; }")]
    [InlineData("partial class Net { [Compile] static Model? Make() { return BODY; } }")]
    [InlineData("partial class Net { [Compile] static Model Model { get; } = BODY; }")]
    public void Supported(string source)
    {
        var generated = Generated.Of(source.Replace("MEMBER", Member).Replace("BODY", Body));
        Assert.Empty(generated.Problems);
        var text = Assert.Single(generated.Sources).SourceText.ToString();
        // The part that we add belongs to the class: the class has one more part, and no new error.
        var errors = generated.Compilation.Errors().Select(d => d.Id);
        var whole = generated.Compilation.AddSyntaxTrees(Microsoft.CodeAnalysis.CSharp.CSharpSyntaxTree.ParseText(text, Compilations.Parse));
        Assert.Equal(errors, whole.Errors().Select(d => d.Id));
    }

    [Fact]
    public void A_declaration_that_is_null() => Expect.Error("OPT0013", "partial class Net { [Compile] static Model? [|Model|] => null; }");

    [Fact]
    public void Where_the_compiler_reports_the_generator_is_silent()
    {
        string[] wrong =
        [
            "partial class Net { [Compile] static Modle Model => " + Body + "; }",
            "partial class Net { [Compile] static Model Model => Input(4).Dens(1).Loss(SquaredError).Minimize(Sgd(0.1)); }",
            "partial class Net { [Compile] static Model Model => Input(4).Dense(width).Loss(SquaredError).Minimize(Sgd(0.1)); int width = 3; }",
            "partial class Net { [Compile] static Model Model => Input(\"4\").Dense(3).Loss(SquaredError).Minimize(Sgd(0.1)); }",
            "partial class Net { [Compile] static Model Model => Input(4).Dense(3).Loss(SquaredError).Minimize(Mine()); static Rule Mine() => Rule.Of((g, m) => (g, q)); }",
            "partial class Net { [Compile] static Model Model { get { var x = Input(4)  return x; } } }",
            "partial class Net { [Compile] static Model Model => ; }",
            "partial class Net { [Compile] static Model Model }",
            "partial class Net { [Compile(Precision = 3.5)] static Model Model => 3; }",
        ];
        foreach (var source in wrong)
        {
            var generated = Generated.Of(source);
            Assert.Empty(generated.Problems);
            Assert.NotEmpty(generated.Compilation.Errors());
        }
    }

    [Fact]
    public void An_unoptimised_build_is_noted_once_per_declaration()
    {
        var generated = Generated.Of(Compilations.Of([$"partial class Net {{ {Member} }}"], OptimizationLevel.Debug));
        var note = Assert.Single(generated.Diagnostics);
        Assert.Equal(("OPT0008", DiagnosticSeverity.Info), (note.Id, note.Severity));
        Assert.Contains("<Optimize>true</Optimize>", note.GetMessage(System.Globalization.CultureInfo.InvariantCulture));
        Assert.Equal("Model", note.Location.SourceTree!.GetText().ToString(note.Location.SourceSpan));
        Assert.Single(generated.Sources);
    }
}
