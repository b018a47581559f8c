using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;

namespace OptDsl.Generators.Evaluation;

/// <summary>What the type parameters of the running call stand for.</summary>
internal sealed class TypeArguments
{
    public static readonly TypeArguments None = new([]);

    readonly Dictionary<ISymbol, ITypeSymbol> types;

    TypeArguments(Dictionary<ISymbol, ITypeSymbol> types) => this.types = types;

    /// <summary>The arguments of a method and of the types around it; all of them are free of parameters already.</summary>
    public static TypeArguments Of(INamedTypeSymbol? type, IMethodSymbol? method = null, TypeArguments? outer = null)
    {
        var types = new Dictionary<ISymbol, ITypeSymbol>(SymbolEqualityComparer.Default);
        foreach (var known in (outer ?? None).types) types[known.Key] = known.Value;
        for (; type is not null; type = type.ContainingType)
            for (var i = 0; i < type.Arity; i++) types[type.OriginalDefinition.TypeParameters[i]] = type.TypeArguments[i];
        for (var i = 0; i < (method?.Arity ?? 0); i++) types[method!.OriginalDefinition.TypeParameters[i]] = method.TypeArguments[i];
        return types.Count == 0 ? None : new(types);
    }

    public ITypeSymbol Substitute(ITypeSymbol type, Compilation compilation)
    {
        if (types.Count == 0) return type;
        switch (type)
        {
            case ITypeParameterSymbol:
                return types.TryGetValue(type.OriginalDefinition, out var argument) ? argument : type;
            case IArrayTypeSymbol array:
                return compilation.CreateArrayTypeSymbol(Substitute(array.ElementType, compilation), array.Rank);
            case INamedTypeSymbol { IsTupleType: true } tuple:
                return compilation.CreateTupleTypeSymbol(
                    [.. tuple.TupleElements.Select(e => Substitute(e.Type, compilation))],
                    [.. tuple.TupleElements.Select(e => e.IsExplicitlyNamedTupleElement ? e.Name : null)]);
            case INamedTypeSymbol named when named.IsGenericType:
                var definition = named.OriginalDefinition;
                if (named.ContainingType is { IsGenericType: true } outer)
                    definition = ((INamedTypeSymbol)Substitute(outer, compilation)).GetTypeMembers(named.Name, named.Arity).First();
                return named.Arity == 0 ? definition : definition.Construct([.. named.TypeArguments.Select(a => Substitute(a, compilation))]);
            default:
                return type;
        }
    }

    /// <summary>The method as the running call means it: no type parameter of the call is left in it.</summary>
    public IMethodSymbol Substitute(IMethodSymbol method, Compilation compilation)
    {
        if (types.Count == 0 || method.MethodKind == MethodKind.LocalFunction) return method;
        var found = method.OriginalDefinition;
        if (method.ContainingType is { IsGenericType: true } type)
            found = ((INamedTypeSymbol)Substitute(type, compilation)).GetMembers(method.Name).OfType<IMethodSymbol>()
                .First(m => SymbolEqualityComparer.Default.Equals(m.OriginalDefinition, method.OriginalDefinition));
        return method.Arity == 0 ? found : found.Construct([.. method.TypeArguments.Select(a => Substitute(a, compilation))]);
    }
}
