using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using OptDsl.Generators.Evaluation;

namespace OptDsl.Generators;

/// <summary>One <c>[Export]</c> becomes an <see cref="Export"/>: the member is checked, and the files found that it needs.</summary>
internal static class ExportReader
{
    public static Export Read(GeneratorAttributeSyntaxContext context, CancellationToken cancellation) => Bug.Shown(context, place =>
    {
        try
        {
            return Read(context, place, cancellation);
        }
        catch (Refusal refusal)
        {
            return Refused(refusal.Problem);
        }
    }, (_, bug) => Refused(bug));

    static Export Refused(DiagnosticInfo? problem) => new(default, default, problem is null ? default : new([problem]));

    static Export Read(GeneratorAttributeSyntaxContext context, LocationInfo place, CancellationToken cancellation)
    {
        var compilation = context.SemanticModel.Compilation;
        var language = context.Attributes[0].AttributeClass!.ContainingAssembly;
        var symbol = DeclarationReader.Whole(context.TargetSymbol);
        if (ExportShape.Problem(symbol, new(new(compilation, language, cancellation))) is var (problem, advice))
            return Refused(DiagnosticInfo.Of(Descriptors.ExportShape, place, symbol.Name, problem, advice));

        var reach = new Reach(compilation, cancellation);
        var problems = new List<DiagnosticInfo>();
        foreach (var member in Members(symbol))
        {
            reach.Add(member);
            if (member is not INamedTypeSymbol && Evaluator.Foresee(member, compilation, language, Place(member), cancellation) is { } refused) problems.Add(refused);
        }
        return new(new(Files(compilation, reach.Trees, cancellation)), new(Usings(compilation, cancellation)), new(problems.Distinct()));
    }

    /// <summary>The exported type or member, and of a type what is public in it.</summary>
    static IEnumerable<ISymbol> Members(ISymbol symbol)
    {
        yield return symbol;
        if (symbol is not INamedTypeSymbol type) yield break;
        foreach (var member in type.GetMembers())
            if (member is { DeclaredAccessibility: Accessibility.Public, IsImplicitlyDeclared: false } and (IFieldSymbol or IPropertySymbol or IMethodSymbol { AssociatedSymbol: null })) yield return member;
        foreach (var inner in type.GetTypeMembers().Where(t => t.DeclaredAccessibility == Accessibility.Public).SelectMany(Members)) yield return inner;
    }

    static LocationInfo Place(ISymbol member) => Places.Name(member.DeclaringSyntaxReferences[0].GetSyntax());

    static IEnumerable<SourceFile> Files(Compilation compilation, ICollection<SyntaxTree> trees, CancellationToken cancellation)
    {
        foreach (var tree in trees)
        {
            var text = tree.GetText(cancellation).ToString();
            yield return new(tree.FilePath, Dialect.Of(tree, text, compilation), text);
        }
    }

    /// <summary>The global usings of the project, those of the SDK too, which files that travel alone would miss.</summary>
    static IEnumerable<SourceFile> Usings(Compilation compilation, CancellationToken cancellation) =>
        from tree in compilation.SyntaxTrees
        from directive in ((CompilationUnitSyntax)tree.GetRoot(cancellation)).Usings
        where !directive.GlobalKeyword.IsKind(SyntaxKind.None)
        select new SourceFile(tree.FilePath, Dialect.Of(tree, "", compilation), directive.WithoutTrivia().NormalizeWhitespace().ToFullString());
}
