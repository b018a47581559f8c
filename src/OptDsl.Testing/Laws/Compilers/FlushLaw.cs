using OptDsl.Compiler;

namespace OptDsl.Testing;

/// <summary>
/// A slot below 1e-30 in magnitude is stored as 0, NaN kept. Alone, on numbers that are given: whole rules lead to such numbers once
/// in a million steps.
/// </summary>
internal static class FlushLaw
{
    static readonly double[] numbers = [1.1e-30, 0.9e-30, -0.9e-30, -1.1e-30, 1e-300, -1e-300, 0, 1, -1, 1e30, -1e30, 1e-29, -80, double.NaN, double.PositiveInfinity, double.NegativeInfinity];

    /// <exception cref="MismatchException">A slot takes another value.</exception>
    public static void Check(Graph graph)
    {
        foreach (var slot in graph.Roots.Stored.Where(s => s.IsSlot && s.Next != s.Leaf))
        {
            // A flush of copies is done before copying, one of reshaped values before reshaping.
            var next = slot.Next;
            while (next.Op == Primitive.Broadcast || next.Op == Primitive.Reshape) next = next.Operands[0];
            if (next.IsUniform) continue;
            if (next.Op != Primitive.Where) throw new MismatchException($"{slot.Name} is not flushed but {next}");
            var before = next.Operands[2];
            foreach (var number in numbers)
            {
                double found = At(next, before, number), wanted = Math.Abs(number) < 1e-30 ? 0 : number;
                if (!found.Equals(wanted)) throw new MismatchException($"{slot.Name} stores {found} for {number}");
            }
        }
    }

    /// <summary>What a value is where another one's elements are all this number.</summary>
    static double At(Value v, Value given, double number) =>
        v == given ? number
        : v.Constant is { } constant ? constant
        : v.Op.Kind == PrimitiveKind.Elementwise ? Meanings<Real64>.Rows[v.Op]([.. v.Operands.Select(o => new Real64(At(o, given, number)))]).Number
        : throw new MismatchException($"{v} decides what a slot stores");
}
