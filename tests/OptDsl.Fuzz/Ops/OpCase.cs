using OptDsl.Compiler;

namespace OptDsl.Fuzz;

/// <summary>One primitive on operands of these extents: data where batched, parameters where not.</summary>
/// <param name="Op">The primitive.</param>
/// <param name="Name">What it is applied to.</param>
/// <param name="Leaves">The operands.</param>
/// <param name="Of">The graph of it.</param>
sealed record OpCase(Primitive Op, string Name, Extent[] Leaves, Func<GraphBuilder, Value[], Value> Of)
{
    /// <summary>A vector more or less than full, of either precision, at every width.</summary>
    static readonly int[] columns = [1, 3, 15, 16, 17, 33];

    /// <summary>Set through the learner and read in double, which the laws of rules do.</summary>
    public static IReadOnlyList<Primitive> Elsewhere { get; } = [Primitive.Hyper];

    /// <summary>Each elementwise primitive at every extent, so a new one is among them; of structural ones what is listed here.</summary>
    public static IReadOnlyList<OpCase> All { get; } =
    [
        .. Primitive.All.Where(op => op.Kind == PrimitiveKind.Elementwise).SelectMany(op => Extents(0).Select(e => Elementwise(op, e))),
        .. new[] { Primitive.Add, Primitive.Subtract, Primitive.Multiply, Primitive.Divide, Primitive.Larger, Primitive.Smaller, Primitive.Less }.SelectMany(op => Extents(1).SelectMany(e => Copied(op, e))),
        .. Extents(1).SelectMany(e => Axes(e).Select(axis => Of1(Primitive.Sum, $"along {axis}", e, (b, x) => b.Reduce(Primitive.Sum, x, axis)))),
        .. Extents(1).Select(e => Of1(Primitive.Max, "of rows", e, (b, x) => b.Reduce(Primitive.Max, x, e.Dims.Rank - 1))),
        .. Extents(0).Where(e => e.Batched).Select(e => Of1(Primitive.BatchSum, "", e, (b, x) => b.BatchSum(x))),
        .. Pairs().Select(p => Of1(Primitive.Transpose, "", One(p.M, p.N), (b, x) => b.Transpose(x))),
        .. Pairs().Where(p => p.M >= p.N).Select(p => Of1(Primitive.Orthonormalize, "", One(p.M, p.N), (b, x) => b.Orthonormalize(x))),
        .. Pairs().SelectMany(p => Products(p.M, p.N)),
        .. Pairs().SelectMany(p => ManyProducts(p.M, p.N)),
        .. Extents(1).SelectMany(Reshapes),
        .. Extents(1).SelectMany(e => Axes(e).Select(axis => Joined(e, axis))),
        .. columns.SelectMany(Windows),
        .. columns.SelectMany(c => new[] { Each(), Each(3), Each(2, 5) }.SelectMany(i => Rows(c, i))),
        .. Extents(1).SelectMany(e => Axes(e).SelectMany(axis => Slices(e, axis).Concat(Pads(e, axis)))),
        .. columns.SelectMany(Broadcasts),
    ];

    /// <summary>The operand that is of integers, from −1 to a few more than its table has rows.</summary>
    public int? Index { get; init; }

    public override string ToString() => $"{Op.Name} {string.Join(", ", Leaves.Select(l => l.ToString()))} {Name}".TrimEnd();

    static Extent One(params int[] dims) => new(false, new(dims));

    static Extent Each(params int[] dims) => new(true, new(dims));

    static OpCase Of1(Primitive op, string name, Extent x, Func<GraphBuilder, Value, Value> of) => new(op, name, [x], (b, leaves) => of(b, leaves[0]));

    /// <summary>Ranks up to 3, batched or not.</summary>
    static IEnumerable<Extent> Extents(int leastRank) => new[] { false, true }.SelectMany(batched =>
        (leastRank > 0 ? [] : new[] { Array.Empty<int>() }).Concat(columns.SelectMany(c => new int[][] { [c], [2, c], [3, 2, c] })).Select(dims => new Extent(batched, new(dims))));

