using OptDsl.Compiler;
using OptDsl.Testing;

namespace OptDsl.Fuzz;

/// <summary>Wrong derivatives: a row of the table replaced, or the sum over a value's uses.</summary>
static class DerivativeMutants
{
    const string Area = "derivatives";

    /// <summary>From the right gradients of the operands to wrong ones.</summary>
    delegate Value?[] Spoiled(GraphBuilder b, Value?[] right, Value g, IReadOnlyList<Value> x, Value y);

    public static IReadOnlyList<Mutant> All { get; } =
    [
        Row("negate keeps the sign", Primitive.Negate, (b, g, x, y) => [g]),
        Row("sqrt without the half", Primitive.Sqrt, (b, g, x, y) => [b.Divide(g, y)]),
        Row("sqrt times the root", Primitive.Sqrt, (b, g, x, y) => [b.Multiply(Half(b, g), y)]),
        Row("sqrt over the operand", Primitive.Sqrt, (b, g, x, y) => [b.Divide(Half(b, g), x[0])]),
        Row("exp is 1", Primitive.Exp, (b, g, x, y) => [g]),
        Row("exp is the operand", Primitive.Exp, (b, g, x, y) => [b.Multiply(g, x[0])]),
        Row("log times the operand", Primitive.Log, (b, g, x, y) => [b.Multiply(g, x[0])]),
        Row("log over the result", Primitive.Log, (b, g, x, y) => [b.Divide(g, y)]),
        Row("tanh is 1 + y²", Primitive.Tanh, (b, g, x, y) => [b.Multiply(g, b.Add(One(b, g), b.Multiply(y, y)))]),
        Row("tanh is 1 − y", Primitive.Tanh, (b, g, x, y) => [b.Multiply(g, b.Subtract(One(b, g), y))]),
        Row("tanh is 1 − x²", Primitive.Tanh, (b, g, x, y) => [b.Multiply(g, b.Subtract(One(b, g), b.Multiply(x[0], x[0])))]),
        Row("tanh is y² − 1", Primitive.Tanh, (b, g, x, y) => [b.Multiply(g, b.Subtract(b.Multiply(y, y), One(b, g)))]),
        Row("sigmoid is y", Primitive.Sigmoid, (b, g, x, y) => [b.Multiply(g, y)]),
        Row("sigmoid is 1 − y", Primitive.Sigmoid, (b, g, x, y) => [b.Multiply(g, b.Subtract(One(b, g), y))]),
        Row("sigmoid is y(1 + y)", Primitive.Sigmoid, (b, g, x, y) => [b.Multiply(g, b.Multiply(y, b.Add(One(b, g), y)))]),
        Row("sigmoid is x(1 − x)", Primitive.Sigmoid, (b, g, x, y) => [b.Multiply(g, b.Multiply(x[0], b.Subtract(One(b, g), x[0])))]),
        Row("softplus is sigmoid of the result", Primitive.Softplus, (b, g, x, y) => [b.Multiply(g, b.Elementwise(Primitive.Sigmoid, y))]),
        Row("softplus is sigmoid of −x", Primitive.Softplus, (b, g, x, y) => [b.Multiply(g, b.Elementwise(Primitive.Sigmoid, b.Negate(x[0])))]),
        Row("softplus is a step", Primitive.Softplus, (b, g, x, y) => [b.Where(b.Elementwise(Primitive.Less, Zero(b, g), x[0]), g, Zero(b, g))]),
        Row("normalCdf is e^(−x²)", Primitive.NormalCdf, (b, g, x, y) => [b.Multiply(g, b.Elementwise(Primitive.Exp, b.Negate(b.Multiply(x[0], x[0]))))]),
        Row("normalCdf is y(1 − y)", Primitive.NormalCdf, (b, g, x, y) => [b.Multiply(g, b.Multiply(y, b.Subtract(One(b, g), y)))]),
        Row("sin is −cos", Primitive.Sin, (b, g, x, y) => [b.Negate(b.Multiply(g, b.Elementwise(Primitive.Cos, x[0])))]),
        Row("sin is cos of the result", Primitive.Sin, (b, g, x, y) => [b.Multiply(g, b.Elementwise(Primitive.Cos, y))]),
        Row("cos is sin", Primitive.Cos, (b, g, x, y) => [b.Multiply(g, b.Elementwise(Primitive.Sin, x[0]))]),
        Row("cos is −cos", Primitive.Cos, (b, g, x, y) => [b.Negate(b.Multiply(g, y))]),
        Row("abs is 1 at 0", Primitive.Abs, (b, g, x, y) => [b.Where(b.Elementwise(Primitive.LessEqual, Zero(b, g), x[0]), g, b.Negate(g))]),
        Row("abs is −1 at 0", Primitive.Abs, (b, g, x, y) => [b.Where(b.Elementwise(Primitive.Less, Zero(b, g), x[0]), g, b.Negate(g))]),
        Row("abs is 1 on both sides", Primitive.Abs, (b, g, x, y) => [g]),
        Row("floor passes the gradient", Primitive.Floor, (b, g, x, y) => [g]),
        Row("random passes the gradient to its key", Primitive.Random, (b, g, x, y) => [g, null, null]),
        Row("random passes the gradient to its row", Primitive.Random, (b, g, x, y) => [null, g, null]),
        Row("add forgets the second operand", Primitive.Add, (b, g, x, y) => [g, null]),
        Row("add negates the second", Primitive.Add, (b, g, x, y) => [g, b.Negate(g)]),
        Row("subtract adds", Primitive.Subtract, (b, g, x, y) => [g, g]),
        Row("subtract the other way round", Primitive.Subtract, (b, g, x, y) => [b.Negate(g), g]),
        Row("multiply by the operand itself", Primitive.Multiply, (b, g, x, y) => [b.Multiply(g, x[0]), b.Multiply(g, x[1])]),
        Row("multiply forgets the second operand", Primitive.Multiply, (b, g, x, y) => [b.Multiply(g, x[1]), null]),
        Row("multiply by the product", Primitive.Multiply, (b, g, x, y) => [b.Multiply(g, y), b.Multiply(g, y)]),
        Row("divide: sign of the second operand", Primitive.Divide, (b, g, x, y) => [b.Divide(g, x[1]), b.Divide(b.Multiply(g, y), x[1])]),
        Row("divide: the second divided once", Primitive.Divide, (b, g, x, y) => [b.Divide(g, x[1]), b.Negate(b.Multiply(g, y))]),
        Row("divide: the second by the first", Primitive.Divide, (b, g, x, y) => [b.Divide(g, x[1]), b.Negate(b.Divide(b.Multiply(g, y), x[0]))]),
        Row("divide: the first multiplied", Primitive.Divide, (b, g, x, y) => [b.Multiply(g, x[1]), b.Negate(b.Divide(b.Multiply(g, y), x[1]))]),
        Row("fma forgets the summand", Primitive.Fma, (b, g, x, y) => [b.Multiply(g, x[1]), b.Multiply(g, x[0]), null]),
        Row("fma by the factor itself", Primitive.Fma, (b, g, x, y) => [b.Multiply(g, x[0]), b.Multiply(g, x[1]), g]),
        Row("where passes to the other branch", Primitive.Where, (b, g, x, y) => [null, b.Where(x[0], Zero(b, g), g), b.Where(x[0], g, Zero(b, g))]),
        Row("where passes to both branches", Primitive.Where, (b, g, x, y) => [null, g, g]),
        Row("where forgets the second branch", Primitive.Where, (b, g, x, y) => [null, b.Where(x[0], g, Zero(b, g)), null]),
        Row("relu passes on its dead side", Primitive.Where, (b, g, x, y) => x[1].Constant is 0 ? [null, Zero(b, g), b.Where(x[0], g, Zero(b, g))] : Derivatives.Rows[Primitive.Where](b, g, x, y)),
        Row("relu passes half at 0", Primitive.Where, (b, g, x, y) => x[1].Constant is 0
            ? [null, Zero(b, g), b.Where(x[0], b.Where(b.Elementwise(Primitive.Equal, x[2], Zero(b, g)), Half(b, g), Zero(b, g)), g)] : Derivatives.Rows[Primitive.Where](b, g, x, y)),
        After("matmul: the right operand is not transposed", Primitive.MatMul, (b, right, g, x, y) => [!(bool)y.Data! && IsSquare(x[1]) ? b.MatMul(g, x[1]) : right[0], right[1]]),
        After("matmul: the weights' gradient is transposed", Primitive.MatMul, (b, right, g, x, y) => [right[0], right[1] is { } w && IsSquare(w) && !w.Extent.Batched ? b.Transpose(w) : right[1]]),
        After("matmul forgets what flows on", Primitive.MatMul, (b, right, g, x, y) => [null, right[1]]),
        After("matmul: the weights' gradient is the mean over the examples once more", Primitive.MatMul, (b, right, g, x, y) =>
            [right[0], x[0].Extent.Batched && !right[1]!.Extent.Batched ? b.Divide(right[1]!, b.Broadcast(b.Leaf(Primitive.Examples, null, Extent.Scalar), right[1]!.Extent)) : right[1]]),
        After("transposed matmul: the left operand's gradient is not transposed", Primitive.MatMul, (b, right, g, x, y) => [(bool)y.Data! && IsSquare(g) ? b.MatMul(x[1], g) : right[0], right[1]]),
        After("transposed matmul: the right operand gets the left one's", Primitive.MatMul, (b, right, g, x, y) => [right[0], (bool)y.Data! && IsSquare(x[0]) ? b.MatMul(x[1], g) : right[1]]),
        After("products: a right operand is not transposed", Primitive.BatchMatMul, (b, right, g, x, y) => [!(bool)y.Data! && IsSquares(x[1]) ? b.BatchMatMul(g, x[1]) : right[0], right[1]]),
        After("products: the right operands' gradient is not transposed", Primitive.BatchMatMul, (b, right, g, x, y) => [right[0], !(bool)y.Data! && IsSquares(x[0]) ? b.BatchMatMul(x[0], g) : right[1]]),
        After("products forget the left operands", Primitive.BatchMatMul, (b, right, g, x, y) => [null, right[1]]),
        After("products forget the right operands", Primitive.BatchMatMul, (b, right, g, x, y) => [right[0], null]),
        After("transposed products: the left operands' gradient is not transposed", Primitive.BatchMatMul, (b, right, g, x, y) => [(bool)y.Data! && IsSquares(g) ? b.BatchMatMul(x[1], g) : right[0], right[1]]),
        After("a permutation is not undone", Primitive.Broadcast, (b, right, g, x, y) => [IsPermuted(y) && g.Extent.Equals(x[0].Extent) ? g : right[0]]),
        After("a join gives both parts the first one's", Primitive.Concat, (b, right, g, x, y) => [right[0], right[0]!.Extent.Equals(x[1].Extent) ? right[0] : right[1], .. right.Skip(2)]),
        After("a join gives the second part nothing", Primitive.Concat, (b, right, g, x, y) => [right[0], null, .. right.Skip(2)]),
        After("rows of a table forget the table", Primitive.Gather, (b, right, g, x, y) => [null, null]),
        After("rows of a table: the gradient is the mean", Primitive.Gather, (b, right, g, x, y) => [b.Divide(right[0]!, b.Broadcast(b.Leaf(Primitive.Examples, null, Extent.Scalar), right[0]!.Extent)), null]),
        After("transpose is not undone", Primitive.Transpose, (b, right, g, x, y) => [IsSquare(g) ? g : right[0]]),
        After("sum spreads the mean", Primitive.Sum, (b, right, g, x, y) => [b.Multiply(b.Constant(1.0 / x[0].Extent.Dims[((AxisInfo)y.Data!).Axis], x[0].Extent), right[0]!)]),
        After("sum reaches all but the last", Primitive.Sum, (b, right, g, x, y) => [WithoutLast(b, right[0]!)]),
        Row("max gives all ties the whole gradient", Primitive.Max, (b, g, x, y) => [b.Where(Largest(b, x[0], y), Spread(b, g, x[0], y), Zero(b, x[0]))]),
        Row("max gives every element its gradient", Primitive.Max, (b, g, x, y) => [Spread(b, g, x[0], y)]),
        Row("max shares by the row's length", Primitive.Max, (b, g, x, y) => [b.Where(Largest(b, x[0], y), b.Multiply(b.Constant(1.0 / x[0].Extent.Columns, x[0].Extent), Spread(b, g, x[0], y)), Zero(b, x[0]))]),
        Row("max has no gradient", Primitive.Max, (b, g, x, y) => [null]),
        After("a sum over the batch spreads the mean", Primitive.BatchSum, (b, right, g, x, y) => [b.Divide(right[0]!, b.Broadcast(b.Leaf(Primitive.Examples, null, Extent.Scalar), right[0]!.Extent))]),
        After("a copy's gradient is the mean over the batch", Primitive.Broadcast, (b, right, g, x, y) =>
            [g.Extent.Batched && !x[0].Extent.Batched ? b.Divide(right[0]!, b.Broadcast(b.Leaf(Primitive.Examples, null, Extent.Scalar), right[0]!.Extent)) : right[0]]),
        After("a copy's gradient is the first copy's", Primitive.Broadcast, (b, right, g, x, y) => [FirstCopy(b, g, x[0], y) ?? right[0]]),
        After("a copy's gradient is the mean over the copies", Primitive.Broadcast, (b, right, g, x, y) => [b.Multiply(b.Constant((double)x[0].Extent.Dims.Size / g.Extent.Dims.Size, right[0]!.Extent), right[0]!)]),
        After("reshape reads the gradient by columns", Primitive.Reshape, (b, right, g, x, y) =>
            [!g.Extent.Batched && x[0].Extent.Dims.Rank == 2 ? b.Transpose(b.Reshape(g, new(x[0].Extent.Dims[1], x[0].Extent.Dims[0]))) : right[0]]),
        Row("slice puts its gradient at the start", Primitive.Slice, (b, g, x, y) => y.Data is SliceInfo s ? [b.Pad(g, s.Axis, 0, x[0].Extent.Dims[s.Axis])] : [null]),
        Row("slice puts its gradient one further", Primitive.Slice, (b, g, x, y) => y.Data is SliceInfo s ? [b.Pad(g, s.Axis, Math.Min(s.Start + 1, x[0].Extent.Dims[s.Axis] - s.Length), x[0].Extent.Dims[s.Axis])] : [null]),
        Row("pad takes its gradient from the start", Primitive.Pad, (b, g, x, y) => y.Data is PadInfo p ? [b.Slice(g, new(p.Axis, 0, x[0].Extent.Dims[p.Axis]))] : [null]),
        Window("one pixel higher", w => w with { Top = w.Top + 1 }),
        Window("one pixel to the right", w => w with { Left = w.Left - 1 }),
        Window("without its stride", w => w with { Stride = 1 }),
        Window("without its dilation", w => w with { Dilation = 1 }),
        Row("unfold forgets the last cell", Primitive.Unfold, (b, g, x, y) => [b.Fold(WithoutLast(b, g, x[0].Extent.Columns), (WindowInfo)y.Data!)]),
        Row("unfold gives each pixel the mean", Primitive.Unfold, (b, g, x, y) => [b.Fold(b.Divide(g, b.Constant(((WindowInfo)y.Data!).Height * ((WindowInfo)y.Data!).Width, g.Extent)), (WindowInfo)y.Data!)]),
        Row("fold one pixel lower", Primitive.Fold, (b, g, x, y) => [b.Unfold(g, (WindowInfo)y.Data! with { Top = ((WindowInfo)y.Data!).Top - 1 })]),
        Row("fold forgets the last cell", Primitive.Fold, (b, g, x, y) => [WithoutLast(b, b.Unfold(g, (WindowInfo)y.Data!), g.Extent.Columns)]),
        Row("fold passes no gradient", Primitive.Fold, (b, g, x, y) => [null]),
        Gradients("all gradients are off by 1e-4 of themselves", (b, g, i) => b.Multiply(b.Constant(1.0001, g.Extent), g)),
        Gradients("all gradients are off by 1e-9 of themselves", (b, g, i) => b.Multiply(b.Constant(1 + 1e-9, g.Extent), g)),
        Gradients("1e-5 is added to all gradients", (b, g, i) => b.Add(g, b.Constant(1e-5, g.Extent))),
        Gradients("all gradients are negated", (b, g, i) => b.Negate(g)),
        Gradients("the last element is dropped", (b, g, i) => WithoutLast(b, g)),
        Gradients("the first parameter's gradient is zero", (b, g, i) => i == 0 ? b.Constant(0, g.Extent) : g),
        Gradients("vectors have no gradient", (b, g, i) => g.Extent.Dims.Rank == 1 ? b.Constant(0, g.Extent) : g),
        Gradients("square gradients are transposed", (b, g, i) => IsSquare(g) ? b.Transpose(g) : g),
        Whole("two parameters have each other's gradient", right => [.. right.Select((g, i) => right.Where((o, k) => k != i && o.Extent.Equals(g.Extent)).FirstOrDefault(g))]),
        Reverse("a value used twice keeps the last gradient", (b, sum, part) => part),
        Reverse("a value used twice keeps the first gradient", (b, sum, part) => sum),
        Reverse("a value used twice has the difference", (b, sum, part) => b.Subtract(sum, part)),
        Reverse("a value used twice has the mean", (b, sum, part) => b.Multiply(b.Constant(0.5, sum.Extent), b.Add(sum, part))),
        Reverse("the loss's own gradient is 2", (b, sum, part) => b.Add(sum, part), seed: 2),
        Reverse("what counts as constant is differentiated", (b, sum, part) => b.Add(sum, part), stops: false),
    ];

