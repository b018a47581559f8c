using System;
using System.Collections.Generic;
using System.Linq;

namespace OptDsl.Compiler;

/// <summary>
/// Rewrites by algebra: numbers fold, neutral elements go, what depends on the step alone moves out of the tensors, and
/// uniform factors collect into one. The interpreter runs the simplified graph, so this decides bits, once, for everybody.
/// </summary>
/// <param name="cut">What is cut to an integer.</param>
internal sealed class Simplify(HashSet<Value> cut)
{
    readonly GraphBuilder build = new();
    readonly Dictionary<(Value, Extent, string), Value> copies = [];
    readonly Dictionary<Value, bool> counts = [], differs = [];

    public static Graph Run(Graph graph)
    {
        var pass = new Simplify([.. graph.Values.Where(v => v.Op == Primitive.Floor).Select(v => v.Operands[0])]);
        var made = new Dictionary<Value, Value>();
        foreach (var value in graph.Values)
            made[value] = pass.Rewrite(value, [.. value.Operands.Select(o => made[o])]);
        return new(graph.Roots.Map(v => made[v]));
    }

    Value Rewrite(Value value, Value[] x)
    {
        // 41 · (1 / 41) is below 1: what is cut to an integer is divided.
        if (value.Op == Primitive.Divide && x[0].Uniform is null && cut.Contains(value)) return build.Elementwise(Primitive.Divide, x);
        if (value.Op.Kind == PrimitiveKind.Elementwise) return Elementwise(value.Op, x);
        if (value.Op == Primitive.StopGradient) return x[0];
        if (value.Op == Primitive.Broadcast) return Broadcast(x[0], value.Extent, ((BroadcastInfo)value.Data!).Axes);
        if (value.Op == Primitive.Reshape)
            return x[0].Uniform is { } number ? build.Broadcast(number, value.Extent) : Down(x[0], value.Extent) ?? build.Reshape(x[0], value.Extent.Dims);
        if (value.Op == Primitive.Transpose)
            return x[0].Op == Primitive.Transpose ? x[0].Operands[0] : x[0].Uniform is { } same ? build.Broadcast(same, value.Extent) : build.Transpose(x[0]);
        if (value.Op == Primitive.BatchSum && Repeated(x[0], null) is { } copy)
            return Elementwise(Primitive.Multiply, build.Broadcast(build.Leaf(Primitive.Examples, null, Extent.Scalar), value.Extent), copy);
        if (value.Op == Primitive.Sum && Repeated(x[0], ((AxisInfo)value.Data!).Axis) is { } one)
            return Elementwise(Primitive.Multiply, build.Constant(x[0].Extent.Dims[((AxisInfo)value.Data).Axis], value.Extent), one);
        // A reduction over one element that a kept dimension added is what was there before.
        if (value.Data is AxisInfo && x[0].Op == Primitive.Reshape && x[0].Operands[0].Extent.Equals(value.Extent)) return x[0].Operands[0];
        if (value.Data is SliceInfo slice && Cell(x[0], slice) is { } seen) return seen;
        return value.Data is ConcatInfo concat ? build.Concat(concat.Axis, x) : build.Rebuild(value, x);
    }

    /// <summary>One cell of what a window sees is what a window of one cell sees: a pool need not store the others beside it.</summary>
    Value? Cell(Value x, SliceInfo slice)
    {
        if (x.Op != Primitive.Unfold || x.Data is not WindowInfo w || slice.Axis != 2) return null;
        var (image, c) = (x.Operands[0], x.Operands[0].Extent.Columns);
        if (slice.Length != c || slice.Start % c != 0) return null;
        return build.Unfold(image, Picks.Cell(w, slice.Start / c));
    }

    /// <summary>Copies of a vector down the rows are the same copies however the rows are counted.</summary>
    Value? Down(Value x, Extent extent) =>
        extent.Dims.Rank > 0 && x.IsDown && x.Extent.Columns == extent.Columns ? build.Broadcast(x.Operands[0], extent, [extent.Dims.Rank - 1]) : null;

    Value Broadcast(Value x, Extent extent, IReadOnlyList<int> axes)
    {
        // Positions compared with each other are cheaper counted again than stored and read.
        if (Counts(x) && Differs(x))
        {
            var copy = (x, extent, string.Join(",", axes));
            return copies.TryGetValue(copy, out var known) ? known : copies[copy] = Elementwise(x.Op, [.. x.Operands.Select(o => Broadcast(o, extent, axes))]);
        }
        if (x.Op != Primitive.Broadcast) return build.Broadcast(x, extent, axes);
        var inner = ((BroadcastInfo)x.Data!).Axes;
        return build.Broadcast(x.Operands[0], extent, [.. inner.Select(i => axes[i])]);
    }

