using OptDsl.Compiler;

namespace OptDsl.Fuzz;

/// <summary>What may be changed at one value of a graph so that all types stay right.</summary>
static class GraphSites
{
    static readonly Primitive[]
        unary = [Primitive.Negate, Primitive.Sqrt, Primitive.Exp, Primitive.Log, Primitive.Tanh, Primitive.Sigmoid, Primitive.Softplus, Primitive.Sin, Primitive.Cos, Primitive.Abs, Primitive.Floor],
        binary = [Primitive.Add, Primitive.Subtract, Primitive.Multiply, Primitive.Divide],
        tests = [Primitive.Less, Primitive.LessEqual, Primitive.Equal],
        joins = [Primitive.And, Primitive.Or];

    /// <summary>Name and rewrite of every change to this value.</summary>
    public static IEnumerable<(string Name, Rewrite Rewrite)> Of(Value v)
    {
        foreach (var family in new[] { unary, binary, tests, joins })
            if (family.Contains(v.Op))
                foreach (var op in family.Where(o => o != v.Op)) yield return ($"{v.Op} → {op}", (b, _, x) => b.Elementwise(op, x));
        if (v.Op == Primitive.Subtract || v.Op == Primitive.Divide || v.Op == Primitive.Less || v.Op == Primitive.LessEqual || v.Op == Primitive.MatMul)
            yield return ($"{v.Op} of exchanged operands", (b, _, x) => Exchanged(b, v, x));
        if (binary.Contains(v.Op)) yield return ($"{v.Op} without its second operand", (b, _, x) => x[0]);
        if (v.Op == Primitive.Add || v.Op == Primitive.Multiply) yield return ($"{v.Op} without its first operand", (b, _, x) => x[1]);
        if (v.Op == Primitive.Fma)
        {
            yield return ("fma of (a, c, b)", (b, _, x) => b.Elementwise(Primitive.Fma, x[0], x[2], x[1]));
            yield return ("fma of (c, b, a)", (b, _, x) => b.Elementwise(Primitive.Fma, x[2], x[1], x[0]));
            yield return ("fma without its summand", (b, _, x) => b.Multiply(x[0], x[1]));
            yield return ("fma without its product", (b, _, x) => x[2]);
            yield return ("fma that subtracts", (b, _, x) => b.Elementwise(Primitive.Fma, x[0], x[1], b.Negate(x[2])));
        }
        if (v.Op == Primitive.Where)
        {
            yield return ("where of exchanged branches", (b, _, x) => b.Where(x[0], x[2], x[1]));
            yield return ("where always true", (b, _, x) => x[1]);
            yield return ("where always false", (b, _, x) => x[2]);
        }
        if (v.Op == Primitive.Not) yield return ("not that does nothing", (b, _, x) => x[0]);
        if (v.Op == Primitive.Negate) yield return ("negate that does nothing", (b, _, x) => x[0]);
        if (v.Op == Primitive.Constant && v.Data is double number && double.IsFinite(number))
        {
            yield return ($"constant {number} + 1", (b, _, x) => b.Constant(number + 1));
            yield return ($"constant −{number}", (b, _, x) => number == 0 ? null : b.Constant(-number));
            yield return ($"constant {number}·(1 + 1e-6)", (b, _, x) => b.Constant(number * (1 + 1e-6) + (number == 0 ? 1e-6 : 0)));
        }
        if (v.Op == Primitive.Random)
        {
            yield return ("random of a key, a column and a row", (b, _, x) => b.Elementwise(v.Op, x[0], x[2], x[1]));
            yield return ("random of the same row", (b, _, x) => b.Elementwise(v.Op, x[0], b.Constant(0, v.Extent), x[2]));
            yield return ("random of the same column", (b, _, x) => b.Elementwise(v.Op, x[0], x[1], b.Constant(0, v.Extent)));
        }
        if (v.Op == Primitive.Row) yield return ("row of another order", (b, _, x) => b.Subtract(b.Broadcast(b.Leaf(Primitive.Examples, null, Extent.Scalar), v.Extent), b.Leaf(v.Op, null, v.Extent)));
        if (v.Op == Primitive.Step || v.Op == Primitive.Examples) yield return ($"{v.Op} + 1", (b, _, x) => b.Add(b.Leaf(v.Op, null, Extent.Scalar), b.Constant(1)));
        if (v.Op.Kind == PrimitiveKind.Structural)
            foreach (var site in Structural(v)) yield return site;
    }

