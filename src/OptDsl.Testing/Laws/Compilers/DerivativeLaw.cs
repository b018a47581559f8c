using OptDsl.Compiler;

namespace OptDsl.Testing;

/// <summary>
/// The derivative of every primitive alone, in graphs that no declaration makes: fused products, transposed ones, paddings. Against
/// numbers that carry theirs forward; where several answers are possible, against the documented one.
/// </summary>
internal static class DerivativeLaw
{
    sealed record Case(string Name, Func<GraphBuilder, Value[], Value> Of, params Extent[] Leaves)
    {
        /// <summary>The first leaf's numbers and its gradient, where they are not drawn and carried.</summary>
        public (double[] At, double[] Gradient)? Documented { get; init; }
    }

    const int Examples = 3;

    static readonly Extent vector = One(4), matrix = One(3, 5), square = One(4, 4), batch = Each(4), rows = Each(3, 5);

    static readonly IReadOnlyList<Case> cases =
    [
        .. new[] { Primitive.Negate, Primitive.Sqrt, Primitive.Exp, Primitive.Log, Primitive.Tanh, Primitive.Sigmoid, Primitive.Softplus, Primitive.NormalCdf, Primitive.Sin, Primitive.Cos, Primitive.Floor }
            .Select(op => new Case(op.Name, (b, x) => b.Elementwise(op, x[0]), vector)),
        new("abs", (b, x) => b.Elementwise(Primitive.Abs, b.Subtract(x[0], b.Constant(1, vector))), vector),
        .. new[] { Primitive.Add, Primitive.Subtract, Primitive.Multiply, Primitive.Divide }
            .SelectMany(op => new[] { vector, rows }.Select(e => new Case(op.Name + " " + e, (b, x) => b.Elementwise(op, x[0], x[1]), e, e))),
        new("random", (b, x) => b.Multiply(x[0], b.Elementwise(Primitive.Random, x[0], x[1], x[0])), vector, vector),
        new("fma", (b, x) => b.Elementwise(Primitive.Fma, x[0], x[1], x[2]), matrix, matrix, matrix),
        new("where", (b, x) => b.Where(b.Elementwise(Primitive.Less, x[0], x[1]), x[2], x[3]), batch, batch, batch, batch),
        .. new[] { Primitive.Larger, Primitive.Smaller }.Select(op => new Case(op.Name, (b, x) => b.Elementwise(op, x[0], x[1]), rows, rows)),
        new("product", (b, x) => b.MatMul(x[0], x[1]), matrix, One(5, 4)),
        new("product of a square", (b, x) => b.MatMul(x[0], x[1]), square, square),
        new("product per example", (b, x) => b.MatMul(x[0], x[1]), batch, square),
        new("product of rows per example", (b, x) => b.MatMul(x[0], x[1]), rows, One(5, 2)),
        new("transposed product", (b, x) => b.MatMul(x[0], x[1], transposed: true), matrix, One(3, 2)),
        new("transposed product of squares", (b, x) => b.MatMul(x[0], x[1], transposed: true), square, square),
        .. new[] { false, true }.SelectMany(t => new[] { (Each(3, 4), t ? Each(3, 2) : Each(4, 2)), (Each(2, 4, 4), Each(2, 4, 4)), (One(2, 3, 3), One(2, 3, 3)) }
            .Select(c => new Case($"{(t ? "transposed " : "")}products of {c.Item1}", (b, x) => b.BatchMatMul(x[0], x[1], t), c.Item1, c.Item2))),
        .. new[] { (Each(2, 3, 4), new[] { 2, 0, 1 }), (Each(4, 4), [1, 0]), (One(2, 3, 2), [1, 2, 0]), (square, [1, 0]) }
            .Select(c => new Case($"permutation of {c.Item1}", (b, x) => b.Permute(x[0], c.Item2), c.Item1)),
        new("a copy in another order", (b, x) => b.Broadcast(x[0], Each(4, 2, 3), [2, 0]), Each(3, 4)),
        new("transpose", (b, x) => b.Transpose(x[0]), matrix),
        new("transpose of a square", (b, x) => b.Transpose(x[0]), square),
        .. new[] { 0, 1 }.SelectMany(axis => new[] { matrix, rows, square }.Select(e => new Case($"sum {axis} of {e}", (b, x) => b.Reduce(Primitive.Sum, x[0], axis), e))),
        .. new[] { matrix, rows }.Select(e => new Case($"max of {e}", (b, x) => b.Reduce(Primitive.Max, x[0], 1), e)),
        new("sum over the batch", (b, x) => b.BatchSum(x[0]), batch),
        .. new[] { (vector, One(3, 4), new[] { 1 }), (vector, square, [0]), (vector, batch, [0]), (One(3), rows, [0]), (Extent.Scalar, rows, []), (One(2, 3), One(2, 5, 3), [0, 2]), (batch, Each(4, 2), [0]) }
            .Select(c => new Case($"broadcast {c.Item1} to {c.Item2}", (b, x) => b.Broadcast(x[0], c.Item2, c.Item3), c.Item1)),
        .. new[] { matrix, rows }.Select(e => new Case($"reshape {e}", (b, x) => b.Reshape(x[0], new(5, 3)), e)),
        .. new[] { (0, 1, 2), (1, 2, 2), (1, 0, 3), (1, 4, 1) }.Select(c => new Case($"slice {c}", (b, x) => b.Slice(x[0], new(c.Item1, c.Item2, c.Item3)), matrix)),
        .. new[] { (0, 1, 5), (1, 2, 8), (1, 0, 6) }.Select(c => new Case($"pad {c}", (b, x) => b.Pad(x[0], c.Item1, c.Item2, c.Item3), matrix)),
        .. new[] { (matrix, One(2, 5), 0), (rows, Each(3, 2), 1), (batch, batch, 0), (Each(2, 2, 3), Each(2, 1, 3), 1) }
            .Select(c => new Case($"concat {c.Item1}, {c.Item2} and the first again", (b, x) => b.Concat(c.Item3, x[0], x[1], x[0]), c.Item1, c.Item2)),
        .. new[] { new WindowInfo(4, 5, 2, 3, 1, 1, 0, 0), new(4, 5, 3, 3, 2, 1, 1, 1), new(6, 5, 2, 2, 1, 2, 1, 0), new(1, 7, 1, 3, 2, 1, 0, 2) }.SelectMany(w => new[]
        {
            new Case($"unfold {w}", (b, x) => b.Unfold(x[0], w), Each(w.Rows, w.Columns, 2)),
            new Case($"fold {w}", (b, x) => b.Fold(x[0], w), One(w.Down, w.Across, w.Height * w.Width * 2)),
        }),
        new("rows of a table", (b, x) => b.Gather(x[0], b.Leaf(Primitive.Input, "index", Each(3), Element.Integer)), One(4, 2)),
        new("rows added to a table", (b, x) => b.ScatterAdd(b.Leaf(Primitive.Input, "index", Each(3), Element.Integer), x[0], 4), Each(3, 2)),
        new("a value used three times", (b, x) => b.Multiply(x[0], b.Add(x[0], b.Elementwise(Primitive.Tanh, x[0]))), vector),
        new("equal largest elements", (b, x) => b.Reduce(Primitive.Max, x[0], 0), vector) { Documented = ([1, 3, 3, 2], [0, 0.5, 0.5, 0]) },
        new("|0|", (b, x) => b.Reduce(Primitive.Sum, b.Elementwise(Primitive.Abs, x[0]), 0), vector) { Documented = ([0, -0.0, 2, -2], [0, 0, 1, -1]) },
        new("a stopped gradient", (b, x) => b.Reduce(Primitive.Sum, b.Multiply(x[0], b.StopGradient(x[0])), 0), vector) { Documented = ([1, -3, 0.5, 2], [1, -3, 0.5, 2]) },
    ];

