using Microsoft.CodeAnalysis;

namespace OptDsl.Generators;

/// <summary>What may carry <c>[Compile]</c>: a static property or parameterless method of type <c>Model</c>.</summary>
internal static class MemberShape
{
    /// <summary>What is wrong, null if nothing, or empty where the C# compiler already says it.</summary>
    public static string? Problem(ISymbol member, IAssemblySymbol language) => member switch
    {
        IMethodSymbol { MethodKind: MethodKind.LocalFunction } => "is a local function, and a declaration is a member",
        IMethodSymbol { MethodKind: MethodKind.AnonymousFunction } => "is a lambda, and a declaration is a member",
        IMethodSymbol { MethodKind: MethodKind.PropertyGet or MethodKind.PropertySet } => "is an accessor; [Compile] belongs on the property",
        IMethodSymbol { MethodKind: not MethodKind.Ordinary } => "is not an ordinary method",
        IPropertySymbol { IsIndexer: true } => "is an indexer",
        IMethodSymbol { Arity: > 0 } => "has type parameters, and nothing would give them",
        IMethodSymbol { Parameters.Length: > 0 } => "has parameters, and nothing would give them",
        IMethodSymbol method => Problem(member, method.ReturnType, language),
        IPropertySymbol { GetMethod: null } => "cannot be read",
        IPropertySymbol property => Problem(member, property.Type, language),
        _ => "", // the attribute is allowed on nothing else
    };

    public static string Name(ISymbol member) => member switch
    {
        IMethodSymbol { AssociatedSymbol: { } property } => property.Name,
        { Name: "" or "this[]" or ".ctor" } => "Model",
        _ => member.Name,
    };

    static string? Problem(ISymbol member, ITypeSymbol type, IAssemblySymbol language)
    {
        if (type.TypeKind == TypeKind.Error) return "";
        if (type.Name != nameof(Model) || !SymbolEqualityComparer.Default.Equals(type.ContainingAssembly, language)) return $"is of type '{type.ToDisplayString()}', not Model";
        if (!member.IsStatic) return "is not static, and there is no object yet when it is compiled";
        return member.IsAbstract ? "is abstract" : null;
    }
}
