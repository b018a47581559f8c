using System;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace OptDsl.Generators.Evaluation;

internal sealed partial class Evaluator
{
    object? Binary(IBinaryOperation operation, Scope scope)
    {
        var left = Value(operation.LeftOperand, scope);
        if (operation.OperatorMethod is null)
        {
            if (operation.OperatorKind == BinaryOperatorKind.ConditionalAnd) return left is true && Truth(operation.RightOperand, scope);
            if (operation.OperatorKind == BinaryOperatorKind.ConditionalOr) return left is true || Truth(operation.RightOperand, scope);
        }
        return Binary(operation.OperatorKind, left, Value(operation.RightOperand, scope), operation, operation.OperatorMethod, operation.IsLifted, operation.IsChecked, scope.Frame);
    }

    object? Binary(BinaryOperatorKind kind, object? left, object? right, IOperation operation, IMethodSymbol? method, bool lifted, bool isChecked, Frame frame)
    {
        if (lifted && (left is null || right is null)) return Lifted(kind, left, right);
        if (method is not null && !IsBuiltIn(method)) return CallMethod(method, null, [left, right], operation.Syntax, frame);
        if (operation.Type?.SpecialType == SpecialType.System_String)
            return budget.CheckText(Display(left) + Display(right), operation.Syntax);
        var (a, b) = Operands(left, right);
        if (a is null || b is null)
            return kind switch
            {
                BinaryOperatorKind.Equals => Same(left, right),
                BinaryOperatorKind.NotEquals => !Same(left, right),
                _ => throw Unsupported(operation),
            };
        return Try(() => Arithmetic.Binary(kind, a, b, isChecked), operation.Syntax) is { } result ? Rewrap(result, left!, right!, operation.Type) : throw Unsupported(operation);
    }

    /// <summary>Operators of an absent operand: no number, no order, and three-valued logic.</summary>
    static object? Lifted(BinaryOperatorKind kind, object? left, object? right) => kind switch
    {
        BinaryOperatorKind.Equals => left is null && right is null,
        BinaryOperatorKind.NotEquals => left is not null || right is not null,
        BinaryOperatorKind.LessThan or BinaryOperatorKind.LessThanOrEqual or BinaryOperatorKind.GreaterThan or BinaryOperatorKind.GreaterThanOrEqual => false,
        BinaryOperatorKind.And => left is false || right is false ? false : null,
        BinaryOperatorKind.Or => left is true || right is true ? true : null,
        _ => null,
    };

    object? Unary(IUnaryOperation operation, Scope scope)
    {
        var operand = Value(operation.Operand, scope);
        if (operation.OperatorKind == UnaryOperatorKind.Hat) return new IndexValue((int)operand!, true);
        if (operation.OperatorMethod is { } method && !IsBuiltIn(method)) return operation.IsLifted && operand is null ? null : CallMethod(method, null, [operand], operation.Syntax, scope.Frame);
        if (operand is null) return null;
        return Try(() => Arithmetic.Unary(operation.OperatorKind, Number(operand), operation.IsChecked), operation.Syntax) is { } result
            ? Rewrap(result, operand, operand, operation.Type) : throw Unsupported(operation);
    }

    object? Increment(IIncrementOrDecrementOperation operation, Scope scope)
    {
        var place = PlaceOf(operation.Target, scope);
        var before = place.Get();
        object? after;
        if (operation.OperatorMethod is { } method && !IsBuiltIn(method)) after = CallMethod(method, null, [before], operation.Syntax, scope.Frame);
        else if (before is null) after = null;
        else
        {
            // Small integers are widened, changed and narrowed again, as C# does it.
            var number = Number(before);
            var wide = Promoted(number);
            var one = NumericConversion.To(SpecialTypeOf(wide), 1, false)!;
            var kind = operation.Kind == OperationKind.Increment ? BinaryOperatorKind.Add : BinaryOperatorKind.Subtract;
            after = Try(() => NumericConversion.To(SpecialTypeOf(number), Arithmetic.Binary(kind, wide, one, operation.IsChecked)!, operation.IsChecked), operation.Syntax)
                ?? throw Unsupported(operation);
            after = Rewrap(after, before, before, operation.Target.Type);
        }
        place.Set(after);
        return operation.IsPostfix ? before : after;
    }

    object? CompoundAssign(ICompoundAssignmentOperation operation, Scope scope)
    {
        var place = PlaceOf(operation.Target, scope);
        var target = operation.Target.Type!;
        var left = place.Get();
        var right = Value(operation.Value, scope);
        if (operation.OperatorMethod is { } method && !IsBuiltIn(method))
        {
            left = Convert(left, target, method.Parameters[0].Type, operation.InConversion, operation, scope.Frame);
            left = operation.IsLifted && (left is null || right is null) ? null : CallMethod(method, null, [left, right], operation.Syntax, scope.Frame);
            left = Convert(left, method.ReturnType, target, operation.OutConversion, operation, scope.Frame);
        }
        else if (target.SpecialType == SpecialType.System_String)
        {
            left = budget.CheckText(Display(left) + Display(right), operation.Syntax);
        }
        else if (left is null || right is null)
        {
            left = Lifted(operation.OperatorKind, left, right);
        }
        else
        {
            // C# widens the left side to the type of the operation; for shifts that is its own promoted type.
            var isShift = operation.OperatorKind is BinaryOperatorKind.LeftShift or BinaryOperatorKind.RightShift or BinaryOperatorKind.UnsignedRightShift;
            object number = Number(left), other = Number(right);
            (number, other) = (Promoted(number), Promoted(other));
            if (!isShift && other is not bool && number is not bool) number = Try(() => NumericConversion.To(SpecialTypeOf(other), number, false), operation.Syntax) ?? throw Unsupported(operation);
            var result = Try(() => Arithmetic.Binary(operation.OperatorKind, number, other, operation.IsChecked), operation.Syntax) ?? throw Unsupported(operation);
            var underlying = SpecialTypeOf(Number(left));
            result = result is bool ? result : Try(() => NumericConversion.To(underlying, result, operation.IsChecked), operation.Syntax)!;
            left = Rewrap(result, left, left, target);
        }
        place.Set(left);
        return left;
    }

