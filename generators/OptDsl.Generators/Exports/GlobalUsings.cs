using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace OptDsl.Generators;

/// <summary>The <c>global using</c> directives of a project, those of the SDK too, which files that travel alone would miss.</summary>
internal static class GlobalUsings
{
    /// <summary>Stands for a path.</summary>
    public const string Path = "(global usings)";

    /// <summary>The directives outside the files that travel anyway; null where there are none.</summary>
    public static SourceFile? Of(Compilation compilation, ICollection<SyntaxTree> travelling, CancellationToken cancellation)
    {
        var directives = compilation.SyntaxTrees.Where(tree => !travelling.Contains(tree))
            .SelectMany(tree => ((CompilationUnitSyntax)tree.GetRoot(cancellation)).Usings)
            .Where(u => !u.GlobalKeyword.IsKind(SyntaxKind.None))
            .Select(u => u.WithoutTrivia().NormalizeWhitespace().ToFullString())
            .Distinct().OrderBy(u => u, StringComparer.Ordinal).ToArray();
        return directives.Length == 0 ? null : new(Path, Dialect.Of(travelling.First(), "", compilation), string.Join("\n", directives));
    }
}
