using System.Globalization;
using System.Linq;
using Microsoft.CodeAnalysis;

namespace OptDsl.Generators.Evaluation;

/// <summary>A value of an enum that the user declares.</summary>
internal sealed class EnumValue(INamedTypeSymbol type, object number)
{
    public INamedTypeSymbol Type { get; } = type;

    /// <summary>Of the underlying type.</summary>
    public object Number { get; } = number;

    public override bool Equals(object? obj) =>
        obj is EnumValue other && SymbolEqualityComparer.Default.Equals(Type, other.Type) && Number.Equals(other.Number);

    public override int GetHashCode() => Number.GetHashCode();

    public override string ToString() =>
        Type.GetMembers().OfType<IFieldSymbol>().FirstOrDefault(f => f.HasConstantValue && Number.Equals(f.ConstantValue))?.Name
        ?? string.Format(CultureInfo.InvariantCulture, "{0}", Number);
}
