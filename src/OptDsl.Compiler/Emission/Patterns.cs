namespace OptDsl.Compiler;

/// <summary>Choices that have a name: where(x ≤ 0, 0, x) is relu(x), where(|x| &lt; 1e-30, 0, x) is a slot's flush.</summary>
internal static class Patterns
{
    /// <summary>The name of the function and its operand, if the value is one.</summary>
    public static (string Name, Value Operand)? Of(Value v) =>
        v.Op != Primitive.Where || v.Operands[1].Constant is not 0 ? null
        : v.Operands[0].Op == Primitive.LessEqual && v.Operands[0].Operands[0] == v.Operands[2] && v.Operands[0].Operands[1].Constant is 0 ? ("Relu", v.Operands[2])
        : IsFlush(v) ? ("Flush", v.Operands[2])
        : null;

    static bool IsFlush(Value v) =>
        v.Operands[0] is { } test && test.Op == Primitive.Less && test.Operands[1].Constant is 1e-30
        && test.Operands[0].Op == Primitive.Abs && test.Operands[0].Operands[0] == v.Operands[2];
}
