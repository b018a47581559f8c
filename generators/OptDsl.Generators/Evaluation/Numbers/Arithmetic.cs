using Kind = Microsoft.CodeAnalysis.Operations.BinaryOperatorKind;
using Sign = Microsoft.CodeAnalysis.Operations.UnaryOperatorKind;

namespace OptDsl.Generators.Evaluation;

/// <summary>
/// C#'s built-in operators. The compiler has already converted both operands to one type, so each type is one list of
/// spellings; the operators' own exceptions (overflow, division by zero) pass.
/// </summary>
internal static class Arithmetic
{
    /// <summary>Null where C# has no such operator.</summary>
    public static object? Binary(Kind kind, object a, object b, bool isChecked) => (a, b) switch
    {
        (bool x, bool y) => Of(kind, x, y),
        (int x, int y) => Of(kind, x, y, isChecked),
        (uint x, uint y) => Of(kind, x, y, isChecked),
        (long x, long y) => Of(kind, x, y, isChecked),
        (ulong x, ulong y) => Of(kind, x, y, isChecked),
        (float x, float y) => Of(kind, x, y),
        (double x, double y) => Of(kind, x, y),
        (decimal x, decimal y) => Of(kind, x, y),
        (uint x, int y) => Shift(kind, x, y),
        (long x, int y) => Shift(kind, x, y),
        (ulong x, int y) => Shift(kind, x, y),
        (char x, char y) => Of(kind, x, y, isChecked),
        (string x, string y) => kind switch { Kind.Equals => x == y, Kind.NotEquals => x != y, _ => null },
        _ => null,
    };

    /// <summary>−x, +x, ~x and !x.</summary>
    public static object? Unary(Sign kind, object x, bool isChecked)
    {
        switch (kind)
        {
            case Sign.Plus:
                return x;
            case Sign.Not:
                return x is bool truth ? !truth : null;
            case Sign.BitwiseNegation:
                return x switch { int v => ~v, uint v => ~v, long v => ~v, ulong v => (object)~v, _ => null };
            case Sign.Minus:
                return x switch
                {
                    int v => isChecked ? checked(-v) : unchecked(-v),
                    long v => isChecked ? checked(-v) : unchecked(-v),
                    float v => -v,
                    double v => -v,
                    decimal v => (object)-v,
                    _ => null,
                };
            default:
                return null;
        }
    }

    static object? Of(Kind kind, bool a, bool b)
    {
        switch (kind)
        {
            case Kind.And or Kind.ConditionalAnd: return a & b;
            case Kind.Or or Kind.ConditionalOr: return a | b;
            case Kind.ExclusiveOr or Kind.NotEquals: return a ^ b;
            case Kind.Equals: return a == b;
            default: return null;
        }
    }

    static object? Of(Kind kind, int a, int b, bool isChecked)
    {
        switch (kind)
        {
            case Kind.Add: return isChecked ? checked(a + b) : unchecked(a + b);
            case Kind.Subtract: return isChecked ? checked(a - b) : unchecked(a - b);
            case Kind.Multiply: return isChecked ? checked(a * b) : unchecked(a * b);
            case Kind.Divide: return a / b;
            case Kind.Remainder: return a % b;
            case Kind.And: return a & b;
            case Kind.Or: return a | b;
            case Kind.ExclusiveOr: return a ^ b;
            case Kind.LeftShift: return a << b;
            case Kind.RightShift: return a >> b;
            case Kind.UnsignedRightShift: return a >>> b;
            case Kind.Equals: return a == b;
            case Kind.NotEquals: return a != b;
            case Kind.LessThan: return a < b;
            case Kind.LessThanOrEqual: return a <= b;
            case Kind.GreaterThan: return a > b;
            case Kind.GreaterThanOrEqual: return a >= b;
            default: return null;
        }
    }

    static object? Of(Kind kind, uint a, uint b, bool isChecked)
    {
        switch (kind)
        {
            case Kind.Add: return isChecked ? checked(a + b) : unchecked(a + b);
            case Kind.Subtract: return isChecked ? checked(a - b) : unchecked(a - b);
            case Kind.Multiply: return isChecked ? checked(a * b) : unchecked(a * b);
            case Kind.Divide: return a / b;
            case Kind.Remainder: return a % b;
            case Kind.And: return a & b;
            case Kind.Or: return a | b;
            case Kind.ExclusiveOr: return a ^ b;
            case Kind.Equals: return a == b;
            case Kind.NotEquals: return a != b;
            case Kind.LessThan: return a < b;
            case Kind.LessThanOrEqual: return a <= b;
            case Kind.GreaterThan: return a > b;
            case Kind.GreaterThanOrEqual: return a >= b;
            default: return null;
        }
    }