    static IEnumerable<(string Name, Rewrite Rewrite)> Structural(Value v)
    {
        var from = v.Operands[0].Extent;
        var isSquare = from.Dims.Rank == 2 && from.Dims[0] == from.Dims[1];
        if (v.Data is AxisInfo axis)
        {
            yield return ($"{v.Op} times 1.5", (b, _, x) => b.Multiply(b.Constant(1.5, v.Extent), b.Reduce(v.Op, x[0], axis.Axis)));
            yield return ($"{v.Op} of |x|", (b, _, x) => b.Reduce(v.Op, b.Elementwise(Primitive.Abs, x[0]), axis.Axis));
            if (isSquare && v.Op == Primitive.Sum) yield return ("sum along the other dimension", (b, _, x) => b.Reduce(Primitive.Sum, x[0], 1 - axis.Axis));
            if (axis.Axis == from.Dims.Rank - 1) yield return (v.Op == Primitive.Sum ? "sum → max" : "max → sum", (b, _, x) => b.Reduce(v.Op == Primitive.Sum ? Primitive.Max : Primitive.Sum, x[0], axis.Axis));
            if (from.Dims[axis.Axis] > 1) yield return ($"{v.Op} without the last", (b, _, x) => b.Reduce(v.Op, b.Slice(x[0], new(axis.Axis, 0, from.Dims[axis.Axis] - 1)), axis.Axis));
        }
        if (v.Op == Primitive.BatchSum) yield return ("a sum over the batch of |x|", (b, _, x) => b.BatchSum(b.Elementwise(Primitive.Abs, x[0])));
        if (v.Op == Primitive.Transpose && isSquare) yield return ("no transpose", (b, _, x) => x[0]);
        if (v.Data is SliceInfo slice)
        {
            if (slice.Start > 0) yield return ("slice one earlier", (b, _, x) => b.Slice(x[0], slice with { Start = slice.Start - 1 }));
            if (slice.Start + slice.Length < from.Dims[slice.Axis]) yield return ("slice one later", (b, _, x) => b.Slice(x[0], slice with { Start = slice.Start + 1 }));
        }
        if (v.Data is PadInfo pad)
        {
            if (pad.Start > 0) yield return ("pad one earlier", (b, _, x) => b.Pad(x[0], pad.Axis, pad.Start - 1, v.Extent.Dims[pad.Axis]));
            if (pad.Start + from.Dims[pad.Axis] < v.Extent.Dims[pad.Axis]) yield return ("pad one later", (b, _, x) => b.Pad(x[0], pad.Axis, pad.Start + 1, v.Extent.Dims[pad.Axis]));
        }
        if (v.Data is BroadcastInfo { Axes: [var only] } && v.Extent.Dims.Rank == 2 && v.Extent.Dims[0] == v.Extent.Dims[1] && from.Dims.Rank == 1)
            yield return ("a copy along the other dimension", (b, _, x) => b.Broadcast(x[0], v.Extent, [1 - only]));
        if (v.Data is BroadcastInfo && from.Equals(v.Extent)) yield return ("no permutation", (b, _, x) => x[0]);
        if (v.Data is ConcatInfo && v.Operands[0].Extent.Equals(v.Operands[1].Extent)) yield return ("joined the other way round", (b, _, x) => b.Rebuild(v, [x[1], x[0], .. x[2..]]));
        if (v.Op == Primitive.BatchMatMul)
        {
            yield return ("products that are negated", (b, _, x) => b.Negate(b.Rebuild(v, x)));
            if (from.Dims[from.Dims.Rank - 2] == from.Columns) yield return ("products transposed the other way", (b, _, x) => b.BatchMatMul(x[0], x[1], v.Data is false));
        }
        if (v.Op == Primitive.MatMul && v.Data is bool transposed)
        {
            yield return ("product that is negated", (b, _, x) => b.Negate(b.MatMul(x[0], x[1], transposed)));
            if (!transposed && v.Operands[1].Extent is { Dims: { Rank: 2 } dims } && dims[0] == dims[1]) yield return ("product with the transpose", (b, _, x) => b.MatMul(x[0], b.Transpose(x[1])));
        }
    }

    static Value? Exchanged(GraphBuilder b, Value v, Value[] x) =>
        v.Op != Primitive.MatMul ? b.Elementwise(v.Op, x[1], x[0])
        : x[0].Extent.Equals(x[1].Extent) && ((bool)v.Data! || x[0].Extent is { Batched: false, Dims: { Rank: 2 } dims } && dims[0] == dims[1]) ? b.MatMul(x[1], x[0], (bool)v.Data!) : null;
}
