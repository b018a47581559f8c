using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace OptDsl.Generators.Evaluation;

internal sealed partial class Evaluator
{
    bool IsType(IIsTypeOperation operation, Scope scope) =>
        IsInstance(Value(operation.ValueOperand, scope), Resolve(operation.TypeOperand, scope.Frame)) != operation.IsNegated;

    bool IsPattern(IIsPatternOperation operation, Scope scope) => Matches(operation.Pattern, Value(operation.Value, scope), scope);

    object? SwitchExpression(ISwitchExpressionOperation operation, Scope scope)
    {
        var value = Value(operation.Value, scope);
        foreach (var arm in operation.Arms)
        {
            var inner = scope.Child();
            if (Matches(arm.Pattern, value, inner) && (arm.Guard is null || Truth(arm.Guard, inner))) return Value(arm.Value, inner);
        }
        throw Refusal.Throws(operation.Syntax, "SwitchExpressionException", "no arm matches");
    }

    bool Matches(IPatternOperation pattern, object? value, Scope scope)
    {
        budget.Step(pattern.Syntax);
        budget.Enter(pattern.Syntax);
        var matches = Test(pattern, value, scope);
        budget.Leave();
        return matches;
    }

    bool Test(IPatternOperation pattern, object? value, Scope scope)
    {
        switch (pattern)
        {
            case IDiscardPatternOperation:
                return true;
            case IConstantPatternOperation constant:
                return AreEqual(value, Value(constant.Value, scope));
            case IRelationalPatternOperation relational:
                return value is not null && Value(relational.Value, scope) is { } bound
                    && Arithmetic.Binary(relational.OperatorKind, Number(value), Number(bound), false) is true;
            case ITypePatternOperation type:
                return IsInstance(value, Resolve(type.MatchedType, scope.Frame));
            case INegatedPatternOperation not:
                return !Matches(not.Pattern, value, scope);
            case IBinaryPatternOperation { OperatorKind: BinaryOperatorKind.And } both:
                return Matches(both.LeftPattern, value, scope) && Matches(both.RightPattern, value, scope);
            case IBinaryPatternOperation either:
                return Matches(either.LeftPattern, value, scope) || Matches(either.RightPattern, value, scope);
            case IDeclarationPatternOperation declaration:
                if (!declaration.MatchesNull && !IsInstance(value, Resolve(declaration.MatchedType ?? declaration.NarrowedType, scope.Frame))) return false;
                if (declaration.DeclaredSymbol is { } variable) scope.Declare(variable, value);
                return true;
            case IRecursivePatternOperation recursive:
                return Test(recursive, value, scope);
            case IListPatternOperation list:
                return Test(list, value, scope);
            default:
                throw Unsupported(pattern);
        }
    }

    bool Test(IRecursivePatternOperation pattern, object? value, Scope scope)
    {
        // An object against (…) is asked whether it is a tuple of that many elements.
        var isUntyped = pattern.DeconstructSymbol is INamedTypeSymbol;
        if (value is null || !(isUntyped ? Tuples.IsTuple(value) && Tuples.Items(value).Count() == pattern.DeconstructionSubpatterns.Length : IsInstance(value, Resolve(pattern.MatchedType, scope.Frame)))) return false;
        if (pattern.DeconstructionSubpatterns.Length > 0 || pattern.DeconstructSymbol is not null)
        {
            var parts = Deconstruct(value, pattern.DeconstructSymbol as IMethodSymbol, pattern.DeconstructionSubpatterns.Length, pattern.Syntax, scope.Frame);
            for (var i = 0; i < parts.Length; i++)
                if (!Matches(pattern.DeconstructionSubpatterns[i], parts[i], scope)) return false;
        }
        foreach (var property in pattern.PropertySubpatterns)
        {
            var part = property.Member switch
            {
                IFieldReferenceOperation field => ReadField(field.Field, value, property.Syntax, scope.Frame),
                IPropertyReferenceOperation read => ReadProperty(read.Property, new(value), [], property.Syntax, scope.Frame),
                _ => throw Unsupported(property.Member),
            };
            if (!Matches(property.Pattern, part, scope)) return false;
        }
        if (pattern.DeclaredSymbol is { } variable) scope.Declare(variable, value);
        return true;
    }

    bool Test(IListPatternOperation pattern, object? value, Scope scope)
    {
        if (value is null) return false;
        var length = Length(value, pattern.LengthSymbol, pattern.Syntax, scope.Frame);
        var slice = pattern.Patterns.Select((p, i) => p is ISlicePatternOperation ? i : -1).DefaultIfEmpty(-1).Max();
        var fixedCount = pattern.Patterns.Length - (slice < 0 ? 0 : 1);
        if (slice < 0 ? length != fixedCount : length < fixedCount) return false;
        for (var i = 0; i < pattern.Patterns.Length; i++)
        {
            if (pattern.Patterns[i] is ISlicePatternOperation middle)
            {
                if (middle.Pattern is not null && !Matches(middle.Pattern, Slice(value, middle.SliceSymbol, i, length - fixedCount, pattern.Syntax, scope.Frame), scope)) return false;
                continue;
            }
            var at = slice >= 0 && i > slice ? length - pattern.Patterns.Length + i : i;
            if (!Matches(pattern.Patterns[i], ElementAt(value, pattern.IndexerSymbol, at, pattern.Syntax, scope.Frame), scope)) return false;
        }
        if (pattern.DeclaredSymbol is { } variable) scope.Declare(variable, value);
        return true;
    }

    /// <summary>Whether a value is of a type at run time; null is of none.</summary>
    bool IsInstance(object? value, ITypeSymbol type)
    {
        type = HostTypes.Nullable(type) ?? type;
        switch (value)
        {
            case null:
                return false;
            case Instance instance:
                return sources.Compilation.ClassifyCommonConversion(instance.Type, type) is { Exists: true, IsUserDefined: false, IsNumeric: false, IsImplicit: true };
            case EnumValue enumerated:
                return SymbolEqualityComparer.Default.Equals(enumerated.Type, type) || type.SpecialType is SpecialType.System_Object or SpecialType.System_Enum or SpecialType.System_ValueType;
            case Closure closure:
                return type.SpecialType == SpecialType.System_Object || SymbolEqualityComparer.Default.Equals(closure.Type, type);
            default:
                return (!types.IsSource(type) || type is not INamedTypeSymbol) && types.Of(type) is { } host && host.IsInstanceOfType(value);
        }
    }
}
