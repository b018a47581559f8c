using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using OptDsl.Generators.Evaluation;

namespace OptDsl.Generators;

/// <summary>
/// The files that a member needs to be bound again elsewhere: where it stands, where stands what its code names, and so on. A
/// type whose values occur brings all its members, because conversions, operators and overrides are used without being named;
/// a static class brings only what is asked for.
/// </summary>
internal sealed class Reach(Compilation compilation, CancellationToken cancellation)
{
    readonly HashSet<ISymbol> seen = new(SymbolEqualityComparer.Default);
    readonly Queue<SyntaxNode> unread = new();

    public HashSet<SyntaxTree> Trees { get; } = [];

    public void Add(ISymbol root)
    {
        Meet(root);
        while (unread.Count > 0) Read(unread.Dequeue());
    }

    void Read(SyntaxNode code)
    {
        cancellation.ThrowIfCancellationRequested();
        SyntaxDepth.Check(code);
        var model = compilation.GetSemanticModel(code.SyntaxTree);
        foreach (var node in code.DescendantNodesAndSelf())
        {
            if (node is not (ExpressionSyntax or ConstructorInitializerSyntax or PrimaryConstructorBaseTypeSyntax or AttributeSyntax or CommonForEachStatementSyntax or RecursivePatternSyntax)) continue;
            var symbol = model.GetSymbolInfo(node, cancellation);
            foreach (var candidate in symbol.CandidateSymbols.Add(symbol.Symbol!)) Meet(candidate);
            foreach (var method in Unnamed(node, model)) Meet(method);
            if (node is not ExpressionSyntax) continue;
            var type = model.GetTypeInfo(node, cancellation);
            Meet(type.Type);
            Meet(type.ConvertedType);
        }
    }

    /// <summary>What the compiler calls though nobody names it, where that may be an extension method of any class.</summary>
    IEnumerable<ISymbol?> Unnamed(SyntaxNode node, SemanticModel model) => node switch
    {
        AssignmentExpressionSyntax { Left: TupleExpressionSyntax or DeclarationExpressionSyntax } assignment => Methods(model.GetDeconstructionInfo(assignment)),
        ForEachVariableStatementSyntax loop => [model.GetForEachStatementInfo(loop).GetEnumeratorMethod, .. Methods(model.GetDeconstructionInfo(loop))],
        ForEachStatementSyntax loop => [model.GetForEachStatementInfo(loop).GetEnumeratorMethod],
        RecursivePatternSyntax pattern => [(model.GetOperation(pattern, cancellation) as IRecursivePatternOperation)?.DeconstructSymbol],
        ExpressionSyntax { Parent: InitializerExpressionSyntax { RawKind: (int)SyntaxKind.CollectionInitializerExpression } } element => [model.GetCollectionInitializerSymbolInfo((ExpressionSyntax)element, cancellation).Symbol],
        _ => [],
    };

    static IEnumerable<ISymbol?> Methods(DeconstructionInfo info) => info.Nested.SelectMany(Methods).Prepend(info.Method);

    void Meet(ISymbol? symbol)
    {
        switch (symbol)
        {
            case IArrayTypeSymbol array:
                Meet(array.ElementType);
                return;
            case INamedTypeSymbol { IsGenericType: true } or IMethodSymbol { IsGenericMethod: true }:
                foreach (var argument in symbol is INamedTypeSymbol type ? type.TypeArguments : ((IMethodSymbol)symbol).TypeArguments) Meet(argument);
                break;
        }
        if (symbol is not (INamedTypeSymbol or IMethodSymbol { MethodKind: not MethodKind.LocalFunction } or IPropertySymbol or IFieldSymbol or IEventSymbol)) return;
        symbol = (symbol as IMethodSymbol)?.ReducedFrom ?? symbol;
        symbol = ((symbol as IMethodSymbol)?.AssociatedSymbol ?? symbol).OriginalDefinition;
        if (!SymbolEqualityComparer.Default.Equals(symbol.ContainingAssembly, compilation.Assembly) || !seen.Add(symbol)) return;
        Meet(symbol.ContainingType);
        var isRead = symbol is INamedTypeSymbol whole ? IsWhole(whole) : !IsWhole(symbol.ContainingType);
        foreach (var part in Parts(symbol).SelectMany(p => p.DeclaringSyntaxReferences).Select(r => r.GetSyntax(cancellation)))
        {
            Trees.Add(part.SyntaxTree);
            // The type and the modifiers of a field stand around its name.
            if (isRead) unread.Enqueue(part is VariableDeclaratorSyntax { Parent.Parent: FieldDeclarationSyntax field } ? field : part);
        }
    }

    /// <summary>Whether a type is read with all its members. A static constructor may set any of them.</summary>
    static bool IsWhole(INamedTypeSymbol type) => !type.IsStatic || type.StaticConstructors.Any(c => !c.IsImplicitlyDeclared);

    static IEnumerable<ISymbol> Parts(ISymbol symbol)
    {
        yield return symbol;
        if ((symbol as IMethodSymbol)?.PartialImplementationPart is { } method) yield return method;
        if ((symbol as IPropertySymbol)?.PartialImplementationPart is { } property) yield return property;
    }
}
