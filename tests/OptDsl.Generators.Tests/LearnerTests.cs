using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;

namespace OptDsl.Generators.Tests;

/// <summary>What is written beside a declaration: file names, clashes, determinism, caching.</summary>
public class LearnerTests
{
    const string Member = "[Compile] static Model Model => Input(4).Dense(1).Loss(SquaredError).Minimize(Sgd(0.1));";

    [Fact]
    public void Hint_names_differ_even_where_case_is_ignored()
    {
        var generated = Generated.Of(
            $"namespace N {{ partial class Net {{ {Member} }} partial class NET {{ {Member} }} partial class Å {{ {Member} }} partial class å {{ {Member} }} }}",
            $"partial class A<T> {{ partial class B {{ {Member} }} }} partial class A {{ partial class B {{ {Member} }} }} namespace A_ {{ partial class B {{ {Member} }} }}",
            $"partial class Çay_数学 {{ {Member} }} partial class @event {{ {Member} }} partial class con {{ {Member} }} partial class {new string('x', 500)} {{ {Member} }} partial class {new string('X', 500)} {{ {Member} }}");
        Assert.Empty(generated.Problems);
        Assert.Equal(12, generated.Sources.Length);
        Assert.Equal(12, generated.Sources.Select(s => s.HintName.ToUpperInvariant()).Distinct().Count());
        Assert.All(generated.Sources, s => Assert.Matches("^[A-Za-z0-9_.]{1,120}$", s.HintName));
    }

    [Fact]
    public void A_member_that_the_learner_also_has()
    {
        var emitted = Generated.Of($"partial class Net {{ {Member} }}").Sources.Single().SourceText.ToString();
        Assert.Contains("public string Summary", emitted);
        Expect.Error("OPT0014", $"partial class Net {{ {Member} string [|Summary|]() => \"\"; }}", "is also a member of the learner of 'Net'");
        Expect.Error("OPT0014", $"partial class Net {{ {Member} class [|Learn|]; }}");
        Expect.Error("OPT0014", $"partial class Net {{ {Member.Replace("0.1", "Step / Steps")} const int [|Steps|] = 100; }}");
        Expect.Error("OPT0014", $"partial class Net {{ {Member} void [|Save|](string path) {{ }} }}");
        Expect.Error("OPT0014", $"partial class Net {{ {Member.Replace("Model Model", "Model [|Parameters|]")} }}");
        Assert.StartsWith("OPT0014", Assert.Single(Generated.Of($"partial class Gradient {{ {Member} }}").Problems));
        Assert.StartsWith("OPT0014", Assert.Single(Generated.Of($"partial class Net<Steps> {{ {Member} }}").Problems));
        // Methods may share a name where their parameters differ in number.
        Assert.Empty(Generated.Of($"partial class Net {{ {Member} void Save(string path, bool twice) {{ }} }}").Problems);
    }

    /// <summary>Inside its class a learner's members come before what is imported: they may not hide the words of declarations.</summary>
    [Fact]
    public void The_learner_hides_no_word_of_the_language()
    {
        var compilation = Compilations.Of($"partial class Net {{ {Member} }}");
        var emitted = CSharpSyntaxTree.ParseText(Generated.Of(compilation).Sources.Single().SourceText, Compilations.Parse);
        var learner = compilation.AddSyntaxTrees(emitted).GetTypeByMetadataName("Net")!.GetMembers().Where(m => m.Name != "Model").Select(m => m.Name);
        var words = new[] { "Dsl", "Fluent", "Init", "Precision", "Expr", "Rule", "Model", "Parameter", "LossFunction" };
        var language = compilation.GetTypeByMetadataName("OptDsl.Dsl")!.GetMembers().Select(m => m.Name).Concat(words);
        Assert.Empty(learner.Intersect(language));
    }

    [Theory]
    [InlineData("sv-SE")]
    [InlineData("tr-TR")]
    [InlineData("fi-FI")]
    [InlineData("ar-SA")]
    public void The_users_language_changes_nothing(string name)
    {
        var before = (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture);
        string[] invariant = All(), localized;
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(name);
            localized = All();
        }
        finally
        {
            (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = before;
        }
        Assert.Equal(invariant, localized);

        static string[] All() => [.. Corpus.Files.Select(Corpus.Source).Append("partial class Net { [Compile] static Model Model => Input(-784).Dense(1).Loss(SquaredError).Minimize(Sgd(0.1)); }")
            .SelectMany(s => Generated.Of(s) is var g ? g.Sources.Select(x => x.HintName + x.SourceText).Concat(g.Problems) : [])];
    }

