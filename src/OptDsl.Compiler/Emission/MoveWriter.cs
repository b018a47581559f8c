using System;
using System.Linq;

namespace OptDsl.Compiler;

/// <summary>A structural operation as a call of the runtime: transposes, sums down the rows, copies between shapes.</summary>
internal static class MoveWriter
{
    public static string Write(KernelScope scope, MoveKernel kernel)
    {
        var (v, x) = (kernel.Value, kernel.Value.Operands[0]);
        var (to, from, type) = (scope.Argument(v), scope.Argument(x), scope.Dialect.Type);
        int stride = scope.Stride(v), source = scope.RowStride(x);
        if (v.Op == Primitive.Transpose)
            return $"Layouts<V, {type}>.Transpose(Team, {from}, {Dim(x, 0)}, {Dim(x, 1)}, {Text.Number(source)}, {to}, {Text.Number(stride)});";
        if (v.Op == Primitive.BatchMatMul) return Products(scope, v);
        if (v.Op == Primitive.Orthonormalize)
            return $"Orthonormal<V, {type}>.Columns({from}, {Dim(x, 0)}, {Dim(x, 1)}, {Text.Number(stride)}, {to});";
        if (v.Op == Primitive.BatchSum)
        {
            // Rows of one example lie one after another, so the batch is summed as one long row per example.
            var row = scope.Plan.Storage.Size(x.Extent);
            return $"Reductions<V, {type}>.{(scope.Program.GoesOn(v) ? "AddRows" : "SumRows")}(Team, {from}, n, {Text.Number(x.Extent.Dims.Rank == 1 ? x.Extent.Columns : row)}, {Text.Number(row)}, {to});";
        }
        var batch = v.Extent.Batched;
        if (v.Data is AxisInfo axis)
        {
            var (outer, inner) = Around(x, axis.Axis);
            return $"Moves.SumAxis<V, {type}>(Team, {from}, {KernelScope.Times(batch, outer)}, {Dim(x, axis.Axis)}, {Text.Number(inner / x.Extent.Columns * source)}, {to});";
        }
        if (v.Data is SliceInfo s) return Strided(scope, batch, x, v, s.Axis, s.Start, 0, s.Length);
        if (v.Op == Primitive.Gather) return Rows(scope, "Gather", v.Operands[1], v.Operands[1].Extent, x, v, x.Extent.Dims[0]);
        if (v.Op == Primitive.ScatterAdd) return Rows(scope, scope.Program.GoesOn(v) ? "AddScattered" : "ScatterAdd", x, x.Extent, v.Operands[1], v, v.Extent.Dims[0]);
        if (v.Data is WindowInfo seen && scope.Plan.Storage.IsFramed(v))
            return $"Frames<V, {type}>.Put(Team, {from}, {Text.Number(source)}, {scope.Framed(v)}, {(batch ? "n" : "1")}, [{Dim(x, 0)}, {Dim(x, 1)}, {Dim(x, 2)}], [{Text.Number(seen.Top)}, {Text.Number(seen.Left)}]);";
        if (v.Data is WindowInfo w)
            return $"Windows<V, {type}>.{(v.Op == Primitive.Unfold ? "Unfold" : "Fold")}(Team, {from}, {Text.Number(source)}, {to}, {Text.Number(stride)}, {(batch ? "n" : "1")}, "
                + $"[{Text.Number(w.Rows)}, {Text.Number(w.Columns)}, {Dim(v.Op == Primitive.Unfold ? x : v, 2)}], [{Text.Number(w.Down)}, {Text.Number(w.Across)}], "
                + $"[{Text.Number(w.Height)}, {Text.Number(w.Width)}], {Text.Number(w.Stride)}, {Text.Number(w.Dilation)}, [{Text.Number(w.Top)}, {Text.Number(w.Left)}]);";
        if (v.Data is ConcatInfo c)
            return string.Join("\n", v.Operands.Select((part, i) => Strided(scope, batch, part, v, c.Axis, 0, v.Operands.Take(i).Sum(p => p.Extent.Dims[c.Axis]), part.Extent.Dims[c.Axis])));
        if (v.Data is PadInfo p)
            return $"Moves.Clear({to}, {KernelScope.Times(batch, scope.Plan.Storage.Size(v.Extent))});\n" + Strided(scope, batch, x, v, p.Axis, 0, p.Start, x.Extent.Dims[p.Axis]);
        if (v.Op == Primitive.Reshape)
            return to == from ? "" : $"Moves.Reshape({from}, {Text.Number(x.Extent.Columns)}, {Text.Number(source)}, {to}, {Text.Number(v.Extent.Columns)}, {Text.Number(stride)}, {KernelScope.Times(batch, x.Extent.Dims.Size)});";
        return Broadcast(scope, x, v);
    }

