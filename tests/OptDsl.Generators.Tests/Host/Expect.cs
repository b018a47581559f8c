using Microsoft.CodeAnalysis;
using Xunit;

namespace OptDsl.Generators.Tests;

/// <summary>Sources with marked mistakes: <c>[|…|]</c> is where the one error must be.</summary>
static class Expect
{
    /// <summary>Exactly one error, at exactly the marked place, with these words in it.</summary>
    public static Generated Error(string code, string marked, params string[] words) => Error([], code, marked, words);

    /// <summary>The same where other projects are referenced.</summary>
    public static Generated Error(Library[] libraries, string code, string marked, params string[] words)
    {
        var source = marked.Replace("[|", "").Replace("|]", "");
        var generated = Generated.Of(Compilations.Of([source], libraries));
        var problem = Assert.Single(generated.Diagnostics, d => d.Severity > DiagnosticSeverity.Info);
        Assert.Equal(code, problem.Id);
        Assert.Equal(marked, Mark(source, problem));
        foreach (var word in words) Assert.Contains(word, problem.GetMessage(System.Globalization.CultureInfo.InvariantCulture));
        Assert.Empty(generated.Sources);
        return generated;
    }

    /// <summary>One error in a declaration whose class and member are in order.</summary>
    public static Generated ErrorIn(string code, string body, params string[] words) =>
        Error(code, $$"""
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
            """, words);

    static string Mark(string source, Diagnostic problem)
    {
        var span = problem.Location.SourceSpan;
        return source.Insert(span.End, "|]").Insert(span.Start, "[|");
    }
}
