using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace OptDsl.Generators;

/// <summary>How exported source is read where it is used: as the project that exports it reads it.</summary>
internal sealed record Dialect(LanguageVersion Version, bool IsChecked, EquatableArray<string> Symbols)
{
    const string Checked = "checked";

    /// <summary>The dialect of a file; of the symbols only those that it may ask for.</summary>
    public static Dialect Of(SyntaxTree tree, string text, Compilation compilation)
    {
        var options = (CSharpParseOptions)tree.Options;
        return new(options.LanguageVersion, ((CSharpCompilationOptions)compilation.Options).CheckOverflow,
            new(options.PreprocessorSymbolNames.Where(text.Contains).Distinct().OrderBy(s => s, System.StringComparer.Ordinal)));
    }

    public CSharpParseOptions Options => new(Version, preprocessorSymbols: Symbols);

    public override string ToString() => string.Join(" ", Words());

    /// <summary>Null for a version of C# that this compiler does not know.</summary>
    public static Dialect? Parse(string text)
    {
        var words = text.Split(' ');
        if (!LanguageVersionFacts.TryParse(words[0], out var version)) return null;
        var isChecked = words.Length > 1 && words[1] == Checked;
        return new(version, isChecked, new(words.Skip(isChecked ? 2 : 1)));
    }

    IEnumerable<string> Words()
    {
        yield return Version.ToDisplayString();
        if (IsChecked) yield return Checked;
        foreach (var symbol in Symbols) yield return symbol;
    }
}