    static IEnumerable<int> Axes(Extent e) => Enumerable.Range(0, e.Dims.Rank);

    static IEnumerable<(int M, int N)> Pairs() => columns.SelectMany(m => columns.Select(n => (m, n)));

    /// <summary>Truth is no number in memory, so it chooses one; what takes truth gets that of a comparison.</summary>
    static OpCase Elementwise(Primitive op, Extent e)
    {
        if (op == Primitive.Where) return new(op, "", [e, e, e, e], (b, x) => b.Where(b.Elementwise(Primitive.Less, x[0], x[1]), x[2], x[3]));
        if (!op.IsTruth) return new(op, "", [.. Enumerable.Repeat(e, op.Arity)], (b, x) => b.Elementwise(op, x));
        var ofTruth = op == Primitive.And || op == Primitive.Or || op == Primitive.Not;
        return new(op, "", [.. Enumerable.Repeat(e, ofTruth ? op.Arity + 1 : op.Arity)], (b, x) => b.Where(
            b.Elementwise(op, ofTruth ? [.. Enumerable.Range(0, op.Arity).Select(i => b.Elementwise(i == 0 ? Primitive.Less : Primitive.LessEqual, x[i], x[i + 1]))] : x), b.Constant(1, e), b.Constant(0, e)));
    }

    /// <summary>A row, a number and a known number are copied where they are used, on either side.</summary>
    static IEnumerable<OpCase> Copied(Primitive op, Extent e)
    {
        Value Made(GraphBuilder b, Value x, Value y) => op.IsTruth ? b.Where(b.Elementwise(op, x, y), x, y) : b.Elementwise(op, x, y);
        foreach (var from in new[] { One(e.Columns), Extent.Scalar })
        {
            yield return new(op, "copied", [e, from], (b, x) => Made(b, x[0], b.Broadcast(x[1], e)));
            yield return new(op, "copied first", [e, from], (b, x) => Made(b, b.Broadcast(x[1], e), x[0]));
        }
        yield return new(op, "of a third", [e], (b, x) => Made(b, x[0], b.Constant(1.0 / 3, e)));
    }

    /// <summary>A vector or rows of each example, or of none, and the transposed products that add over them.</summary>
    static IEnumerable<OpCase> Products(int m, int n) =>
    [
        .. new[] { Each(m), Each(2, m), One(3, m) }.Select(a => new OpCase(Primitive.MatMul, "", [a, One(m, n)], (b, x) => b.MatMul(x[0], x[1]))),
        .. new[] { (Each(m), Each(n)), (Each(2, m), Each(2, n)), (One(3, m), One(3, n)) }.Select(p => new OpCase(Primitive.MatMul, "transposed", [p.Item1, p.Item2], (b, x) => b.MatMul(x[0], x[1], transposed: true))),
    ];

    static IEnumerable<OpCase> ManyProducts(int m, int n) =>
    [
        .. new[] { (Each(3, m), Each(m, n)), (Each(2, 1, m), Each(2, m, n)), (One(2, 5, m), One(2, m, n)) }.Select(p => new OpCase(Primitive.BatchMatMul, "", [p.Item1, p.Item2], (b, x) => b.BatchMatMul(x[0], x[1]))),
        .. new[] { (Each(3, m), Each(3, n)), (One(2, 2, m), One(2, 2, n)) }.Select(p => new OpCase(Primitive.BatchMatMul, "transposed", [p.Item1, p.Item2], (b, x) => b.BatchMatMul(x[0], x[1], transposed: true))),
    ];

    /// <summary>Rows of a table of so many columns, and rows added to one.</summary>
    static IEnumerable<OpCase> Rows(int c, Extent index)
    {
        Extent rows = new(true, new([.. index.Dims.Dims, c]));
        yield return new(Primitive.Gather, "", [One(6, c), index], (b, x) => b.Gather(x[0], x[1])) { Index = 1 };
        yield return new(Primitive.ScatterAdd, "", [index, rows], (b, x) => b.ScatterAdd(x[0], x[1], 6)) { Index = 0 };
    }