    object? Conditional(IConditionalOperation operation, Scope scope) =>
        Truth(operation.Condition, scope) ? Value(operation.WhenTrue, scope) : Value(operation.WhenFalse!, scope);

    object? Coalesce(ICoalesceOperation operation, Scope scope)
    {
        var value = Value(operation.Value, scope);
        if (value is null) return Value(operation.WhenNull, scope);
        var from = operation.Value.Type!;
        return Convert(value, HostTypes.Nullable(from) ?? from, operation.Type!, operation.ValueConversion, operation, scope.Frame);
    }

    object? TupleEquality(ITupleBinaryOperation operation, Scope scope)
    {
        var equal = TupleEquals(Value(operation.LeftOperand, scope), Value(operation.RightOperand, scope));
        return operation.OperatorKind == BinaryOperatorKind.Equals ? equal : !equal;
    }

    bool TupleEquals(object? left, object? right)
    {
        if (left is null || right is null || !Tuples.IsTuple(left) || !Tuples.IsTuple(right)) return Same(left, right);
        return Tuples.Items(left).Zip(Tuples.Items(right), TupleEquals).All(equal => equal);
    }

    /// <summary>Operators that are methods in metadata and arithmetic in C#: those of decimal, string and delegates.</summary>
    static bool IsBuiltIn(IMethodSymbol method) => method.ContainingType.SpecialType is not SpecialType.None and not SpecialType.System_Object;

    static bool IsPrimitive(object? value) => value is bool or int or uint or long or ulong or float or double or decimal or char or string;

    /// <summary>What arithmetic works on: primitive values, those of enums promoted as C# does; nothing if one is an object.</summary>
    static (object? Left, object? Right) Operands(object? left, object? right)
    {
        if (left is null || right is null) return default;
        object a = Number(left), b = Number(right);
        if (left is EnumValue or Enum || right is EnumValue or Enum)
        {
            a = Promoted(a);
            b = NumericConversion.To(SpecialTypeOf(a), b, false)!;
        }
        return IsPrimitive(a) && IsPrimitive(b) ? (a, b) : default;
    }

    /// <summary>The number of an enum value; any other value is its own.</summary>
    static object Number(object value) => value switch
    {
        EnumValue enumerated => enumerated.Number,
        Enum host => System.Convert.ChangeType(host, Enum.GetUnderlyingType(host.GetType()), System.Globalization.CultureInfo.InvariantCulture),
        _ => value,
    };

    /// <summary>C# computes small integers as <c>int</c>.</summary>
    static object Promoted(object number) =>
        number is sbyte or byte or short or ushort or char ? NumericConversion.To(SpecialType.System_Int32, number, false)! : number;

    /// <summary>The result of arithmetic on enums is an enum again where C# says so.</summary>
    object? Rewrap(object result, object left, object right, ITypeSymbol? type)
    {
        if (left is not (EnumValue or Enum) && right is not (EnumValue or Enum)) return result;
        var target = type is null ? null : HostTypes.Nullable(type) ?? type;
        if (target is not INamedTypeSymbol { TypeKind: TypeKind.Enum } named) return result;
        return Enumerated(named, NumericConversion.To(named.EnumUnderlyingType!.SpecialType, result, false)!);
    }

    static SpecialType SpecialTypeOf(object number) => number switch
    {
        sbyte => SpecialType.System_SByte,
        byte => SpecialType.System_Byte,
        short => SpecialType.System_Int16,
        ushort => SpecialType.System_UInt16,
        int => SpecialType.System_Int32,
        uint => SpecialType.System_UInt32,
        long => SpecialType.System_Int64,
        ulong => SpecialType.System_UInt64,
        char => SpecialType.System_Char,
        float => SpecialType.System_Single,
        double => SpecialType.System_Double,
        decimal => SpecialType.System_Decimal,
        _ => SpecialType.None,
    };

    /// <summary>What <c>==</c> means where no operator is declared: numbers and texts by value, objects by identity.</summary>
    bool Same(object? left, object? right) => left switch
    {
        null => right is null,
        EnumValue or Enum => left.Equals(right),
        Instance { IsData: true } when right is Instance => AreEqual(left, right),
        _ when right is null => false,
        _ when IsPrimitive(left) && IsPrimitive(right) => SameNumber(left, right),
        ValueType => left.Equals(right),
        _ => ReferenceEquals(left, right),
    };

    static bool SameNumber(object left, object right)
    {
        if (left.GetType() == right.GetType()) return Arithmetic.Binary(BinaryOperatorKind.Equals, left, right, false) is true;
        return left is not (bool or string) && right is not (bool or string)
            && System.Convert.ToDouble(left, System.Globalization.CultureInfo.InvariantCulture).Equals(System.Convert.ToDouble(right, System.Globalization.CultureInfo.InvariantCulture));
    }

    /// <summary>Runs arithmetic that may overflow or divide by zero, which is then the user's mistake at this place.</summary>
    static object? Try(Func<object?> arithmetic, SyntaxNode at)
    {
        try
        {
            return arithmetic();
        }
        catch (ArithmeticException exception)
        {
            throw Refusal.Throws(at, exception.GetType().Name, exception.Message);
        }
    }
}
