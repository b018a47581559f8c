using OptDsl.Compiler;

namespace OptDsl.Testing;

/// <summary>
/// The meaning of a graph, written for reading: one value after the other, row-major, the batch first. Products add over k
/// in order with fused multiply-add; sums along the last dimension use 16 lanes and a fixed tree; other sums go in order.
/// </summary>
internal sealed class Interpreter<S>(Graph graph) where S : struct, IScalar<S>
{
    /// <summary>Parameters and slots by name.</summary>
    public Dictionary<string, S[]> State { get; } = [];

    /// <summary>Data by name, row-major.</summary>
    public Dictionary<string, double[]> Data { get; } = [];

    public long Step { get; set; }

    /// <summary>Hyperparameters that are set, by name; others are as declared.</summary>
    public Dictionary<string, double> Hyper { get; } = [];

    /// <summary>The same data and state, for another graph.</summary>
    public Interpreter<S> WithData(Interpreter<S> other)
    {
        foreach (var (name, numbers) in other.Data) Data[name] = numbers;
        foreach (var (name, numbers) in other.State) State[name] = numbers;
        return this;
    }

    /// <summary>The values of these roots for a number of examples.</summary>
    public Dictionary<Value, S[]> Evaluate(int examples, IEnumerable<Value> roots)
    {
        var numbers = new Dictionary<Value, Real64>();
        var values = new Dictionary<Value, S[]>();
        foreach (var v in Graph.Order(roots))
        {
            if (v.IsUniform && S.IsNarrow) values[v] = [S.Create((numbers[v] = Uniform(v, examples, o => numbers[o])).Value)];
            else values[v] = v.IsUniform ? [Uniform(v, examples, o => values[o][0])] : Compute(v, examples, values);
        }
        return values;
    }

    /// <summary>The slots' first values.</summary>
    public void Start()
    {
        var slots = graph.Roots.Stored.Where(s => s.Start is not null).ToList();
        var values = Evaluate(1, slots.Select(s => s.Start!));
        foreach (var slot in slots) State[slot.Name] = values[slot.Start!];
    }

    /// <summary>One update; returns the loss before it.</summary>
    public S Learn(int examples)
    {
        var values = Evaluate(examples, graph.Roots.Stored.Select(s => s.Next).Append(graph.Roots.Loss));
        foreach (var stored in graph.Roots.Stored) State[stored.Name] = values[stored.Next];
        Step++;
        return values[graph.Roots.Loss][0];
    }

    N Uniform<N>(Value v, int examples, Func<Value, N> of) where N : struct, IScalar<N> =>
        v.Op == Primitive.Constant ? N.Create((double)v.Data!)
        : v.Op == Primitive.Step ? N.Create(Step)
        : v.Op == Primitive.Examples ? N.Create(examples)
        : v.Op == Primitive.Hyper ? Hyper.TryGetValue((string)v.Data!, out var set) ? N.Create(set) : of(v.Operands[0])
        : Meanings<N>.Rows[v.Op]([.. v.Operands.Select(of)]);

    S[] Compute(Value v, int examples, Dictionary<Value, S[]> values) => Compute(v, examples, [.. v.Operands.Select(o => values[o])]);

