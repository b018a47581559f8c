using System;
using System.Linq;

namespace OptDsl;

/// <summary>The one place where expressions are made: infers shape, batch and element type, and refuses what does not fit.</summary>
internal static class Build
{
    public static Expr Constant(double value) => new(Primitive.Constant, [], value, Shape.Scalar, false, Element.Real);

    public static Expr Leaf(Primitive op, Shape? shape, object? data = null, bool batched = false, Element element = Element.Real) =>
        new(op, [], data, shape, batched, element);

    public static Expr Elementwise(Primitive op, params Expr[] operands)
    {
        for (var i = 0; i < operands.Length; i++) operands[i] = Accept(op, i, operands[i]);
        var element = op.IsTruth ? Element.Truth : Element.Real;
        var batched = operands.Any(o => o.Batched);
        if (operands.Any(o => o.KnownShape is null)) return new(op, operands, null, null, batched, element);
        var shape = operands[0].Shape;
        foreach (var operand in operands.Skip(1))
            shape = Shape.Meet(shape, operand.Shape)
                ?? throw Error.Shapes(op.Name, operands[0], operands.First(o => Shape.Meet(operands[0].Shape, o.Shape) is null || o == operand), "sizes must be equal, or 1");
        return new(op, operands, null, shape, batched, element);
    }

    public static Expr MatMul(Expr a, Expr b)
    {
        RequireReal("matmul", a);
        RequireReal("matmul", b);
        if (a.KnownShape is null || b.KnownShape is null) return new(Primitive.MatMul, [a, b], null, null, a.Batched, Element.Real);
        if (!b.Batched && b.Rank == 2 && (a.Batched ? a.Rank >= 1 : a.Rank >= 2))
        {
            if (a.Shape.Last != b.Shape[0]) throw Error.Shapes("matmul", a, b, $"the inner sizes {a.Shape.Last} and {b.Shape[0]} must be equal");
            return new(Primitive.MatMul, [a, b], null, a.Shape.With(a.Rank - 1, b.Shape[1]), a.Batched, Element.Real);
        }
        if (a.Rank < 2 || b.Rank < 2)
            throw Error.Shapes("matmul", a, b, b.Batched ? "both must be matrices where the right one depends on the example" : a.Batched ? "write rows per example against a [in, out] matrix" : "both must be matrices");
        if (a.Shape.Last != b.Shape[b.Rank - 2]) throw Error.Shapes("matmul", a, b, $"the inner sizes {a.Shape.Last} and {b.Shape[b.Rank - 2]} must be equal");
        var leading = Shape.Meet(a.Shape.Leading(2), b.Shape.Leading(2)) ?? throw Error.Shapes("matmul", a, b, "the sizes before the matrices must be equal, or 1");
        return new(Primitive.BatchMatMul, [a, b], null, new([.. leading.Dims, a.Shape[a.Rank - 2], b.Shape.Last]), a.Batched || b.Batched, Element.Real);
    }

    public static Expr Transpose(Expr x)
    {
        if (x.KnownShape is null) return new(Primitive.Transpose, [x], null, null, x.Batched, x.Element);
        if (x.Rank < 2) throw Error.Argument("Transpose", $"needs a matrix, but got {x.Describe()}");
        return Permute(x, [.. Enumerable.Range(0, x.Rank - 2), x.Rank - 1, x.Rank - 2]);
    }

    public static Expr Permute(Expr x, int[] axes)
    {
        var order = axes.Select(a => Axis(x, a)).ToArray();
        if (order.Length != x.Rank || order.Distinct().Count() != x.Rank)
            throw Error.Argument("axes", $"({string.Join(", ", axes.Select(Text.Number))}) must name each of the {Text.Number(x.Rank)} dimensions of {x.Describe()} once");
        return new(Primitive.Transpose, [x], new OrderInfo(order), new([.. order.Select(a => x.Shape[a])]), x.Batched, x.Element);
    }

    public static Expr Concat(Expr a, Expr b, int axis)
    {
        RequireReal("concat", a);
        RequireReal("concat", b);
        var isAlike = a.Rank == b.Rank && a.Shape.With(axis, 1).Equals(b.Shape.With(axis, 1));
        if (!isAlike) throw Error.Shapes("concat", a, b, $"all sizes but that of dimension {Text.Number(axis)} must be equal");
        return new(Primitive.Concat, [Number(a), Number(b)], new ConcatInfo(axis), a.Shape.With(axis, a.Shape[axis] + b.Shape[axis]), a.Batched || b.Batched, Element.Real);
    }

    /// <summary>Pairs, then pairs of pairs, until one is left.</summary>
    public static Expr InPairs(Expr[] parts, Func<Expr, Expr, Expr> pair)
    {
        while (parts.Length > 1) parts = [.. parts.Chunks(2).Select(two => two.Aggregate(pair))];
        return parts[0];
    }