    /// <summary>Small products, one after the other.</summary>
    static string Products(KernelScope scope, Value v)
    {
        Value a = v.Operands[0], b = v.Operands[1];
        var (rank, transposed) = (v.Extent.Dims.Rank, (bool)v.Data!);
        var count = KernelScope.Times(v.Extent.Batched, v.Extent.Dims.Leading(2).Size);
        return $"MatMul<V, {scope.Dialect.Type}>.{(transposed ? "MultiplyEachTransposed" : "MultiplyEach")}(Team, {count}, {Dim(v, rank - 2)}, {Dim(v, rank - 1)}, {Dim(a, transposed ? rank - 2 : rank - 1)}, "
            + $"{scope.Argument(a)}, {Text.Number(scope.RowStride(a))}, {scope.Argument(b)}, {Text.Number(scope.RowStride(b))}, {scope.Argument(v)}, {Text.Number(scope.Stride(v))});";
    }

    /// <summary>Rows of a table, one per integer.</summary>
    static string Rows(KernelScope scope, string move, Value index, Extent indices, Value from, Value to, int table) =>
        $"Moves.{move}({scope.Argument(index)}, {Text.Number(indices.Columns)}, {Text.Number(scope.RowStride(index))}, {KernelScope.Times(indices.Batched, indices.Dims.Size)}, "
        + $"{scope.Argument(from)}, {Text.Number(scope.RowStride(from))}, {scope.Argument(to)}, {Text.Number(scope.Stride(to))}, {Text.Number(table)}, {Text.Number(to.Extent.Columns)});";

    static string Dim(Value v, int axis) => Text.Number(v.Extent.Dims[axis]);

    /// <summary>The elements before and after an axis.</summary>
    static (long Outer, long Inner) Around(Value x, int axis) =>
        (x.Extent.Dims.Dims.Take(axis).Aggregate(1L, (a, d) => a * d), x.Extent.Dims.Dims.Skip(axis + 1).Aggregate(1L, (a, d) => a * d));

    /// <summary>Copies outer × length × inner elements; positions along the axis differ by a start on either side.</summary>
    static string Strided(KernelScope scope, bool batch, Value x, Value v, int axis, int fromStart, int toStart, int length)
    {
        var isLast = axis == x.Extent.Dims.Rank - 1;
        var (outer, inner) = Around(x, axis);
        long Step(Value value) => isLast ? 1 : inner / value.Extent.Columns * scope.RowStride(value);
        long Outer(Value value) => isLast ? scope.RowStride(value) : value.Extent.Dims[axis] * Step(value);
        var run = isLast ? 1 : Step(x);
        return $"Moves.Copy({scope.Argument(x)}.At({Text.Number(fromStart * Step(x))}), {Text.Number(Outer(x))}, "
            + $"{scope.Argument(v)}.At({Text.Number(toStart * Step(v))}), {Text.Number(Outer(v))}, {KernelScope.Times(batch, outer)}, {Text.Number(length * run)});";
    }

    /// <summary>A copy whose dimensions have strides of their own; a repeated dimension has stride 0.</summary>
    static string Broadcast(KernelScope scope, Value x, Value v)
    {
        var axes = ((BroadcastInfo)v.Data!).Axes;
        var rank = v.Extent.Dims.Rank;
        var strides = new long[rank];
        long step = 1;
        for (var i = x.Extent.Dims.Rank - 1; i >= 0; i--)
        {
            strides[axes[i]] = step;
            step = i == x.Extent.Dims.Rank - 1 ? scope.RowStride(x) : step * x.Extent.Dims[i];
        }
        var example = x.Extent.Batched ? scope.Plan.Storage.Size(x.Extent) : 0;
        return $"Moves.Broadcast({scope.Argument(x)}, {Text.Number(example)}, [{string.Join(", ", strides.Select(Text.Number))}], "
            + $"{scope.Argument(v)}, [{string.Join(", ", v.Extent.Dims.Dims.Select(Text.Number))}], {Text.Number(scope.Stride(v))}, {(v.Extent.Batched ? "n" : "1")});";
    }
}
