using System;
using System.Collections.Generic;
using System.Linq;

namespace OptDsl.Compiler;

/// <summary>All derivatives, one row each: from the gradient g of the result y to those of the operands x; null where there is none.</summary>
internal static class Derivatives
{
    public delegate Value?[] Row(GraphBuilder b, Value g, IReadOnlyList<Value> x, Value y);

    public static readonly IReadOnlyDictionary<Primitive, Row> Rows = new Dictionary<Primitive, Row>
    {
        [Primitive.Negate] = (b, g, x, y) => [b.Negate(g)],
        [Primitive.Sqrt] = (b, g, x, y) => [b.Divide(b.Multiply(Number(b, g, 0.5), g), y)],
        [Primitive.Exp] = (b, g, x, y) => [b.Multiply(g, y)],
        [Primitive.Log] = (b, g, x, y) => [b.Divide(g, x[0])],
        [Primitive.Tanh] = (b, g, x, y) => [b.Multiply(g, b.Subtract(Number(b, g, 1), b.Multiply(y, y)))],
        [Primitive.Sigmoid] = (b, g, x, y) => [b.Multiply(g, b.Multiply(y, b.Subtract(Number(b, g, 1), y)))],
        [Primitive.Softplus] = (b, g, x, y) => [b.Multiply(g, b.Elementwise(Primitive.Sigmoid, x[0]))],
        [Primitive.NormalCdf] = (b, g, x, y) => [b.Multiply(g, Normal(b, x[0]))],
        [Primitive.Sin] = (b, g, x, y) => [b.Multiply(g, b.Elementwise(Primitive.Cos, x[0]))],
        [Primitive.Cos] = (b, g, x, y) => [b.Negate(b.Multiply(g, b.Elementwise(Primitive.Sin, x[0])))],
        [Primitive.Abs] = (b, g, x, y) => [b.Where(Less(b, Zero(b, g), x[0]), g, b.Where(Less(b, x[0], Zero(b, g)), b.Negate(g), Zero(b, g)))],
        [Primitive.Floor] = (b, g, x, y) => [null],
        [Primitive.Random] = (b, g, x, y) => [null, null, null],
        [Primitive.Add] = (b, g, x, y) => [g, g],
        [Primitive.Subtract] = (b, g, x, y) => [g, b.Negate(g)],
        [Primitive.Multiply] = (b, g, x, y) => [b.Multiply(g, x[1]), b.Multiply(g, x[0])],
        [Primitive.Divide] = (b, g, x, y) => [b.Divide(g, x[1]), b.Negate(b.Divide(b.Multiply(g, y), x[1]))],
        [Primitive.Fma] = (b, g, x, y) => [b.Multiply(g, x[1]), b.Multiply(g, x[0]), g],
        [Primitive.Where] = (b, g, x, y) => [null, b.Where(x[0], g, Zero(b, g)), b.Where(x[0], Zero(b, g), g)],
        [Primitive.Larger] = (b, g, x, y) => [b.Where(Less(b, x[0], x[1]), Zero(b, g), g), b.Where(Less(b, x[0], x[1]), g, Zero(b, g))],
        [Primitive.Smaller] = (b, g, x, y) => [b.Where(Less(b, x[1], x[0]), Zero(b, g), g), b.Where(Less(b, x[1], x[0]), g, Zero(b, g))],
        [Primitive.MatMul] = (b, g, x, y) => (bool)y.Data!
            ? [b.MatMul(x[1], b.Transpose(g)), b.MatMul(x[0], g)]
            : [b.MatMul(g, b.Transpose(x[1])), b.MatMul(x[0], g, transposed: true)],
        [Primitive.BatchMatMul] = (b, g, x, y) => (bool)y.Data!
            ? [b.BatchMatMul(x[1], b.TransposeEach(g)), b.BatchMatMul(x[0], g)]
            : [b.BatchMatMul(g, b.TransposeEach(x[1])), b.BatchMatMul(x[0], g, transposed: true)],
        [Primitive.Transpose] = (b, g, x, y) => [b.Transpose(g)],
        [Primitive.Sum] = (b, g, x, y) => [Spread(b, g, x[0], (AxisInfo)y.Data!)],
        [Primitive.Max] = (b, g, x, y) => [Share(b, g, x[0], y, (AxisInfo)y.Data!)],
        [Primitive.BatchSum] = (b, g, x, y) => [b.Broadcast(g, x[0].Extent)],
        [Primitive.Broadcast] = (b, g, x, y) => [Gather(b, g, x[0], ((BroadcastInfo)y.Data!).Axes)],
        [Primitive.Reshape] = (b, g, x, y) => [b.Reshape(g, x[0].Extent.Dims)],
        [Primitive.Slice] = (b, g, x, y) => y.Data is SliceInfo s ? [b.Pad(g, s.Axis, s.Start, x[0].Extent.Dims[s.Axis])] : [null],
        [Primitive.Concat] = (b, g, x, y) => y.Data is ConcatInfo { Axis: var axis }
            ? [.. x.Select((part, i) => b.Slice(g, new(axis, x.Take(i).Sum(before => before.Extent.Dims[axis]), part.Extent.Dims[axis])))]
            : [.. x.Select(_ => (Value?)null)],
        [Primitive.Gather] = (b, g, x, y) => [b.ScatterAdd(x[1], g, x[0].Extent.Dims[0]), null],
        [Primitive.ScatterAdd] = (b, g, x, y) => [null, b.Gather(g, x[0])],
        [Primitive.Unfold] = (b, g, x, y) => [b.Fold(g, (WindowInfo)y.Data!)],
        [Primitive.Fold] = (b, g, x, y) => [b.Unfold(g, (WindowInfo)y.Data!)],
        [Primitive.Orthonormalize] = (b, g, x, y) => throw new NotSupportedException("a loss has none of these"),
        [Primitive.Pad] = (b, g, x, y) => y.Data is PadInfo p ? [b.Slice(g, new(p.Axis, p.Start, x[0].Extent.Dims[p.Axis]))] : [null],
    };