    /// <summary>Made of indices and numbers alone.</summary>
    bool Counts(Value x) => counts.TryGetValue(x, out var known) ? known
        : counts[x] = x.IsUniform || x.Op == Primitive.Indices || ((x.Op == Primitive.Broadcast || x.Op.IsTruth) && x.Operands.All(Counts));

    /// <summary>A truth about several copies that cannot be told before copying.</summary>
    bool Differs(Value x) => differs.TryGetValue(x, out var known) ? known : differs[x] = x.Op.IsTruth
        && (x.Operands.Any(Differs) || x.Operands.Where(o => !o.IsUniform && o.Op == Primitive.Broadcast && o.Uniform is null).Select(o => o.Data!.ToString()).Distinct().Count() > 1);

    /// <summary>The value whose copies a sum over the batch (or over an axis) would add, if its operand is such a broadcast.</summary>
    Value? Repeated(Value x, int? axis)
    {
        if (x.Op != Primitive.Broadcast) return null;
        var (source, axes) = (x.Operands[0], ((BroadcastInfo)x.Data!).Axes);
        if (axis is not { } a)
            return source.Extent.Batched ? null : build.Broadcast(source, new(false, x.Extent.Dims), axes);
        return axes.Contains(a) ? null : build.Broadcast(source, new(x.Extent.Batched, x.Extent.Dims.Without(a)), [.. axes.Select(i => i > a ? i - 1 : i)]);
    }

    Value Elementwise(Primitive op, params Value[] x) => Fold(op, x) ?? Hoist(op, x) ?? Algebra(op, x) ?? build.Elementwise(op, x);

    /// <summary>Numbers fold where the operation is exact on every host; exp and its kin wait for the project's own versions.</summary>
    Value? Fold(Primitive op, Value[] x)
    {
        if (x.Any(o => o.Data is not double)) return null;
        var n = x.Select(o => (double)o.Data!).ToArray();
        return Exact(op, n) is { } number ? build.Constant(number) : null;
    }

    static double? Exact(Primitive op, double[] n) => op.Name switch
    {
        "negate" => -n[0],
        "sqrt" => Math.Sqrt(n[0]),
        "abs" => Math.Abs(n[0]),
        "floor" => Math.Floor(n[0]),
        "add" => n[0] + n[1],
        "subtract" => n[0] - n[1],
        "multiply" => n[0] * n[1],
        "divide" => n[0] / n[1],
        _ => null,
    };

    /// <summary>An operation on copies is done before copying, one on reshaped values before reshaping.</summary>
    Value? Hoist(Primitive op, Value[] x)
    {
        var extent = x[0].Extent;
        if (x.FirstOrDefault(o => o.Op == Primitive.Reshape) is { } shaped)
        {
            var from = shaped.Operands[0].Extent;
            if (x.All(o => o.Uniform is not null || (o.Op == Primitive.Reshape && o.Operands[0].Extent.Equals(from))))
                return build.Reshape(Elementwise(op, [.. x.Select(o => o.Uniform is { } u ? build.Broadcast(u, from) : o.Operands[0])]), extent.Dims);
        }
        if (extent.IsScalar || x.Any(o => o.Op != Primitive.Broadcast)) return null;
        var wide = x.FirstOrDefault(o => o.Uniform is null) ?? x[0];
        var (source, axes) = (wide.Operands[0].Extent, (BroadcastInfo)wide.Data!);
        var before = new Value[x.Length];
        for (var i = 0; i < x.Length; i++)
        {
            var from = x[i].Operands[0];
            if (from.Extent.Equals(source) && x[i].Data!.ToString() == axes.ToString()) before[i] = from;
            else if (x[i].Uniform is { } number) before[i] = build.Broadcast(number, source);
            else return null;
        }
        return Broadcast(Elementwise(op, before), extent, axes.Axes);
    }

    Value? Algebra(Primitive op, Value[] x)
    {
        if (op == Primitive.Add) return Add(x[0], x[1]);
        if (op == Primitive.Subtract) return Subtract(x[0], x[1]);
        if (op == Primitive.Multiply) return Multiply(x[0], x[1]);
        if (op == Primitive.Divide) return Divide(x[0], x[1]);
        if (op == Primitive.Negate)
            return x[0].Op == Primitive.Negate ? x[0].Operands[0]
                : Factor(x[0]) is { } f ? Elementwise(Primitive.Multiply, Elementwise(Primitive.Negate, f.Uniform), f.Other) : null;
        if (op == Primitive.Not) return x[0].Op == Primitive.Not ? x[0].Operands[0] : null;
        if (op == Primitive.Where && Known(x[0]) is { } truth) return truth ? x[1] : x[2];
        if (op == Primitive.Where) return x[1] == x[2] ? x[1] : x[0].Op == Primitive.Not ? Elementwise(op, x[0].Operands[0], x[2], x[1]) : null;
        return null;
    }

