using System.Linq;
using Microsoft.CodeAnalysis;
using OptDsl.Generators.Evaluation;

namespace OptDsl.Generators;

/// <summary>What may carry <c>[Export]</c>: a public type, or a public static member whose value and arguments declarations can use.</summary>
internal static class ExportShape
{
    /// <summary>What is wrong and what to do, or null if nothing.</summary>
    public static (string Problem, string Advice)? Problem(ISymbol symbol, HostTypes types) => symbol switch
    {
        IMethodSymbol { MethodKind: MethodKind.LocalFunction } => ("is a local function", "make it a public static method"),
        IMethodSymbol { MethodKind: MethodKind.AnonymousFunction } => ("is a lambda", "make it a public static method"),
        IMethodSymbol { AssociatedSymbol: IPropertySymbol property } => ("is an accessor", $"write [Export] on '{property.Name}'"),
        _ when Hidden(symbol) is { } hidden => (hidden.Equals(symbol, SymbolEqualityComparer.Default) ? "is not public" : $"is not public, because '{hidden.Name}' is not", $"make '{hidden.Name}' public"),
        INamedTypeSymbol => null,
        { IsStatic: false, ContainingType.IsExtension: false } => ("is not static", $"make it static, or write [Export] on '{symbol.ContainingType.Name}', which exports all its public members"),
        { IsAbstract: true } => ("has no code", "export what implements it"),
        IFieldSymbol { IsReadOnly: false, IsConst: false } => ("may change at run time", "make it 'const' or 'static readonly'"),
        IPropertySymbol { SetMethod: not null } => ("may change at run time", "remove its setter"),
        IPropertySymbol property => Unusable(property.Type, types),
        IFieldSymbol field => Unusable(field.Type, types),
        IMethodSymbol method => Unusable(method.ReturnType, types) ?? method.Parameters.Select(p => Unusable(p.Type, types)).FirstOrDefault(u => u is not null),
        _ => null,
    };

    static ISymbol? Hidden(ISymbol symbol)
    {
        for (var level = symbol; level is not null; level = level.ContainingType)
            if (level.DeclaredAccessibility is not (Accessibility.Public or Accessibility.NotApplicable)) return level;
        return null;
    }

    static (string, string)? Unusable(ITypeSymbol type, HostTypes types)
    {
        if (type.SpecialType == SpecialType.System_Void) return ("returns nothing", "return what declarations can use: an Expr, a Rule, a number");
        return IsUsable(type, types) ? null : ($"uses the type '{type.ToDisplayString()}', which no declaration can have", "use types of OptDsl and of this project, numbers, texts, arrays, lists and functions");
    }

    static bool IsUsable(ITypeSymbol type, HostTypes types) => type switch
    {
        // The compiler reports an unknown type, and callers choose type arguments.
        ITypeParameterSymbol or { TypeKind: TypeKind.Error } => true,
        IArrayTypeSymbol array => IsUsable(array.ElementType, types),
        INamedTypeSymbol named => types.IsKnown(named) && named.TypeArguments.All(a => IsUsable(a, types)),
        _ => false,
    };
}