    /// <summary>One operation on operands that are given.</summary>
    public S[] Compute(Value v, int examples, S[][] x)
    {
        if (v.Op.Kind == PrimitiveKind.Elementwise)
        {
            var meaning = Meanings<S>.Rows[v.Op];
            var operands = new S[x.Length];
            return Make(v, examples, i =>
            {
                for (var k = 0; k < x.Length; k++) operands[k] = x[k][i];
                return meaning(operands);
            });
        }
        if (v.Op == Primitive.Parameter || v.Op == Primitive.Slot) return State[(string)v.Data!];
        if (v.Op == Primitive.Input) return [.. Data[(string)v.Data!].Take(Size(v.Extent, examples)).Select(S.Create)];
        if (v.Op == Primitive.Indices || v.Op == Primitive.Row) return Make(v, examples, i => S.Create(i));
        var from = v.Operands[0].Extent;
        return v.Op.Name switch
        {
            "matmul" => MatMul(v, x[0], x[1], examples),
            "batchMatmul" => BatchMatMul(v, x[0], x[1], examples),
            "transpose" => Make(v, examples, i => x[0][i % v.Extent.Columns * from.Columns + i / v.Extent.Columns]),
            "orthonormalize" => Orthonormal<S>.Columns(x[0], from.Columns),
            "reshape" or "stopGradient" => x[0],
            "batchSum" => Make(v, examples, i => Enumerable.Range(0, examples).Aggregate(S.Create(0), (sum, e) => sum + x[0][e * (int)from.Dims.Size + i])),
            "sum" or "max" => Reduce(v, x[0], examples),
            "broadcast" => Make(v, examples, i => x[0][Broadcast(v, i)]),
            "concat" => Joined(v, x, examples),
            "gather" => Make(v, examples, i => Row(x[1][i / v.Extent.Columns]) is var row && row < (uint)from.Dims[0] ? x[0][row * v.Extent.Columns + i % v.Extent.Columns] : S.Create(0)),
            "scatterAdd" => Make(v, examples, i => Enumerable.Range(0, x[0].Length).Where(k => Row(x[0][k]) == i / v.Extent.Columns)
                .Aggregate(S.Create(0), (sum, k) => sum + x[1][k * v.Extent.Columns + i % v.Extent.Columns])),
            "unfold" => Unfolded(v, x[0], examples),
            "fold" => Folded(v, x[0], examples),
            "slice" or "pad" => Moved(v, x[0], examples),
            _ => throw new NotSupportedException(v.ToString()),
        };
    }

    /// <summary>A row of a table; a negative one is beyond every table.</summary>
    static uint Row(S index) => (uint)(int)index.Value;

    static int Size(Extent extent, int examples) => (int)extent.Dims.Size * (extent.Batched ? examples : 1);

    static S[] Make(Value v, int examples, Func<int, S> element)
    {
        var result = new S[Size(v.Extent, examples)];
        for (var i = 0; i < result.Length; i++) result[i] = element(i);
        return result;
    }

    static S[] MatMul(Value v, S[] a, S[] b, int examples)
    {
        var transposed = (bool)v.Data!;
        int n = v.Operands[1].Extent.Columns, m = v.Operands[0].Extent.Columns, k = transposed ? a.Length / m : m;
        return Make(v, examples, i =>
        {
            var sum = S.Create(0);
            for (var j = 0; j < k; j++) sum = S.Fma(a[transposed ? j * m + i / n : i / n * m + j], b[j * n + i % n], sum);
            return sum;
        });
    }

    static S[] BatchMatMul(Value v, S[] a, S[] b, int examples)
    {
        var transposed = (bool)v.Data!;
        var (rank, left) = (v.Extent.Dims.Rank, v.Operands[0].Extent.Dims);
        int m = v.Extent.Dims[rank - 2], n = v.Extent.Columns, k = left[transposed ? rank - 2 : rank - 1];
        return Make(v, examples, i =>
        {
            var (matrix, row, column) = (i / (m * n), i / n % m, i % n);
            var sum = S.Create(0);
            for (var j = 0; j < k; j++) sum = S.Fma(a[matrix * m * k + (transposed ? j * m + row : row * k + j)], b[(matrix * k + j) * n + column], sum);
            return sum;
        });
    }

    static S[] Reduce(Value v, S[] x, int examples)
    {
        var (dims, axis) = (v.Operands[0].Extent.Dims, ((AxisInfo)v.Data!).Axis);
        var size = dims[axis];
        var inner = dims.Dims.Skip(axis + 1).Aggregate(1, (a, d) => a * d);
        return Make(v, examples, i =>
        {
            var start = i / inner * inner * size + i % inner;
            if (axis == dims.Rank - 1) return Tree(x.AsSpan(start, size), v.Op == Primitive.Sum);
            var sum = S.Create(0);
            for (var j = 0; j < size; j++) sum += x[start + j * inner];
            return sum;
        });
    }

    /// <summary>Element i goes to lane i % 16; then lanes j and j + 8, 4, 2, 1.</summary>
    static S Tree(ReadOnlySpan<S> x, bool isSum)
    {
        var lanes = new S[16];
        Array.Fill(lanes, S.Create(isSum ? 0 : double.NegativeInfinity));
        for (var i = 0; i < x.Length; i++) lanes[i % 16] = Joined(lanes[i % 16], x[i]);
        for (var half = 8; half > 0; half /= 2)
            for (var j = 0; j < half; j++) lanes[j] = Joined(lanes[j], lanes[j + half]);
        return lanes[0];

        S Joined(S a, S b) => isSum ? a + b : S.Less(a, b) ? b : a;
    }

