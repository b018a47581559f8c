using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;

namespace OptDsl.Generators.Evaluation;

/// <summary>
/// The host's types for the types that a declaration may use: the generator's own copy of the language, an allow-list of the
/// library, and <c>object</c> for everything that the user declares. Null for all else.
/// </summary>
internal sealed class HostTypes(Sources sources)
{
    static readonly Dictionary<string, Type> library = Library();

    readonly Dictionary<ISymbol, Type?> known = new(SymbolEqualityComparer.Default);

    public bool IsSource(ISymbol symbol) => sources.IsSource(symbol);

    public bool IsLanguage(ISymbol symbol) => sources.IsLanguage(symbol);

    /// <summary>Whether declarations can have values of a type, whatever its arguments.</summary>
    public bool IsKnown(INamedTypeSymbol type) => IsSource(type) || IsLanguage(type) || sources.IsExporting(type) || IsAllowed(type) || IsSpan(type);

    /// <summary>Whether a library type's members may run at build time: none that knows of time, chance, files or the machine.</summary>
    public static bool IsAllowed(INamedTypeSymbol type) => library.ContainsKey(Name(type.OriginalDefinition));

    public Type? Of(ITypeSymbol type)
    {
        if (!known.TryGetValue(type, out var host)) known[type] = host = Find(type);
        return host;
    }

    Type? Find(ITypeSymbol type)
    {
        if (type is IArrayTypeSymbol array)
            return Of(array.ElementType) is not { } element ? null : array.Rank == 1 ? element.MakeArrayType() : element.MakeArrayType(array.Rank);
        if (type is not INamedTypeSymbol named) return null;
        if (IsSource(named)) return typeof(object);
        if (Nullable(named) is { } inner) return Of(inner) is not { } value ? null : value.IsValueType ? typeof(Nullable<>).MakeGenericType(value) : value;
        if (IsSpan(named)) return Of(named.TypeArguments[0])?.MakeArrayType();
        var name = Name(named.OriginalDefinition);
        var definition = IsLanguage(named) ? typeof(Expr).Assembly.GetType(name) : library.TryGetValue(name, out var found) ? found : null;
        var arguments = AllArguments(named).Select(Of).ToArray();
        if (definition is null || arguments.Contains(null)) return null;
        return arguments.Length == 0 ? definition : definition.MakeGenericType(arguments!);
    }

    /// <summary>Spans are arrays here.</summary>
    static bool IsSpan(INamedTypeSymbol type) => type is { Name: "Span" or "ReadOnlySpan", Arity: 1, ContainingNamespace.Name: "System" };

    public static ITypeSymbol? Nullable(ITypeSymbol type) =>
        type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable ? nullable.TypeArguments[0] : null;

    static IEnumerable<ITypeSymbol> AllArguments(INamedTypeSymbol type) =>
        type.ContainingType is null ? type.TypeArguments : AllArguments(type.ContainingType).Concat(type.TypeArguments);

    public static string Name(INamedTypeSymbol type) =>
        type.ContainingType is not null ? Name(type.ContainingType) + "+" + type.MetadataName
        : type.ContainingNamespace is null or { IsGlobalNamespace: true } ? type.MetadataName
        : type.ContainingNamespace.ToDisplayString() + "." + type.MetadataName;

    static Dictionary<string, Type> Library()
    {
        var types = new Dictionary<string, Type>
        {
            ["System.Index"] = typeof(IndexValue),
            ["System.Range"] = typeof(RangeValue),
        };
        Type[] listed =
        [
            typeof(object), typeof(ValueType), typeof(Enum), typeof(string), typeof(bool), typeof(char), typeof(sbyte), typeof(byte), typeof(short), typeof(ushort), typeof(int),
            typeof(uint), typeof(long), typeof(ulong), typeof(float), typeof(double), typeof(decimal), typeof(Math), typeof(Convert),
            typeof(Array), typeof(Enumerable), typeof(List<>), typeof(Dictionary<,>), typeof(HashSet<>), typeof(Queue<>), typeof(Stack<>),
            typeof(LinkedList<>), typeof(SortedDictionary<,>), typeof(SortedSet<>), typeof(KeyValuePair<,>), typeof(System.Collections.ObjectModel.ReadOnlyCollection<>),
            typeof(IEnumerable), typeof(ICollection), typeof(IList), typeof(IEnumerable<>), typeof(ICollection<>), typeof(IList<>), typeof(IDictionary<,>), typeof(ISet<>),
            typeof(IReadOnlyCollection<>), typeof(IReadOnlyList<>), typeof(IReadOnlyDictionary<,>), typeof(IGrouping<,>), typeof(ILookup<,>), typeof(IOrderedEnumerable<>),
            typeof(IComparable), typeof(IComparable<>), typeof(IEquatable<>), typeof(IFormattable), typeof(IComparer<>), typeof(IEqualityComparer<>),
            typeof(Nullable<>), typeof(StringComparison), typeof(StringSplitOptions), typeof(MidpointRounding), typeof(DayOfWeek),
            typeof(Predicate<>), typeof(Comparison<>), typeof(Converter<,>), typeof(Delegate), typeof(MulticastDelegate),
            typeof(Tuple), typeof(ValueTuple), typeof(ArgumentException), typeof(ArgumentNullException), typeof(ArgumentOutOfRangeException),
        ];
        foreach (var type in listed) types[type.FullName!] = type;
        Type[][] families =
        [
            [typeof(Func<>), typeof(Func<,>), typeof(Func<,,>), typeof(Func<,,,>), typeof(Func<,,,,>), typeof(Func<,,,,,>), typeof(Func<,,,,,,>), typeof(Func<,,,,,,,>)],
            [typeof(Action), typeof(Action<>), typeof(Action<,>), typeof(Action<,,>), typeof(Action<,,,>)],
            [typeof(Tuple<>), typeof(Tuple<,>), typeof(Tuple<,,>), typeof(Tuple<,,,>), typeof(Tuple<,,,,>), typeof(Tuple<,,,,,>), typeof(Tuple<,,,,,,>), typeof(Tuple<,,,,,,,>)],
            [typeof(ValueTuple<>), typeof(ValueTuple<,>), typeof(ValueTuple<,,>), typeof(ValueTuple<,,,>), typeof(ValueTuple<,,,,>), typeof(ValueTuple<,,,,,>), typeof(ValueTuple<,,,,,,>), typeof(ValueTuple<,,,,,,,>)],
        ];
        foreach (var type in families.SelectMany(f => f)) types[type.FullName!] = type;
        // Newer than the library that generators compile against, but there on most hosts.
        if (Type.GetType("System.MathF") is { } singles) types["System.MathF"] = singles;
        return types;
    }
}
