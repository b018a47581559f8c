using Microsoft.CodeAnalysis;
using Xunit;

namespace OptDsl.Generators.Tests;

/// <summary>Sources with marked mistakes: <c>[|…|]</c> is where the one error or warning must be.</summary>
static class Expect
{
    /// <summary>Exactly one error, at exactly the marked place, with these words in it.</summary>
    public static Generated Error(string code, string marked, params string[] words) => Error([], code, marked, words);

    /// <summary>The same where other projects are referenced.</summary>
    public static Generated Error(Library[] libraries, string code, string marked, params string[] words)
    {
        var generated = Problem(libraries, code, marked, words);
        Assert.Empty(generated.Sources);
        return generated;
    }

    /// <summary>Exactly one warning, at exactly the marked place, with these words in it, and the learner beside it.</summary>
    public static Generated Warning(string code, string marked, params string[] words) => Warning([], code, marked, words);

    /// <summary>The same where other projects are referenced.</summary>
    public static Generated Warning(Library[] libraries, string code, string marked, params string[] words)
    {
        var generated = Problem(libraries, code, marked, words);
        Assert.Equal(DiagnosticSeverity.Warning, Assert.Single(generated.Diagnostics).Severity);
        Assert.Single(generated.Sources);
        return generated;
    }

    /// <summary>One warning about a declaration in such a class.</summary>
    public static Generated WarningIn(string code, string body, params string[] words) => Warning(code, Net(body), words);

    static Generated Problem(Library[] libraries, string code, string marked, string[] words)
    {
        var source = marked.Replace("[|", "").Replace("|]", "");
        var generated = Generated.Of(Compilations.Of([source], libraries));
        var problem = Assert.Single(generated.Diagnostics, d => d.Severity > DiagnosticSeverity.Info);
        Assert.Equal(code, problem.Id);
        Assert.Equal(marked, Mark(source, problem));
        foreach (var word in words) Assert.Contains(word, problem.GetMessage(System.Globalization.CultureInfo.InvariantCulture));
        return generated;
    }

    /// <summary>One error in a declaration whose class and member are in order.</summary>
    public static Generated ErrorIn(string code, string body, params string[] words) => Error(code, Net(body), words);

    static string Net(string body) => $$"""
        partial class Net
        {
            [Compile]
            static Model Model
            {
                get
                {
                    {{body}}
                }
            }
        }
        """;

    static string Mark(string source, Diagnostic problem)
    {
        var span = problem.Location.SourceSpan;
        return source.Insert(span.End, "|]").Insert(span.Start, "[|");
    }
}