    /// <summary>Which element of the operand an element of the result copies.</summary>
    static int Broadcast(Value v, int i)
    {
        var (from, to, axes) = (v.Operands[0].Extent, v.Extent, ((BroadcastInfo)v.Data!).Axes);
        int at = from.Batched ? i / (int)to.Dims.Size * (int)from.Dims.Size : 0, step = 1;
        for (var k = from.Dims.Rank - 1; k >= 0; k--)
        {
            var inner = to.Dims.Dims.Skip(axes[k] + 1).Aggregate(1, (a, d) => a * d);
            at += i / inner % to.Dims[axes[k]] * step;
            step *= from.Dims[k];
        }
        return at;
    }

    static S[] Joined(Value v, S[][] parts, int examples)
    {
        var axis = ((ConcatInfo)v.Data!).Axis;
        var inner = v.Extent.Dims.Dims.Skip(axis + 1).Aggregate(1, (size, d) => size * d);
        int[] sizes = [.. v.Operands.Select(o => o.Extent.Dims[axis])];
        var size = v.Extent.Dims[axis];
        return Make(v, examples, i =>
        {
            var (outer, position, part) = (i / (inner * size), i / inner % size, 0);
            while (position >= sizes[part]) position -= sizes[part++];
            return parts[part][(outer * sizes[part] + position) * inner + i % inner];
        });
    }

    static S[] Unfolded(Value v, S[] x, int examples)
    {
        var w = (WindowInfo)v.Data!;
        var c = v.Operands[0].Extent.Columns;
        return Make(v, examples, i =>
        {
            var (place, cell) = (i / v.Extent.Columns, i % v.Extent.Columns / c);
            var row = place / w.Across % w.Down * w.Stride + cell / w.Width * w.Dilation - w.Top;
            var column = place % w.Across * w.Stride + cell % w.Width * w.Dilation - w.Left;
            if (row < 0 || row >= w.Rows || column < 0 || column >= w.Columns) return S.Create(0);
            return x[((place / (w.Down * w.Across) * w.Rows + row) * w.Columns + column) * c + i % c];
        });
    }

    /// <summary>Each pixel's sum over the places that see it, in order, from the first: a single −0 stays. 0 where none does.</summary>
    static S[] Folded(Value v, S[] x, int examples)
    {
        var w = (WindowInfo)v.Data!;
        var (c, places) = (v.Extent.Columns, w.Down * w.Across);
        return Make(v, examples, i =>
        {
            var (pixel, sum, isSeen) = (i / c, S.Create(-0.0), false);
            for (var place = 0; place < places; place++)
            {
                var (row, column) = (pixel / w.Columns % w.Rows + w.Top - place / w.Across * w.Stride, pixel % w.Columns + w.Left - place % w.Across * w.Stride);
                if (row < 0 || column < 0 || row % w.Dilation > 0 || column % w.Dilation > 0 || row / w.Dilation >= w.Height || column / w.Dilation >= w.Width) continue;
                sum += x[(pixel / (w.Rows * w.Columns) * places + place) * w.Height * w.Width * c + (row / w.Dilation * w.Width + column / w.Dilation) * c + i % c];
                isSeen = true;
            }
            return isSeen ? sum : S.Create(0);
        });
    }

    static S[] Moved(Value v, S[] x, int examples)
    {
        var (from, to) = (v.Operands[0].Extent.Dims, v.Extent.Dims);
        var (axis, shift) = v.Data is SliceInfo slice ? (slice.Axis, slice.Start) : (((PadInfo)v.Data!).Axis, -((PadInfo)v.Data).Start);
        var inner = to.Dims.Skip(axis + 1).Aggregate(1, (a, d) => a * d);
        return Make(v, examples, i =>
        {
            var position = i / inner % to[axis] + shift;
            if (position < 0 || position >= from[axis]) return S.Create(0);
            return x[i / (inner * to[axis]) * inner * from[axis] + position * inner + i % inner];
        });
    }
}
