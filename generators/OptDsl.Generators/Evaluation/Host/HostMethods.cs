using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using Microsoft.CodeAnalysis;

namespace OptDsl.Generators.Evaluation;

/// <summary>Finds the host's method for a symbol.</summary>
internal sealed class HostMethods(HostTypes types)
{
    const BindingFlags Own = BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    // The methods of a type never change, so every evaluation of this process may share them.
    static readonly ConcurrentDictionary<Type, Dictionary<string, MethodBase>> byType = new();

    readonly Dictionary<ISymbol, MethodBase?> known = new(SymbolEqualityComparer.Default);

    /// <summary>Null where the host has no such method, or a type in it has no counterpart.</summary>
    public MethodBase? Find(IMethodSymbol method)
    {
        if (!known.TryGetValue(method, out var found)) known[method] = found = Search(method);
        return found;
    }

    MethodBase? Search(IMethodSymbol method)
    {
        if (types.Of(method.ContainingType) is not { } type || method.OriginalDefinition.GetDocumentationCommentId() is not { } id) return null;
        var definition = type.IsGenericType ? type.GetGenericTypeDefinition() : type;
        if (!byType.GetOrAdd(definition, Index).TryGetValue(id, out var found)) return null;
        if (type != definition) found = MethodBase.GetMethodFromHandle(found.MethodHandle, type.TypeHandle)!;
        if (method.Arity == 0) return found;
        var arguments = method.TypeArguments.Select(types.Of).ToArray();
        try
        {
            return arguments.Contains(null) ? null : ((MethodInfo)found).MakeGenericMethod(arguments!);
        }
        catch (ArgumentException)
        {
            return null; // a constraint that a type of the user meets and its stand-in does not
        }
    }

    static Dictionary<string, MethodBase> Index(Type type)
    {
        var methods = new Dictionary<string, MethodBase>();
        foreach (var method in type.GetMethods(Own).Concat<MethodBase>(type.GetConstructors(Own))) methods[DocumentationId.Of(method)] = method;
        return methods;
    }
}
