using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;

namespace OptDsl.Generators.Evaluation;

/// <summary>
/// An object of a type that the user declares. Its storage is keyed by field, and by property where the compiler would make
/// the field. Objects of value types are never changed but replaced, so that copies need no copying.
/// </summary>
internal sealed class Instance(Evaluator owner, INamedTypeSymbol type)
{
    readonly Dictionary<ISymbol, object?> storage = new(SymbolEqualityComparer.Default);

    public INamedTypeSymbol Type { get; } = type;

    /// <summary>Where the parameters of primary constructors live on, for the methods that use them.</summary>
    public List<Scope> Captured { get; } = [];

    /// <summary>Compares by content: records, structs and anonymous types.</summary>
    public bool IsData => Type.IsRecord || Type.IsValueType || Type.IsAnonymousType;

    public IEnumerable<ISymbol> Keys => storage.Keys;

    public object? this[ISymbol key]
    {
        get => storage[Key(key)];
        set => storage[Key(key)] = value;
    }

    /// <summary>A field of a property stands for the property.</summary>
    public static ISymbol Key(ISymbol member) => (member is IFieldSymbol { AssociatedSymbol: { } property } ? property : member).OriginalDefinition;

    public Instance Copy()
    {
        var copy = new Instance(owner, Type);
        foreach (var pair in storage) copy.storage[pair.Key] = pair.Value;
        copy.Captured.AddRange(Captured);
        return copy;
    }

    public Cell? FindCaptured(ISymbol parameter) => Captured.Select(s => s.Find(parameter)).FirstOrDefault(c => c is not null);

    // Library collections compare and print what they hold.

    public override bool Equals(object? obj) => owner.AreEqual(this, obj);

    /// <summary>Never observable. Objects that compare by content need the same hash, and their own may not be asked.</summary>
    public override int GetHashCode() => 1;

    public override string ToString() => owner.Display(this);
}