    static OpCase Joined(Extent e, int axis) => new(Primitive.Concat, $"along {axis}", [e, new(e.Batched, e.Dims.With(axis, 2)), new(e.Batched, e.Dims.With(axis, 1))], (b, x) => b.Concat(axis, x));

    /// <summary>Windows of c numbers per pixel: overlapping, apart, with gaps, beyond the edges, and of one cell.</summary>
    static IEnumerable<OpCase> Windows(int c) =>
        new[] { new WindowInfo(4, 5, 3, 2, 1, 1, 0, 0), new(5, 4, 2, 2, 2, 1, 1, 1), new(5, 5, 2, 3, 1, 2, 1, 2), new(1, 6, 1, 3, 3, 1, 0, 0), new(4, 4, 1, 1, 2, 1, 0, 0) }.SelectMany(w => new[] { false, true }.SelectMany(batched => new[]
        {
            Of1(Primitive.Unfold, w.ToString(), new(batched, new(w.Rows, w.Columns, c)), (b, x) => b.Unfold(x, w)),
            Of1(Primitive.Fold, w.ToString(), new(batched, new(w.Down, w.Across, w.Height * w.Width * c)), (b, x) => b.Fold(x, w)),
        }));

    static IEnumerable<OpCase> Reshapes(Extent e) =>
        new int[][] { [(int)e.Dims.Size], [(int)e.Dims.Size, 1], [1, (int)e.Dims.Size], [.. e.Dims.ToArray().Reverse()] }
            .Select(dims => new Shape(dims)).Where(to => !to.Equals(e.Dims)).Distinct().Select(to => Of1(Primitive.Reshape, $"to {to}", e, (b, x) => b.Reshape(x, to)));

    static IEnumerable<OpCase> Slices(Extent e, int axis)
    {
        var size = e.Dims[axis];
        return new[] { (0, (size + 1) / 2), (size / 2, size - size / 2), (size - 1, 1) }.Distinct()
            .Select(s => Of1(Primitive.Slice, $"{s.Item2} from {s.Item1} along {axis}", e, (b, x) => b.Slice(x, new(axis, s.Item1, s.Item2))));
    }

    static IEnumerable<OpCase> Pads(Extent e, int axis)
    {
        var size = e.Dims[axis];
        return new[] { (0, size + 1), (1, size + 1), (2, size + 16) }.Select(p => Of1(Primitive.Pad, $"at {p.Item1} of {p.Item2} along {axis}", e, (b, x) => b.Pad(x, axis, p.Item1, p.Item2)));
    }

    static IEnumerable<OpCase> Broadcasts(int c) => new[]
    {
        (Extent.Scalar, One(c), Array.Empty<int>()), (Extent.Scalar, Each(2, c), []), (Each(), Each(c), []), (Each(), Each(2, c), []), (One(c), Each(c), [0]), (One(c), One(2, c), [1]), (One(c), One(c, 5), [0]),
        (One(c), Each(c, 5), [0]), (One(c), Each(3, 2, c), [2]), (One(c), One(3, c, 2), [1]), (One(2, c), One(2, 5, c), [0, 2]), (One(2, c), Each(2, c), [0, 1]), (One(2, c), Each(3, 2, c), [1, 2]),
        (Each(c), Each(c, 4), [0]), (Each(c), Each(4, c), [1]), (Each(2, c), Each(2, 3, c), [0, 2]), (Each(2, c), Each(2, c, 3), [0, 1]),
        (Each(2, c), Each(c, 2), [1, 0]), (Each(c, 3), Each(3, c), [1, 0]), (One(2, 3, c), One(3, c, 2), [2, 0, 1]), (One(2, c), Each(c, 2), [1, 0]),
    }.Select(t => Of1(Primitive.Broadcast, $"to {t.Item2} at {string.Join(' ', t.Item3)}", t.Item1, (b, x) => b.Broadcast(x, t.Item2, t.Item3)));
}
