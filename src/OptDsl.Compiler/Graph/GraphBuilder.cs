using System;
using System.Collections.Generic;
using System.Linq;

namespace OptDsl.Compiler;

/// <summary>Makes values; the same operation on the same operands is the same value.</summary>
internal sealed class GraphBuilder
{
    readonly Dictionary<Value, Value> values = new(new SameOperation());

    public Value Leaf(Primitive op, object? data, Extent extent, Element element = Element.Real) => Make(op, [], data, extent, element);

    public Value Constant(double number) => Leaf(Primitive.Constant, number, Extent.Scalar);

    public Value Constant(double number, Extent extent) => Broadcast(Constant(number), extent);

    public Value Elementwise(Primitive op, params Value[] operands)
    {
        var extent = operands[0].Extent;
        if (operands.Any(o => !o.Extent.Equals(extent))) throw new InvalidOperationException($"{op.Name} of {string.Join(", ", operands.Select(o => o.Extent))}");
        return Make(op, operands, null, extent, op.IsTruth ? Element.Truth : op == Primitive.Where ? operands[1].Element : Element.Real);
    }

    public Value Add(Value a, Value b) => Elementwise(Primitive.Add, a, b);

    public Value Subtract(Value a, Value b) => Elementwise(Primitive.Subtract, a, b);

    public Value Multiply(Value a, Value b) => Elementwise(Primitive.Multiply, a, b);

    public Value Divide(Value a, Value b) => Elementwise(Primitive.Divide, a, b);

    public Value Negate(Value a) => Elementwise(Primitive.Negate, a);

    public Value Where(Value condition, Value a, Value b) => Elementwise(Primitive.Where, condition, a, b);

    /// <summary>Repeats a value: its dimensions become the last ones of the extent.</summary>
    public Value Broadcast(Value x, Extent extent) =>
        Broadcast(x, extent, [.. Enumerable.Range(extent.Dims.Rank - x.Extent.Dims.Rank, x.Extent.Dims.Rank)]);

    public Value Broadcast(Value x, Extent extent, IReadOnlyList<int> axes) =>
        x.Extent.Equals(extent) && axes.SequenceEqual(Enumerable.Range(0, axes.Count)) ? x : Make(Primitive.Broadcast, [x], new BroadcastInfo(axes), extent, x.Element);

    /// <summary>a·b, or with <paramref name="transposed"/> aᵀ·b, which sums over the rows (the batch) of both.</summary>
    public Value MatMul(Value a, Value b, bool transposed = false) => Make(Primitive.MatMul, [a, b], transposed,
        transposed ? new(false, new Shape(a.Extent.Columns, b.Extent.Columns))
        : new(a.Extent.Batched, a.Extent.Dims.With(a.Extent.Dims.Rank - 1, b.Extent.Columns)), Element.Real);

    /// <summary>a·b of one pair of matrices after the other, or with <paramref name="transposed"/> aᵀ·b.</summary>
    public Value BatchMatMul(Value a, Value b, bool transposed = false) => Make(Primitive.BatchMatMul, [a, b], transposed,
        new(a.Extent.Batched, new([.. a.Extent.Dims.Leading(2).Dims, a.Extent.Dims[a.Extent.Dims.Rank - (transposed ? 1 : 2)], b.Extent.Columns])), Element.Real);

    /// <summary>The operand with its dimensions in another order, a copy that goes elsewhere: dimension i of the result is dimension order[i] of x.</summary>
    public Value Permute(Value x, IReadOnlyList<int> order)
    {
        if (!x.Extent.Batched && order.SequenceEqual([1, 0])) return Transpose(x);
        return Broadcast(x, new(x.Extent.Batched, new([.. order.Select(a => x.Extent.Dims[a])])), [.. Enumerable.Range(0, order.Count).Select(a => order.ToList().IndexOf(a))]);
    }

    /// <summary>The last two dimensions exchanged.</summary>
    public Value TransposeEach(Value x) => Permute(x, [.. Enumerable.Range(0, x.Extent.Dims.Rank - 2), x.Extent.Dims.Rank - 1, x.Extent.Dims.Rank - 2]);

    public Value Transpose(Value x) => Make(Primitive.Transpose, [x], null,
        new(false, new Shape(x.Extent.Dims[1], x.Extent.Dims[0])), x.Element);

    public Value Orthonormalize(Value x) => Make(Primitive.Orthonormalize, [x], null, x.Extent, Element.Real);