    [Fact]
    public void The_order_of_files_changes_no_text()
    {
        string[] sources = [.. Corpus.Files.Select(Corpus.Source)];
        Assert.Equal(Texts(sources), Texts([.. sources.Reverse()]));

        static IEnumerable<string> Texts(string[] sources) => Generated.Of(sources).Sources.Select(s => s.HintName + "\n" + s.SourceText).Order(StringComparer.Ordinal);
    }

    /// <summary>An edit writes a learner again exactly where it changes the model.</summary>
    [Theory]
    [InlineData("const int width = 8;", "const int width = 9;", true)]
    [InlineData("const int width = 8;", "const int width = 2 * 4;", false)]
    [InlineData("const int width = 8;", "// a comment\n\nconst int width = 8;", false)]
    [InlineData("Helper(x)", "Helper( x )", false)]
    [InlineData("x.Relu()", "x.Tanh()", true)]
    [InlineData("static Model Model", "public static Model Model", false)]
    [InlineData("partial class Net", "public partial class Net", false)]
    [InlineData("[Compile]", "[Compile(Precision = Precision.Double)]", true)]
    public void Edits(string from, string to, bool changes)
    {
        const string source = """
            static class Helpers { public const int width = 8; public static Expr Helper(Expr x) => x.Relu(); }
            partial class Net
            {
                [Compile]
                static Model Model => Input(4).Dense(Helpers.width).Apply(x => Helpers.Helper(x)).Dense(1).Loss(SquaredError).Minimize(Sgd(0.1));
            }
            """;
        var compilation = Compilations.Of(source);
        var options = new GeneratorDriverOptions(IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: true);
        var driver = CSharpGeneratorDriver.Create([new ModelGenerator().AsSourceGenerator()], parseOptions: Compilations.Parse, driverOptions: options).RunGenerators(compilation);
        var old = compilation.SyntaxTrees.Single(t => t.ToString() == source);
        var edited = source.Replace(from, to);
        Assert.NotEqual(source, edited);
        var again = driver.RunGenerators(compilation.ReplaceSyntaxTree(old, CSharpSyntaxTree.ParseText(edited, Compilations.Parse, old.FilePath))).GetRunResult();
        var reason = again.Results.Single().TrackedSteps[StepNames.Learners].Single().Outputs.Single().Reason;
        Assert.Equal(changes ? IncrementalStepRunReason.Modified : IncrementalStepRunReason.Cached, reason);
        // Incremental or cold, the text is the same.
        var cold = Generated.Of(edited).Sources.Single().SourceText.ToString();
        Assert.Equal(cold, again.Results.Single().GeneratedSources.Single().SourceText.ToString());
    }

    [Fact]
    public void A_cancelled_run_throws_nothing_else()
    {
        using var source = new CancellationTokenSource();
        source.Cancel();
        var driver = CSharpGeneratorDriver.Create(new ModelGenerator());
        Assert.ThrowsAny<OperationCanceledException>(() => driver.RunGenerators(Compilations.Of($"partial class Net {{ {Member} }}"), source.Token));
    }

    [Fact]
    public void An_error_of_ours_is_reported_as_ours()
    {
        var target = new OptDsl.Compiler.ClassTarget(null, null!, "Net", "class", Precision.Single);
        var model = Dsl.Parameter(1.0).Minimize(Dsl.Sgd(0.1));
        var learner = LearnerWriter.Write(new(model, target, "Net.g.cs", default), default);
        Assert.Null(learner.Source);
        var problem = Assert.Single(learner.Problems);
        Assert.Equal(("OPT0009", "Net"), (problem.Code, problem.Arguments[0]));
        Assert.Contains(nameof(ArgumentNullException), problem.Arguments[1]);
    }

    [Fact]
    public void A_library_newer_than_the_generator()
    {
        var fake = CSharpCompilation.Create("Fake", [CSharpSyntaxTree.ParseText("""
            namespace OptDsl;
            public sealed class CompileAttribute : System.Attribute;
            public sealed class Model;
            public static class Dsl { public static Model Unknown() => new(); }
            """, Compilations.Parse)], Compilations.Of("").References.Where(r => r != Compilations.Language), new(OutputKind.DynamicallyLinkedLibrary));
        var user = CSharpCompilation.Create("User", [CSharpSyntaxTree.ParseText("partial class Net { [OptDsl.Compile] static OptDsl.Model M => OptDsl.Dsl.Unknown(); }", Compilations.Parse)],
            fake.References.Append(fake.ToMetadataReference()), new(OutputKind.DynamicallyLinkedLibrary, optimizationLevel: OptimizationLevel.Release));
        var problem = Assert.Single(Generated.Of(user).Problems);
        Assert.StartsWith("OPT0003 'Unknown()'", problem);
        Assert.Contains("the generator is older than the library", problem);
    }
}
