using System;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace OptDsl.Generators.Evaluation;

internal sealed partial class Evaluator
{
    object? Conversion(IConversionOperation operation, Scope scope)
    {
        var operand = operation.Operand;
        if (operand.Kind == OperationKind.Throw) throw Thrown((IThrowOperation)operand, scope);
        if (operation.Type is { TypeKind: TypeKind.Dynamic }) throw Refusal.NotKnown(operation.Syntax, "'dynamic'", "give the variable its type");
        if (operand.Kind == OperationKind.InterpolatedString && operation.Type!.SpecialType != SpecialType.System_String && operation.Type.SpecialType != SpecialType.System_Object)
            throw Refusal.NotKnown(operation.Syntax, "this kind of text", "write a string");
        var value = Value(operand, scope);
        var from = operand.Type is null ? null : Resolve(operand.Type, scope.Frame);
        var to = Resolve(operation.Type!, scope.Frame);
        if (operation.IsTryCast) return IsInstance(value, to) ? value : null;
        return Convert(value, from, to, operation.Conversion, operation, scope.Frame, operation.IsChecked);
    }

    /// <summary>A conversion that the compiler has chosen. A user-defined one may have standard ones around it.</summary>
    object? Convert(object? value, ITypeSymbol? from, ITypeSymbol to, CommonConversion conversion, IOperation at, Frame frame, bool isChecked = false)
    {
        if (conversion.IsIdentity) return value;
        if (conversion.MethodSymbol is { } method && conversion.IsUserDefined)
        {
            if (value is null && from is not null && HostTypes.Nullable(from) is not null && HostTypes.Nullable(method.Parameters[0].Type) is null) return null;
            var argument = Standard(value, from, Resolve(method.Parameters[0].Type, frame), at, isChecked);
            return Standard(CallMethod(method, null, [argument], at.Syntax, frame), Resolve(method.ReturnType, frame), to, at, isChecked);
        }
        return Standard(value, from, to, at, isChecked);
    }

    /// <summary>Numeric, enum, nullable, tuple, reference and boxing conversions, told apart by the types alone.</summary>
    object? Standard(object? value, ITypeSymbol? from, ITypeSymbol to, IOperation at, bool isChecked)
    {
        if (value is null)
            return to.IsValueType && HostTypes.Nullable(to) is null && from is not null
                ? throw Refusal.Throws(at.Syntax, from.IsReferenceType ? nameof(NullReferenceException) : nameof(InvalidOperationException), "the value is null") : null;
        to = HostTypes.Nullable(to) ?? to;
        from = from is null ? null : HostTypes.Nullable(from) ?? from;
        if (SymbolEqualityComparer.Default.Equals(from, to)) return value;
        var unboxes = from is { IsReferenceType: true } && to.IsValueType;
        if (!unboxes && to is INamedTypeSymbol { TypeKind: TypeKind.Enum } enumeration)
            return Enumerated(enumeration, Try(() => NumericConversion.To(enumeration.EnumUnderlyingType!.SpecialType, Number(value), isChecked), at.Syntax) ?? throw Unsupported(at));
        if (!unboxes && IsNumber(to.SpecialType) && from is not null)
            return Try(() => NumericConversion.To(to.SpecialType, Number(value), isChecked), at.Syntax) ?? throw Unsupported(at);
        if (to.IsTupleType && from is { IsTupleType: true }) return ConvertTuple(value, (INamedTypeSymbol)from, (INamedTypeSymbol)to, at, isChecked);
        if (from is not null && (unboxes || to.IsReferenceType) && !sources.Compilation.ClassifyCommonConversion(from, to).IsImplicit && !IsInstance(value, to) && types.Of(to) is not null)
            throw Refusal.Throws(at.Syntax, nameof(InvalidCastException), $"the value is not of type '{to.ToDisplayString()}'");
        return value;
    }

    object ConvertTuple(object value, INamedTypeSymbol from, INamedTypeSymbol to, IOperation at, bool isChecked)
    {
        var items = Tuples.Items(value).Select((item, i) =>
        {
            ITypeSymbol source = from.TupleElements[i].Type, target = to.TupleElements[i].Type;
            var conversion = sources.Compilation.ClassifyCommonConversion(source, target);
            return Convert(item, source, target, conversion, at, Frame.Static, isChecked);
        });
        return Tuples.Make(HostType(to, Frame.Static, at.Syntax), [.. items]);
    }

    static bool IsNumber(SpecialType type) => type is >= SpecialType.System_Char and <= SpecialType.System_Double;

    /// <summary>The value that a variable of this type has before it is given one.</summary>
    object? DefaultOf(ITypeSymbol type, Frame frame, SyntaxNode at)
    {
        type = Resolve(type, frame);
        if (type is ITypeParameterSymbol) throw Refusal.NotKnown(at, $"the type '{type.Name}'", "the class around it is generic: write a type instead of its parameter");
        if (!type.IsValueType || HostTypes.Nullable(type) is not null) return null;
        if (type is INamedTypeSymbol { TypeKind: TypeKind.Enum } enumeration)
            return Enumerated(enumeration, NumericConversion.To(enumeration.EnumUnderlyingType!.SpecialType, 0, false)!);
        if (type.IsTupleType)
            return Tuples.Make(HostType(type, frame, at), [.. ((INamedTypeSymbol)type).TupleElements.Select(e => DefaultOf(e.Type, frame, at))]);
        if (types.IsSource(type)) return Blank((INamedTypeSymbol)type, at);
        var host = HostType(type, frame, at);
        return host.IsArray ? Array.CreateInstance(host.GetElementType()!, 0) : Activator.CreateInstance(host);
    }

    /// <summary>What comes back from the host may be null where the user's value type has a default.</summary>
    object? FromHost(object? value, ITypeSymbol type, Frame frame, SyntaxNode at) =>
        value is null && type.SpecialType != SpecialType.System_Void && type.IsValueType ? DefaultOf(type, frame, at) : value;
}