    static object? Of(Kind kind, long a, long b, bool isChecked)
    {
        switch (kind)
        {
            case Kind.Add: return isChecked ? checked(a + b) : unchecked(a + b);
            case Kind.Subtract: return isChecked ? checked(a - b) : unchecked(a - b);
            case Kind.Multiply: return isChecked ? checked(a * b) : unchecked(a * b);
            case Kind.Divide: return a / b;
            case Kind.Remainder: return a % b;
            case Kind.And: return a & b;
            case Kind.Or: return a | b;
            case Kind.ExclusiveOr: return a ^ b;
            case Kind.Equals: return a == b;
            case Kind.NotEquals: return a != b;
            case Kind.LessThan: return a < b;
            case Kind.LessThanOrEqual: return a <= b;
            case Kind.GreaterThan: return a > b;
            case Kind.GreaterThanOrEqual: return a >= b;
            default: return null;
        }
    }

    static object? Of(Kind kind, ulong a, ulong b, bool isChecked)
    {
        switch (kind)
        {
            case Kind.Add: return isChecked ? checked(a + b) : unchecked(a + b);
            case Kind.Subtract: return isChecked ? checked(a - b) : unchecked(a - b);
            case Kind.Multiply: return isChecked ? checked(a * b) : unchecked(a * b);
            case Kind.Divide: return a / b;
            case Kind.Remainder: return a % b;
            case Kind.And: return a & b;
            case Kind.Or: return a | b;
            case Kind.ExclusiveOr: return a ^ b;
            case Kind.Equals: return a == b;
            case Kind.NotEquals: return a != b;
            case Kind.LessThan: return a < b;
            case Kind.LessThanOrEqual: return a <= b;
            case Kind.GreaterThan: return a > b;
            case Kind.GreaterThanOrEqual: return a >= b;
            default: return null;
        }
    }

    static object? Of(Kind kind, float a, float b)
    {
        switch (kind)
        {
            case Kind.Add: return (float)(a + b);
            case Kind.Subtract: return (float)(a - b);
            case Kind.Multiply: return (float)(a * b);
            case Kind.Divide: return (float)(a / b);
            case Kind.Remainder: return (float)(a % b);
            case Kind.Equals: return a == b;
            case Kind.NotEquals: return a != b;
            case Kind.LessThan: return a < b;
            case Kind.LessThanOrEqual: return a <= b;
            case Kind.GreaterThan: return a > b;
            case Kind.GreaterThanOrEqual: return a >= b;
            default: return null;
        }
    }

    static object? Of(Kind kind, double a, double b)
    {
        switch (kind)
        {
            case Kind.Add: return a + b;
            case Kind.Subtract: return a - b;
            case Kind.Multiply: return a * b;
            case Kind.Divide: return a / b;
            case Kind.Remainder: return a % b;
            case Kind.Equals: return a == b;
            case Kind.NotEquals: return a != b;
            case Kind.LessThan: return a < b;
            case Kind.LessThanOrEqual: return a <= b;
            case Kind.GreaterThan: return a > b;
            case Kind.GreaterThanOrEqual: return a >= b;
            default: return null;
        }
    }

    static object? Of(Kind kind, decimal a, decimal b)
    {
        switch (kind)
        {
            case Kind.Add: return a + b;
            case Kind.Subtract: return a - b;
            case Kind.Multiply: return a * b;
            case Kind.Divide: return a / b;
            case Kind.Remainder: return a % b;
            case Kind.Equals: return a == b;
            case Kind.NotEquals: return a != b;
            case Kind.LessThan: return a < b;
            case Kind.LessThanOrEqual: return a <= b;
            case Kind.GreaterThan: return a > b;
            case Kind.GreaterThanOrEqual: return a >= b;
            default: return null;
        }
    }

    static object? Shift(Kind kind, uint a, int b)
    {
        switch (kind)
        {
            case Kind.LeftShift: return a << b;
            case Kind.RightShift: return a >> b;
            case Kind.UnsignedRightShift: return a >>> b;
            default: return null;
        }
    }

    static object? Shift(Kind kind, long a, int b)
    {
        switch (kind)
        {
            case Kind.LeftShift: return a << b;
            case Kind.RightShift: return a >> b;
            case Kind.UnsignedRightShift: return a >>> b;
            default: return null;
        }
    }

    static object? Shift(Kind kind, ulong a, int b)
    {
        switch (kind)
        {
            case Kind.LeftShift: return a << b;
            case Kind.RightShift: return a >> b;
            case Kind.UnsignedRightShift: return a >>> b;
            default: return null;
        }
    }
}