    static CompilerMutant Row(string name, Primitive op, Derivatives.Row row)
    {
        var rows = Derivatives.Rows.ToDictionary(r => r.Key, r => r.Key == op ? row : r.Value);
        return Make(name, (b, loss, leaves) => Differentiate.Run(b, loss, leaves, rows));
    }

    /// <summary>The gradient comes back through another window, which has as many places.</summary>
    static CompilerMutant Window(string name, Func<WindowInfo, WindowInfo> spoil) => Row("unfold " + name, Primitive.Unfold, (b, g, x, y) => [b.Fold(g, spoil((WindowInfo)y.Data!))]);

    static CompilerMutant After(string name, Primitive op, Spoiled spoil) => Row(name, op, (b, g, x, y) => spoil(b, Derivatives.Rows[op](b, g, x, y), g, x, y));

    static CompilerMutant Gradients(string name, Func<GraphBuilder, Value, int, Value> spoil) =>
        Make(name, (b, loss, leaves) => [.. Differentiate.Run(b, loss, leaves).Select((g, i) => spoil(b, g, i))]);

    static CompilerMutant Whole(string name, Func<Value[], Value[]> spoil) => Make(name, (b, loss, leaves) => spoil(Differentiate.Run(b, loss, leaves)));

    /// <summary>Reverse mode again, with another sum over the uses of a value.</summary>
    static CompilerMutant Reverse(string name, Func<GraphBuilder, Value, Value, Value> join, double seed = 1, bool stops = true) => Make(name, (b, loss, leaves) =>
    {
        var order = Graph.Order([loss]);
        var needed = new HashSet<Value>(leaves);
        foreach (var v in order)
            if (!(stops && v.Op == Primitive.StopGradient) && v.Element == Element.Real && v.Operands.Any(needed.Contains)) needed.Add(v);
        var gradients = new Dictionary<Value, Value> { [loss] = b.Constant(seed) };
        foreach (var y in order.Reverse().Where(y => y.Op.Kind != PrimitiveKind.Leaf && needed.Contains(y)))
        {
            if (!gradients.TryGetValue(y, out var g)) continue;
            var parts = y.Op == Primitive.StopGradient ? [g] : Derivatives.Rows[y.Op](b, g, y.Operands, y);
            for (var k = 0; k < parts.Length; k++)
                if (parts[k] is { } part && needed.Contains(y.Operands[k])) gradients[y.Operands[k]] = gradients.TryGetValue(y.Operands[k], out var sum) ? join(b, sum, part) : part;
        }
        return [.. leaves.Select(l => gradients.GetValueOrDefault(l) ?? b.Constant(0, l.Extent))];
    });