    /// <summary>The truth of a comparison of two numbers, or of its copies.</summary>
    static bool? Known(Value test) =>
        test.Op == Primitive.Broadcast ? Known(test.Operands[0])
        : test.Operands.Count != 2 || test.Operands[0].Constant is not { } a || test.Operands[1].Constant is not { } b ? null
        : test.Op == Primitive.Less ? a < b : test.Op == Primitive.LessEqual ? a <= b : test.Op == Primitive.Equal ? a == b : null;

    Value? Add(Value a, Value b) =>
        a.Constant is 0 ? b
        : b.Constant is 0 ? a
        : (Beside(a, b) ?? Beside(b, a)) is { } joined ? joined
        : b.Op == Primitive.Negate ? Elementwise(Primitive.Subtract, a, b.Operands[0])
        : a.Op == Primitive.Negate ? Elementwise(Primitive.Subtract, b, a.Operands[0])
        : null;

    /// <summary>Two tensors between zeros of which the second begins where the first ends: the gradients of slices that lie side by side.</summary>
    Value? Beside(Value a, Value b)
    {
        if (a.Data is not PadInfo first || b.Data is not PadInfo second || first.Axis != second.Axis) return null;
        var (axis, size) = (first.Axis, a.Extent.Dims[first.Axis]);
        if (first.Start + a.Operands[0].Extent.Dims[axis] != second.Start) return null;
        var joined = build.Concat(axis, a.Operands[0], b.Operands[0]);
        return joined.Extent.Equals(a.Extent) ? joined : build.Pad(joined, axis, first.Start, size);
    }

    Value? Subtract(Value a, Value b) =>
        b.Constant is 0 ? a
        : a.Constant is 0 ? Elementwise(Primitive.Negate, b)
        : b.Op == Primitive.Negate ? Elementwise(Primitive.Add, a, b.Operands[0])
        : null;

    Value? Multiply(Value a, Value b)
    {
        if (a.Constant is 1) return b;
        if (b.Constant is 1) return a;
        if (a.IsUniform && b.IsUniform) return null;
        if (a.Constant is -1) return Elementwise(Primitive.Negate, b);
        if (b.Constant is -1) return Elementwise(Primitive.Negate, a);
        // The sign of a uniform factor stays with it: outside it would be taken in again.
        if (a.Op == Primitive.Negate && !a.IsUniform) return Elementwise(Primitive.Negate, Elementwise(Primitive.Multiply, a.Operands[0], b));
        if (b.Op == Primitive.Negate && !b.IsUniform) return Elementwise(Primitive.Negate, Elementwise(Primitive.Multiply, a, b.Operands[0]));
        if (b.Uniform is not null && a.Uniform is null) return Elementwise(Primitive.Multiply, b, a);
        if (a.Uniform is not null)
            return Factor(b) is { } inner ? Elementwise(Primitive.Multiply, Elementwise(Primitive.Multiply, a, inner.Uniform), inner.Other) : null;
        if (Factor(b) is { } right) return Elementwise(Primitive.Multiply, right.Uniform, Elementwise(Primitive.Multiply, a, right.Other));
        if (Factor(a) is { } left) return Elementwise(Primitive.Multiply, left.Uniform, Elementwise(Primitive.Multiply, left.Other, b));
        return null;
    }

    Value? Divide(Value a, Value b)
    {
        if (b.Constant is 1) return a;
        if (a.IsUniform && b.IsUniform) return null;
        if (a.Op == Primitive.Negate) return Elementwise(Primitive.Negate, Elementwise(Primitive.Divide, a.Operands[0], b));
        // One reciprocal per step instead of a division per element.
        if (b.Uniform is not null) return Elementwise(Primitive.Multiply, Elementwise(Primitive.Divide, build.Constant(1, b.Extent), b), a);
        return Factor(a) is { } f ? Elementwise(Primitive.Multiply, f.Uniform, Elementwise(Primitive.Divide, f.Other, b)) : null;
    }

    /// <summary>u·other with u uniform. One that is very large or small, or 0, brings the other into the range of a float: it stays where it is.</summary>
    static (Value Uniform, Value Other)? Factor(Value x) =>
        x.Op == Primitive.Multiply && !x.IsUniform && x.Operands[0].Uniform is { } u && (u.Constant is not { } number || Math.Abs(number) is > 1e-12 and < 1e12) ? (x.Operands[0], x.Operands[1]) : null;
}
