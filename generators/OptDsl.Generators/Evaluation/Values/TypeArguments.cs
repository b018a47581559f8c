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

    /// <summary>The type as the running call means it, and as its source declares it.</summary>
    public ITypeSymbol Substitute(ITypeSymbol type, Sources sources, SyntaxNode at)
    {
        if (types.Count == 0 && !sources.HaveExports) return type;
        switch (type)
        {
            case ITypeParameterSymbol:
                return types.TryGetValue(type.OriginalDefinition, out var argument) ? argument : type;
            case IArrayTypeSymbol array:
                return sources.Compilation.CreateArrayTypeSymbol(Substitute(array.ElementType, sources, at), array.Rank);
            case INamedTypeSymbol { IsTupleType: true } tuple:
                return sources.Compilation.CreateTupleTypeSymbol(
                    [.. tuple.TupleElements.Select(e => Substitute(e.Type, sources, at))],
                    [.. tuple.TupleElements.Select(e => e.IsExplicitlyNamedTupleElement ? e.Name : null)]);
            case INamedTypeSymbol named:
                var definition = sources.Home(named.OriginalDefinition, at);
                if (!named.IsGenericType) return definition;
                if (named.ContainingType is { IsGenericType: true } outer)
                    definition = ((INamedTypeSymbol)Substitute(outer, sources, at)).GetTypeMembers(named.Name, named.Arity).First();
                return named.Arity == 0 ? definition : definition.Construct([.. named.TypeArguments.Select(a => Substitute(a, sources, at))]);
            default:
                return type;
        }
    }

    /// <summary>The method as the running call means it: no type parameter of the call is left in it.</summary>
    public IMethodSymbol Substitute(IMethodSymbol method, Sources sources, SyntaxNode at)
    {
        if (types.Count == 0 && !sources.HaveExports || method.MethodKind == MethodKind.LocalFunction) return method;
        var found = Member(method, sources, at);
        return method.Arity == 0 ? found : found.Construct([.. method.TypeArguments.Select(a => Substitute(a, sources, at))]);
    }

    /// <summary>The member in its type as the running call means it.</summary>
    public T Member<T>(T member, Sources sources, SyntaxNode at)
        where T : ISymbol
    {
        var definition = sources.Home((T)member.OriginalDefinition, at);
        if (member.ContainingType is not { IsGenericType: true } type) return definition;
        var around = type.IsExtension ? definition.ContainingType.Construct([.. type.TypeArguments.Select(a => Substitute(a, sources, at))]) : (INamedTypeSymbol)Substitute(type, sources, at);
        return around.GetMembers(definition.Name).OfType<T>().First(m => SymbolEqualityComparer.Default.Equals(m.OriginalDefinition, definition));
    }
}