    public Value Reduce(Primitive op, Value x, int axis) =>
        Make(op, [x], new AxisInfo(axis, false), new(x.Extent.Batched, x.Extent.Dims.Without(axis)), Element.Real);

    public Value BatchSum(Value x) => Make(Primitive.BatchSum, [x], null, new(false, x.Extent.Dims), Element.Real);

    /// <summary>An identity that the derivative stops at; simplification removes it.</summary>
    public Value StopGradient(Value x) => Make(Primitive.StopGradient, [x], null, x.Extent, x.Element);

    public Value Hyper(Value x, string name) => Make(Primitive.Hyper, [x], name, Extent.Scalar, Element.Real);

    public Value Reshape(Value x, Shape shape) =>
        x.Op == Primitive.Reshape ? Reshape(x.Operands[0], shape)
        : x.Extent.Dims.Equals(shape) ? x
        : Make(Primitive.Reshape, [x], null, new(x.Extent.Batched, shape), x.Element);

    public Value Slice(Value x, SliceInfo slice) =>
        Make(Primitive.Slice, [x], slice, new(x.Extent.Batched, x.Extent.Dims.With(slice.Axis, slice.Length)), x.Element);

    /// <summary>The parts one after the other along an axis; what joins some of them along it already is taken apart, so that each element is copied once.</summary>
    public Value Concat(int axis, params Value[] parts)
    {
        Value[] all = [.. parts.SelectMany(p => p.Data is ConcatInfo inner && inner.Axis == axis ? p.Operands : [p])];
        return Make(Primitive.Concat, all, new ConcatInfo(axis), new(all[0].Extent.Batched, all[0].Extent.Dims.With(axis, all.Sum(p => p.Extent.Dims[axis]))), Element.Real);
    }

    /// <summary>The row of a table for each integer.</summary>
    public Value Gather(Value table, Value index) =>
        Make(Primitive.Gather, [table, index], null, new(index.Extent.Batched, new([.. index.Extent.Dims.Dims, table.Extent.Columns])), Element.Real);

    /// <summary>A table of so many rows, each the sum of the rows of x that go there, in order.</summary>
    public Value ScatterAdd(Value index, Value x, int rows) =>
        Make(Primitive.ScatterAdd, [index, x], new TableInfo(rows), new(false, new(rows, x.Extent.Columns)), Element.Real);

    /// <summary>What each place of a window sees.</summary>
    public Value Unfold(Value x, WindowInfo window) => Picks.IsWhole(window) ? x
        : Make(Primitive.Unfold, [x], window, new(x.Extent.Batched, new(window.Down, window.Across, window.Height * window.Width * x.Extent.Columns)), Element.Real);

    /// <summary>What all places of a window say of each pixel, added.</summary>
    public Value Fold(Value x, WindowInfo window) => Picks.IsWhole(window) ? x
        : Make(Primitive.Fold, [x], window, new(x.Extent.Batched, new(window.Rows, window.Columns, x.Extent.Columns / (window.Height * window.Width))), Element.Real);

    /// <summary>Zeros with x at <paramref name="start"/> along an axis of this size.</summary>
    public Value Pad(Value x, int axis, int start, int size) =>
        Make(Primitive.Pad, [x], new PadInfo(axis, start), new(x.Extent.Batched, x.Extent.Dims.With(axis, size)), x.Element);

    /// <summary>The same operation on other operands, which may have been simplified.</summary>
    public Value Rebuild(Value value, Value[] operands) => Make(value.Op, operands, value.Data, value.Extent, value.Element);

    Value Make(Primitive op, Value[] operands, object? data, Extent extent, Element element)
    {
        var made = new Value(values.Count, op, operands, data, extent, element);
        if (!values.TryGetValue(made, out var value)) values.Add(made, value = made);
        return value;
    }

    /// <summary>The same operation, whatever its number, on the same operands.</summary>
    sealed class SameOperation : IEqualityComparer<Value>
    {
        public bool Equals(Value? a, Value? b) => a!.Op == b!.Op && a.Operands.SequenceEqual(b.Operands) && a.Extent.Equals(b.Extent)
            && (ReferenceEquals(a.Data, b.Data) || Value.Detail(a.Data) == Value.Detail(b.Data));

        public int GetHashCode(Value v)
        {
            var hash = (v.Op.GetHashCode() * 31) + v.Extent.Dims.GetHashCode();
            foreach (var operand in v.Operands) hash = (hash * 31) + operand.Id;
            return v.Operands.Count > 0 ? hash : (hash * 31) + Value.Detail(v.Data).GetHashCode();
        }
    }
}
