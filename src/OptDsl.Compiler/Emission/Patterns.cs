namespace OptDsl.Compiler;

/// <summary>
/// Choices that have a name: where(x ≤ 0, 0, x) is relu(x), where(0 &lt; x, 1, where(x &lt; 0, −1, x)) is sign(x), where(|x| &lt; 1e-30, 0, x) is a slot's flush.
/// </summary>
internal static class Patterns
{
    /// <summary>The name of the function and its operand, if the value is one.</summary>
    public static (string Name, Value Operand)? Of(Value v) =>
        v.Op != Primitive.Where ? null
        : IsRelu(v) ? ("Relu", v.Operands[2])
        : IsFlush(v) ? ("Flush", v.Operands[2])
        : IsSign(v) ? ("Sign", v.Operands[2].Operands[2])
        : null;

    static bool IsRelu(Value v) =>
        v.Operands[1].Constant is 0 && v.Operands[0].Op == Primitive.LessEqual && v.Operands[0].Operands[0] == v.Operands[2] && v.Operands[0].Operands[1].Constant is 0;

    static bool IsFlush(Value v) =>
        v.Operands[1].Constant is 0 && v.Operands[0] is { } test && test.Op == Primitive.Less && test.Operands[1].Constant is 1e-30
        && test.Operands[0].Op == Primitive.Abs && test.Operands[0].Operands[0] == v.Operands[2];

    static bool IsSign(Value v) =>
        v.Operands[1].Constant is 1 && v.Operands[2] is { } below && below.Op == Primitive.Where && below.Operands[1].Constant is -1
        && IsLess(v.Operands[0], null, below.Operands[2]) && IsLess(below.Operands[0], below.Operands[2], null);

    // a < b, null being 0.
    static bool IsLess(Value test, Value? a, Value? b) =>
        test.Op == Primitive.Less
        && (a is null ? test.Operands[0].Constant is 0 : test.Operands[0] == a)
        && (b is null ? test.Operands[1].Constant is 0 : test.Operands[1] == b);
}