    /// <exception cref="MismatchException">A derivative is another one.</exception>
    public static void Check(Func<GraphBuilder, Value, IReadOnlyList<Value>, Value[]> differentiate)
    {
        foreach (var c in cases) Check(c, differentiate);
    }

    static void Check(Case c, Func<GraphBuilder, Value, IReadOnlyList<Value>, Value[]> differentiate)
    {
        var (b, random) = (new GraphBuilder(), new Random(1));
        Value[] leaves = [.. c.Leaves.Select((e, i) => b.Leaf(Primitive.Parameter, "x" + i, new(false, e.Dims)))];
        // An example of its own for each: what all share times what the data brings.
        Value[] x = [.. leaves.Select((l, i) => c.Leaves[i].Batched ? b.Multiply(b.Broadcast(l, c.Leaves[i]), b.Leaf(Primitive.Input, "d" + i, c.Leaves[i])) : l)];
        var y = c.Of(b, x);
        var loss = c.Documented is null ? Weighted(b, y) : y;
        var gradients = differentiate(b, loss, leaves);
        var at = new Interpreter<Dual<DoubleDouble>>(new(new(loss, loss, [], [], [])));
        at.Data["index"] = [2, 0, 2, 3, 4, 0, -1, 2, 1];
        for (var i = 0; i < leaves.Length; i++)
        {
            at.Data["d" + i] = [.. Enumerable.Range(0, Examples * (int)c.Leaves[i].Dims.Size).Select(_ => 0.5 + random.NextDouble())];
            at.State["x" + i] = [.. Enumerable.Range(0, (int)c.Leaves[i].Dims.Size).Select(k => Dual<DoubleDouble>.Create(c.Documented?.At[k] ?? 0.3 + 1.5 * random.NextDouble()))];
        }
        at.State["weights"] = [.. Enumerable.Range(0, (int)y.Extent.Dims.Size).Select(_ => Dual<DoubleDouble>.Create(random.NextDouble() - 0.3))];
        var found = at.Evaluate(Examples, gradients);
        for (var i = 0; i < leaves.Length; i++)
        {
            if (!gradients[i].Extent.Equals(leaves[i].Extent)) throw new MismatchException($"{c.Name}: the gradient of operand {i} is {gradients[i].Extent}");
            var start = at.State["x" + i];
            for (var k = 0; k < start.Length; k++)
            {
                at.State["x" + i] = [.. start.Select((n, j) => j == k ? n with { Slope = DoubleDouble.Create(1) } : n)];
                var wanted = c.Documented?.Gradient[k] ?? at.Evaluate(Examples, [loss])[loss][0].Slope.Value;
                var number = found[gradients[i]][k].Number.Value;
                if (!(Math.Abs(number - wanted) <= 1e-13 * (1 + Math.Abs(wanted)))) throw new MismatchException($"{c.Name}: the gradient of operand {i} is {number} at {k}, should be {wanted}");
            }
            at.State["x" + i] = start;
        }
    }

    /// <summary>A weight of its own for each element, so that no two gradients are alike.</summary>
    static Value Weighted(GraphBuilder b, Value y)
    {
        var sum = b.Multiply(y, b.Broadcast(b.Leaf(Primitive.Parameter, "weights", new(false, y.Extent.Dims)), y.Extent));
        if (sum.Extent.Batched) sum = b.BatchSum(sum);
        while (sum.Extent.Dims.Rank > 0) sum = b.Reduce(Primitive.Sum, sum, 0);
        return sum;
    }

    static Extent One(params int[] dims) => new(false, new(dims));

    static Extent Each(params int[] dims) => new(true, new(dims));
}