    /// <summary>The row of a table [size, c] for each integer, zeros where there is none.</summary>
    public static Expr Gather(Expr table, Expr index)
    {
        RequireReal("gather", table);
        if (index.Element != Element.Integer) throw Error.LabelType(index, "numbers that pick rows of a table");
        if (table.Rank != 2 || table.Batched) throw Error.Argument("Gather", $"needs a matrix that does not depend on the example, but got {table.Describe()}");
        return new(Primitive.Gather, [Number(table), index], null, new([.. index.Shape.Dims, table.Shape[1]]), index.Batched, Element.Real);
    }

    /// <summary>What each place of a window sees, side by side: [rows, columns, c] → [down, across, height·width·c].</summary>
    public static Expr Unfold(Expr x, WindowInfo window)
    {
        RequireReal("unfold", x);
        Dsl.CheckSizes("window", [window.Down, window.Across, window.Height, window.Width, x.Shape.Last]);
        return new(Primitive.Unfold, [Number(x)], window, new(window.Down, window.Across, window.Height * window.Width * x.Shape.Last), x.Batched, Element.Real);
    }

    /// <summary>The sum of what all places of a window say of each pixel: [down, across, height·width·c] → [rows, columns, c].</summary>
    public static Expr Fold(Expr x, WindowInfo window)
    {
        RequireReal("fold", x);
        return new(Primitive.Fold, [Number(x)], window, new(window.Rows, window.Columns, x.Shape.Last / (window.Height * window.Width)), x.Batched, Element.Real);
    }

    public static Expr Pad(Expr x, int axis, int start, int size)
    {
        RequireReal("pad", x);
        return new(Primitive.Pad, [Number(x)], new PadInfo(axis, start), x.Shape.With(axis, size), x.Batched, Element.Real);
    }

    public static Expr Orthonormalize(Expr x)
    {
        RequireReal("orthonormalize", x);
        x = Number(x);
        if (x.KnownShape is not null && (x.Rank != 2 || x.Batched || x.Shape[0] < x.Shape[1]))
            throw Error.Argument("Orthonormalize", $"needs a matrix with no more columns than rows that does not depend on the example, but got {x.Describe()}");
        return new(Primitive.Orthonormalize, [x], null, x.KnownShape, x.Batched, Element.Real);
    }

    public static Expr Reduce(Primitive op, Expr x, int axis, bool keep)
    {
        RequireReal(op.Name, x);
        x = Number(x);
        if (x.KnownShape is null) return new(op, [x], new AxisInfo(axis, keep), null, x.Batched, Element.Real);
        axis = Axis(x, axis);
        if (op == Primitive.Max && axis != x.Rank - 1) throw Error.Argument("Max", $"takes the last dimension only, and {Text.Number(axis)} is not the last of {x.Describe()}");
        return new(op, [x], new AxisInfo(axis, keep), keep ? x.Shape.With(axis, 1) : x.Shape.Without(axis), x.Batched, Element.Real);
    }

    /// <summary>Sums every dimension, leading ones first: the order that the meaning of a sum fixes.</summary>
    public static Expr ReduceAll(Primitive op, Expr x)
    {
        x = Number(x);
        if (x.KnownShape is null) return new(op, [x], null, Shape.Scalar, x.Batched, Element.Real);
        if (op == Primitive.Max && x.Rank > 1) x = Reshape(x, new((int)x.Shape.Size));
        while (x.Rank > 0) x = Reduce(op, x, 0, false);
        return x;
    }

    /// <summary>The number of elements, all or along one dimension: a number as soon as the shape is known.</summary>
    public static Expr Size(Expr x, int? axis) =>
        x.KnownShape is not { } shape ? new(Primitive.Size, [x], axis, Shape.Scalar, false, Element.Real)
        : Constant(axis is { } a ? shape[Axis(x, a)] : shape.Size);

    /// <summary>An axis, from the end where it is negative.</summary>
    public static int Axis(Expr x, int axis) =>
        axis >= -x.Rank && axis < x.Rank ? axis < 0 ? axis + x.Rank : axis
        : throw Error.Argument("axis", $"{Text.Number(axis)} is outside the {Text.Number(x.Rank)} dimensions of {x.Describe()}");

    /// <summary>The identity matrix with a row for each row of <paramref name="x"/>, as soon as its shape is known.</summary>
    public static Expr Eye(Expr x)
    {
        if (x.KnownShape is not { } shape) return new(Primitive.Eye, [x], null, null, false, Element.Real);
        if (shape.Rank == 0) throw Error.Argument("Eye", $"needs a tensor with rows, but got {x.Describe()}");
        var columns = Dsl.Indices(shape[0]);
        return Number(Elementwise(Primitive.Equal, columns, Reshape(columns, new(shape[0], 1))));
    }

