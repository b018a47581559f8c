using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using OptDsl.Compiler;

namespace OptDsl.Generators;

/// <summary>Which types can receive a learner, and how generated code continues them.</summary>
internal static class TypeShape
{
    public static IEnumerable<DiagnosticInfo> Problems(ISymbol member, INamedTypeSymbol attribute, SyntaxNode node)
    {
        var type = member.ContainingType;
        var declaration = node.FirstAncestorOrSelf<TypeDeclarationSyntax>()!;
        var place = Places.Name(declaration);

        if (Unsuitable(type) is var (kind, advice))
            yield return DiagnosticInfo.Of(Descriptors.TypeKind, place, kind, type.Name, advice);
        else if (type.IsStatic)
            yield return DiagnosticInfo.Of(Descriptors.StaticClass, place, type.Name);
        else if (declaration.AncestorsAndSelf().OfType<TypeDeclarationSyntax>().FirstOrDefault(d => !d.Modifiers.Any(SyntaxKind.PartialKeyword)) is { } closed)
            yield return DiagnosticInfo.Of(Descriptors.NotPartial, Places.Name(closed), closed.Identifier.ValueText, Keyword(closed));
        else
        {
            var first = type.GetMembers().First(m => m.Equals(member, SymbolEqualityComparer.Default) || Carries(m, attribute));
            if (!first.Equals(member, SymbolEqualityComparer.Default))
                yield return DiagnosticInfo.Of(Descriptors.SecondDeclaration, Places.Name(node), type.Name, first.Name, member.Name);
            foreach (var problem in Constructors(type)) yield return problem;
        }
    }

    public static ClassTarget Target(INamedTypeSymbol type, Precision precision) => new(
        type.ContainingNamespace.IsGlobalNamespace ? null : string.Join(".", Parts(type.ContainingNamespace).Select(Identifier)),
        [.. Outer(type).Reverse().Select(Header)],
        Generic(type),
        type.IsRecord ? "record" : "class",
        precision);

    static (string Kind, string Advice)? Unsuitable(INamedTypeSymbol type)
    {
        const string move = "move the declaration into a partial class";
        if (type.TypeKind == TypeKind.Interface) return ("interface", move);
        if (type.IsValueType) return (type.IsRecord ? "record struct" : "struct", move);
        if (type.TypeKind != TypeKind.Class) return ("type", move);
        if (type.IsAbstract && !type.IsStatic) return ("abstract class", "remove 'abstract': a learner is an object");
        if (Outer(type).Prepend(type).Any(t => t.IsFileLocal)) return ("file-local class", "remove 'file': the learner is written in another file");
        return null;
    }

    /// <summary>The learner's constructor reserves its memory, so every constructor of the class has to pass through it.</summary>
    static IEnumerable<DiagnosticInfo> Constructors(INamedTypeSymbol type)
    {
        foreach (var constructor in type.InstanceConstructors)
            foreach (var reference in constructor.DeclaringSyntaxReferences)
                switch (reference.GetSyntax())
                {
                    case ConstructorDeclarationSyntax node when node.Initializer is not { ThisOrBaseKeyword.RawKind: (int)SyntaxKind.ThisKeyword }:
                        yield return DiagnosticInfo.Of(Descriptors.OwnConstructor, Places.Name(node), type.Name, "write ': this(seed: …)' after its parameters");
                        break;
                    case TypeDeclarationSyntax { ParameterList: { } parameters } node when !constructor.IsImplicitlyDeclared:
                        yield return DiagnosticInfo.Of(Descriptors.OwnConstructor, LocationInfo.Of(node, parameters.Span), type.Name,
                            "instead of the parameters of the class, write a constructor with ': this(seed: …)' after its parameters");
                        break;
                }
    }

    static bool Carries(ISymbol member, INamedTypeSymbol attribute) =>
        member.GetAttributes().Any(a => SymbolEqualityComparer.Default.Equals(a.AttributeClass, attribute));

    static IEnumerable<INamedTypeSymbol> Outer(INamedTypeSymbol type)
    {
        for (var outer = type.ContainingType; outer is not null; outer = outer.ContainingType) yield return outer;
    }

    static IEnumerable<string> Parts(INamespaceSymbol space) =>
        space.IsGlobalNamespace ? [] : Parts(space.ContainingNamespace).Append(space.Name);

    static string Header(INamedTypeSymbol type) => "partial " + (type switch
    {
        { TypeKind: TypeKind.Interface } => "interface",
        { IsRecord: true, IsValueType: true } => "record struct",
        { IsRecord: true } => "record",
        { IsValueType: true } => "struct",
        _ => "class",
    }) + " " + Generic(type);

    static string Generic(INamedTypeSymbol type) =>
        Identifier(type.Name) + (type.Arity == 0 ? "" : "<" + string.Join(", ", type.TypeParameters.Select(Parameter)) + ">");

    /// <summary>All parts of an interface repeat its variance.</summary>
    static string Parameter(ITypeParameterSymbol parameter) => parameter.Variance switch
    {
        VarianceKind.In => "in ",
        VarianceKind.Out => "out ",
        _ => "",
    } + Identifier(parameter.Name);

    static string Identifier(string name) =>
        SyntaxFacts.GetKeywordKind(name) != SyntaxKind.None || SyntaxFacts.GetContextualKeywordKind(name) != SyntaxKind.None ? "@" + name : name;

    static string Keyword(TypeDeclarationSyntax type) =>
        type is RecordDeclarationSyntax { ClassOrStructKeyword.RawKind: not 0 } record ? "record " + record.ClassOrStructKeyword.ValueText : type.Keyword.ValueText;
}