    static CompilerMutant Make(string name, Func<GraphBuilder, Value, IReadOnlyList<Value>, Value[]> differentiate) => new(Area, name, Pipeline.Right with { Differentiate = differentiate });

    static Value Zero(GraphBuilder b, Value like) => b.Constant(0, like.Extent);

    static Value One(GraphBuilder b, Value like) => b.Constant(1, like.Extent);

    static Value Half(GraphBuilder b, Value g) => b.Multiply(b.Constant(0.5, g.Extent), g);

    static bool IsSquare(Value x) => !x.Extent.Batched && x.Extent.Dims.Rank == 2 && x.Extent.Dims[0] == x.Extent.Dims[1];

    static Value Largest(GraphBuilder b, Value x, Value y) => b.Elementwise(Primitive.Equal, x, Spread(b, y, x, y));

    /// <summary>A reduction's result beside each of its operand's elements.</summary>
    static Value Spread(GraphBuilder b, Value g, Value x, Value y) =>
        b.Broadcast(g, x.Extent, [.. Enumerable.Range(0, x.Extent.Dims.Rank).Where(i => i != ((AxisInfo)y.Data!).Axis)]);

    static bool IsSquares(Value x) => x.Extent.Dims.Rank >= 2 && x.Extent.Dims[x.Extent.Dims.Rank - 2] == x.Extent.Columns;

    static bool IsPermuted(Value copy) => !((BroadcastInfo)copy.Data!).Axes.SequenceEqual(((BroadcastInfo)copy.Data).Axes.Order());

    static Value WithoutLast(GraphBuilder b, Value g, int count = 1)
    {
        var axis = g.Extent.Dims.Rank - 1;
        if (axis < 0 || g.Extent.Dims[axis] == count) return g;
        return b.Pad(b.Slice(g, new(axis, 0, g.Extent.Dims[axis] - count)), axis, 0, g.Extent.Dims[axis]);
    }

    /// <summary>The gradient of the first of the copies along a dimension; null where there is none.</summary>
    static Value? FirstCopy(GraphBuilder b, Value g, Value x, Value y)
    {
        var axes = ((BroadcastInfo)y.Data!).Axes;
        if (g.Extent.Batched != x.Extent.Batched || axes.Count == g.Extent.Dims.Rank) return null;
        for (var axis = 0; axis < y.Extent.Dims.Rank; axis++)
            if (!axes.Contains(axis)) g = b.Slice(g, new(axis, 0, 1));
        return b.Reshape(g, x.Extent.Dims);
    }
}