    /// <summary>A random number for each element of <paramref name="x"/>, as soon as its shape is known: a function of the key, of the row and of the column.</summary>
    public static Expr Drawn(Expr x, Expr key)
    {
        if (x.KnownShape is not { } shape) return new(Primitive.Drawn, [x, key], null, null, x.Batched, Element.Real);
        var row = x.Batched ? Leaf(Primitive.Row, Shape.Scalar, batched: true) : Constant(0);
        if (shape.Rank > 1)
        {
            var rows = shape.With(shape.Rank - 1, 1);
            row = row * (double)rows.Size + Reshape(Dsl.Indices((int)rows.Size), rows);
        }
        var drawn = Elementwise(Primitive.Random, key, row, shape.Rank > 0 ? Dsl.Indices(shape.Last) : Constant(0));
        // One number is computed in double: it keeps the bits of a float, so that narrowing does not round it to 1.
        return x.Batched || shape.Rank > 0 ? drawn : Dsl.Floor(drawn * (double)(1 << 24)) / (double)(1 << 24);
    }

    public static Expr BatchSum(Expr x)
    {
        RequireReal("BatchSum", x);
        return x.Batched
            ? new(Primitive.BatchSum, [Number(x)], null, x.Shape, false, Element.Real)
            : throw Error.Argument("BatchMean", $"{x.Describe()} does not depend on the example");
    }

    public static Expr Reshape(Expr x, Shape shape) =>
        shape.Equals(x.Shape) ? x
        : shape.Size == x.Shape.Size ? new(Primitive.Reshape, [x], null, shape, x.Batched, x.Element)
        : throw Error.Argument("Reshape", $"{x.Describe()} has {Text.Number(x.Shape.Size)} elements, {shape} has {Text.Number(shape.Size)}");

    public static Expr Slice(Expr x, int axis, int start, int length)
    {
        if (start < 0 || length < 1 || length > x.Shape[axis] - start)
            throw Error.Argument("Slice", $"[{Text.Number(start)}..{Text.Number((long)start + length)}] is outside {x.Describe()}");
        return new(Primitive.Slice, [x], new SliceInfo(axis, start, length), x.Shape.With(axis, length), x.Batched, x.Element);
    }

    /// <summary>A number with a name under which it can be set while training.</summary>
    public static Expr Hyper(string name, Expr value) =>
        IsOfTheStep(value) ? new(Primitive.Hyper, [value], name, Shape.Scalar, false, Element.Real) : throw Error.HyperValue(name, value);

    /// <summary>One number that depends on the step and hyperparameters alone.</summary>
    public static bool IsOfTheStep(Expr value) => value.KnownShape is { Rank: 0 } && value.Element == Element.Real
        && Dag.PostOrder(value).All(e => e.Op == Primitive.Constant || e.Op == Primitive.Step || e.Op == Primitive.Hyper || e.Op.Kind == PrimitiveKind.Elementwise);

    public static Expr Marker(Primitive op, Expr x, object? data = null, Expr? second = null, Element? element = null) =>
        new(op, second is null ? [x] : [x, second], data, x.KnownShape, x.Batched, element ?? x.Element);

    /// <summary>A fixed parameter that a step leaves with this next value.</summary>
    public static Expr Tracked(Expr parameter, Expr next)
    {
        RequireReal("next", next);
        if (next.Batched || !Equals(next.KnownShape, parameter.KnownShape)) throw Error.Argument("next", $"must be one {parameter.Shape} for all examples, but is {next.Describe()}");
        return new(Primitive.Tracked, [parameter, Number(next)], null, parameter.KnownShape, false, Element.Real);
    }

    /// <summary>A truth value as 1 or 0.</summary>
    public static Expr Number(Expr x) =>
        x.Element == Element.Truth ? new(Primitive.Where, [x, Constant(1), Constant(0)], null, x.KnownShape, x.Batched, Element.Real) : x;

    static Expr Accept(Primitive op, int position, Expr x)
    {
        var wantsTruth = op == Primitive.And || op == Primitive.Or || op == Primitive.Not || (op == Primitive.Where && position == 0);
        if (wantsTruth) return x.Element == Element.Truth ? x : IsNumberOfTruth(x) ? x.Operands[0] : Elementwise(Primitive.Not, Elementwise(Primitive.Equal, x, Constant(0)));
        if (x.Element == Element.Integer && !op.IsTruth) throw Error.RealNeeded(op.Name, x);
        return Number(x);
    }

    static bool IsNumberOfTruth(Expr x) =>
        x.Op == Primitive.Where && x.Operands[1].Data is 1.0 && x.Operands[2].Data is 0.0;

    static void RequireReal(string operation, Expr x)
    {
        if (x.Element == Element.Integer) throw Error.RealNeeded(operation, x);
    }
}