    static Value Number(GraphBuilder b, Value like, double number) => b.Constant(number, like.Extent);

    static Value Zero(GraphBuilder b, Value like) => Number(b, like, 0);

    /// <summary>φ(x) = e^(−x²/2) / √2π</summary>
    static Value Normal(GraphBuilder b, Value x) =>
        b.Multiply(Number(b, x, 0.3989422804014327), b.Elementwise(Primitive.Exp, b.Multiply(Number(b, x, -0.5), b.Multiply(x, x))));

    static Value Less(GraphBuilder b, Value x, Value y) => b.Elementwise(Primitive.Less, x, y);

    /// <summary>Back to the shape before the sum: every summand gets the sum's gradient.</summary>
    static Value Spread(GraphBuilder b, Value g, Value x, AxisInfo axis) =>
        b.Broadcast(g, x.Extent, [.. Enumerable.Range(0, x.Extent.Dims.Rank).Where(i => i != axis.Axis)]);

    /// <summary>Back to the shape before the maximum: the largest element gets its gradient, equal ones share it.</summary>
    static Value Share(GraphBuilder b, Value g, Value x, Value y, AxisInfo axis)
    {
        var largest = b.Elementwise(Primitive.Equal, x, Spread(b, y, x, axis));
        var count = b.Reduce(Primitive.Sum, b.Where(largest, Number(b, x, 1), Zero(b, x)), axis.Axis);
        return b.Where(largest, Spread(b, b.Divide(g, count), x, axis), Zero(b, x));
    }

    /// <summary>Back to the shape before the broadcast: the copies' gradients add up, leading dimensions first, and go back to their order.</summary>
    static Value Gather(GraphBuilder b, Value g, Value x, IReadOnlyList<int> axes)
    {
        var from = g.Extent;
        if (from.Batched && !x.Extent.Batched) g = b.BatchSum(g);
        for (int axis = 0, gone = 0; axis < from.Dims.Rank; axis++)
            if (!axes.Contains(axis)) g = b.Reduce(Primitive.Sum, g, axis - gone++);
        var sorted = axes.OrderBy(a => a).ToList();
        return b.Permute(g, [.. axes.Select(a => sorted.IndexOf(a))]);
    }
}
