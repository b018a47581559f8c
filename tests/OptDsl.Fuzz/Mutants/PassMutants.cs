using OptDsl.Compiler;
using OptDsl.Testing;

namespace OptDsl.Fuzz;

/// <summary>Wrong algebra: a rewrite too many before the passes, between them, or after.</summary>
static class PassMutants
{
    const string Area = "passes";

    public static IReadOnlyList<Mutant> All { get; } =
    [
        Before("x − 0 is 0 − x", Primitive.Subtract, (b, v, x) => x[1].Constant is 0 ? b.Subtract(x[1], x[0]) : null),
        Before("0 − x is x", Primitive.Subtract, (b, v, x) => x[0].Constant is 0 ? x[1] : null),
        Before("x + 0 is 0", Primitive.Add, (b, v, x) => x[1].Constant is 0 ? x[1] : x[0].Constant is 0 ? x[0] : null),
        Before("1·x is 1", Primitive.Multiply, (b, v, x) => x[0].Constant is 1 ? x[0] : x[1].Constant is 1 ? x[1] : null),
        Before("x / 1 is 1 / x", Primitive.Divide, (b, v, x) => x[1].Constant is 1 ? b.Divide(x[1], x[0]) : null),
        Before("−(−x) is −x", Primitive.Negate, (b, v, x) => x[0].Op == Primitive.Negate ? x[0] : null),
        Before("not is dropped", Primitive.Not, (b, v, x) => x[0]),
        Before("the branches of a negated choice stay", Primitive.Where, (b, v, x) => x[0].Op == Primitive.Not ? b.Where(x[0].Operands[0], x[1], x[2]) : null),
        Before("the branches of every choice are swapped", Primitive.Where, (b, v, x) => b.Where(x[0], x[2], x[1])),
        Before("a known test takes the other branch", Primitive.Where, (b, v, x) => x[0].Operands.Count == 2 && x[0].Operands.All(o => o.Constant is not null) ? x[2] : null),
        Before("a + (−b) is a + b", Primitive.Add, (b, v, x) => x[1].Op == Primitive.Negate ? b.Add(x[0], x[1].Operands[0]) : null),
        Before("(−a) + b is a − b", Primitive.Add, (b, v, x) => x[0].Op == Primitive.Negate ? b.Subtract(x[0].Operands[0], x[1]) : null),
        Before("a − (−b) is a − b", Primitive.Subtract, (b, v, x) => x[1].Op == Primitive.Negate ? b.Subtract(x[0], x[1].Operands[0]) : null),
        Before("(−a)·b is a·b", Primitive.Multiply, (b, v, x) => x[0].Op == Primitive.Negate ? b.Multiply(x[0].Operands[0], x[1]) : null),
        Before("(−a) / b is a / b", Primitive.Divide, (b, v, x) => x[0].Op == Primitive.Negate ? b.Divide(x[0].Operands[0], x[1]) : null),
        Before("the reciprocal of the wrong operand", Primitive.Divide, (b, v, x) => x[1].Uniform is not null ? b.Multiply(x[1], b.Divide(b.Constant(1, v.Extent), x[0])) : null),
        Before("a uniform factor is lost", Primitive.Multiply, (b, v, x) => x[0].Uniform is not null && x[1].Uniform is null ? x[1] : null),
        Before("nested uniform factors add up", Primitive.Multiply, (b, v, x) => x[0].Uniform is not null && x[1].Op == Primitive.Multiply && x[1].Operands[0].Uniform is not null ? b.Multiply(b.Add(x[0], x[1].Operands[0]), x[1].Operands[1]) : null),
        Before("numbers subtract the other way round", Primitive.Subtract, (b, v, x) => x.All(o => o.Uniform is not null) && x.Any(o => o.Constant is not null) ? b.Subtract(x[1], x[0]) : null),
        Before("numbers divide the other way round", Primitive.Divide, (b, v, x) => x.All(o => o.Uniform is not null) ? b.Divide(x[1], x[0]) : null),
        Before("the mean divides by the largest batch", Primitive.Examples, (b, v, x) => b.Constant(16)),
        Before("the mean divides by one example too many", Primitive.Examples, (b, v, x) => b.Add(b.Leaf(Primitive.Examples, null, Extent.Scalar), b.Constant(1))),
        Before("the step is one ahead", Primitive.Step, (b, v, x) => b.Add(b.Leaf(Primitive.Step, null, Extent.Scalar), b.Constant(1))),
        Before("a sum over the batch of copies is one copy", Primitive.BatchSum, (b, v, x) => Copied(b, x[0], v.Extent)),
        Before("a sum of copies is one copy", Primitive.Sum, (b, v, x) => Copied(b, x[0], v.Extent)),
        Before("a sum of copies counts one too many", Primitive.Sum, (b, v, x) => Copied(b, x[0], v.Extent) is { } copy ? b.Multiply(b.Constant(x[0].Extent.Dims[((AxisInfo)v.Data!).Axis] + 1, v.Extent), copy) : null),
        Before("a sum runs along the other dimension", Primitive.Sum, (b, v, x) => IsSquare(x[0]) ? b.Reduce(Primitive.Sum, x[0], 1 - ((AxisInfo)v.Data!).Axis) : null),
        Before("a maximum is a sum", Primitive.Max, (b, v, x) => b.Reduce(Primitive.Sum, x[0], ((AxisInfo)v.Data!).Axis)),
        Before("a vector is copied along the other dimension", Primitive.Broadcast, (b, v, x) => x[0].Extent.Dims.Rank == 1 && v.Extent.Dims.Rank == 2 && v.Extent.Dims[0] == v.Extent.Dims[1] ? b.Broadcast(x[0], v.Extent, [1 - ((BroadcastInfo)v.Data!).Axes[0]]) : null),
        Before("a square's transpose is dropped", Primitive.Transpose, (b, v, x) => IsSquare(x[0]) ? x[0] : null),
        Before("a product's factors are exchanged", Primitive.MatMul, (b, v, x) => !(bool)v.Data! && IsSquare(x[0]) && IsSquare(x[1]) ? b.MatMul(x[1], x[0]) : (bool)v.Data! && x[0].Extent.Equals(x[1].Extent) ? b.MatMul(x[1], x[0], transposed: true) : null),
        Before("a slice begins one earlier", Primitive.Slice, (b, v, x) => v.Data is SliceInfo { Start: > 0 } s ? b.Slice(x[0], s with { Start = s.Start - 1 }) : null),
        Before("a padding begins at 0", Primitive.Pad, (b, v, x) => v.Data is PadInfo p ? b.Pad(x[0], p.Axis, 0, v.Extent.Dims[p.Axis]) : null),
        Before("≤ is <", Primitive.LessEqual, (b, v, x) => b.Elementwise(Primitive.Less, x)),
        Before("< is ≤", Primitive.Less, (b, v, x) => b.Elementwise(Primitive.LessEqual, x)),
        Before("= is ≤", Primitive.Equal, (b, v, x) => b.Elementwise(Primitive.LessEqual, x)),
        Before("and is or", Primitive.And, (b, v, x) => b.Elementwise(Primitive.Or, x)),
        Before("or is and", Primitive.Or, (b, v, x) => b.Elementwise(Primitive.And, x)),
        Before("what counts as constant is nothing", Primitive.StopGradient, (b, v, x) => b.Constant(0, v.Extent)),
        After("numbers are rounded to float", Primitive.Constant, (b, v, x) => b.Constant((float)(double)v.Data!)),
        After("a fused product subtracts", Primitive.Fma, (b, v, x) => b.Elementwise(Primitive.Fma, x[0], x[1], b.Negate(x[2]))),
        After("a fused product has the other sign", Primitive.Fma, (b, v, x) => b.Elementwise(Primitive.Fma, b.Negate(x[0]), x[1], x[2])),
        After("a fused product takes the summand as factor", Primitive.Fma, (b, v, x) => b.Elementwise(Primitive.Fma, x[0], x[2], x[1])),
        After("a fused product forgets the summand", Primitive.Fma, (b, v, x) => b.Multiply(x[0], x[1])),
        After("a pool sees its first pixel alone", Primitive.Unfold, (b, v, x) => Picks.IsPick(v) && v.Data is WindowInfo w ? b.Unfold(x[0], w with { Top = 0, Left = 0 }) : null),
        After("the cells of a scatter are in another order", Primitive.Fold, (b, v, x) => Picks.IsScatter(v) && x[0].Data is ConcatInfo ? b.Fold(b.Concat(2, [.. x[0].Operands.Reverse()]), (WindowInfo)v.Data!) : null),
        After("the larger of two is the smaller", Primitive.Larger, (b, v, x) => b.Elementwise(Primitive.Smaller, x)),
        After("the smaller of two is the larger", Primitive.Smaller, (b, v, x) => b.Elementwise(Primitive.Larger, x)),
        After("the larger of two is the second", Primitive.Larger, (b, v, x) => x[1]),
        After("the smaller of two is the first", Primitive.Smaller, (b, v, x) => x[0]),
        After("the larger of two loses NaN", Primitive.Where, (b, v, x) => x[0].Op == Primitive.Equal && x[1].Op == Primitive.Larger ? x[1] : null),
        After("the smaller of two loses NaN", Primitive.Where, (b, v, x) => x[0].Op == Primitive.Equal && x[1].Op == Primitive.Smaller ? x[1] : null),
        After("beside a constant the larger of two loses NaN", Primitive.Larger, (b, v, x) => v.Operands[1].Constant is not null ? b.Elementwise(Primitive.Larger, x[1], x[0]) : null),
        After("beside a constant the smaller of two loses NaN", Primitive.Smaller, (b, v, x) => v.Operands[1].Constant is not null ? b.Elementwise(Primitive.Smaller, x[1], x[0]) : null),
        At(1, "the contracted factor keeps its sign", Primitive.Subtract, (b, v, x) => x[1].Op == Primitive.Multiply && x[1].Operands[0].Uniform is not null ? b.Elementwise(Primitive.Fma, x[1].Operands[0], x[1].Operands[1], x[0]) : null),
        At(2, "relu's backward asks the other side of its output", Primitive.LessEqual, (b, v, x) => v.Operands[0].Op == Primitive.Where ? b.Elementwise(Primitive.LessEqual, x[1], x[0]) : null),
        At(2, "relu's backward asks < of its output", Primitive.LessEqual, (b, v, x) => v.Operands[0].Op == Primitive.Where ? b.Elementwise(Primitive.Less, x) : null),
        Flush("a slot is flushed below 1e-20", (b, next, v) => b.Where(Tiny(b, next, 1e-20), b.Constant(0, v.Extent), next)),
        Flush("a slot is flushed below 1e-38", (b, next, v) => b.Where(Tiny(b, next, 1e-38), b.Constant(0, v.Extent), next)),
        Flush("the flush drops NaN", (b, next, v) => b.Where(b.Elementwise(Primitive.Less, b.Constant(1e-30, v.Extent), b.Elementwise(Primitive.Abs, next)), next, b.Constant(0, v.Extent))),
        Flush("the flush stores 1e-30", (b, next, v) => b.Where(Tiny(b, next, 1e-30), b.Constant(1e-30, v.Extent), next)),
        Flush("the flush takes negative numbers too", (b, next, v) => b.Where(b.Elementwise(Primitive.Less, next, b.Constant(1e-30, v.Extent)), b.Constant(0, v.Extent), next)),
        Flush("the flush is forgotten", (b, next, v) => next),
        Roots("a parameter's new value is the old plus the step", r => r with { Stored = [.. r.Stored.Select(s => s.Next.Op == Primitive.Subtract ? s with { Next = new GraphBuilder().Add(s.Next.Operands[0], s.Next.Operands[1]) } : s)] }),
        Roots("two slots have each other's next value", r => r with { Stored = [.. r.Stored.Select(s => Twin(r, s, s.IsSlot) is { } o ? s with { Next = o.Next } : s)] }),
        Roots("two parameters have each other's next value", r => r with { Stored = [.. r.Stored.Select(s => !s.IsSlot && Twin(r, s, false) is { } o ? s with { Next = o.Next } : s)] }),
        Roots("two parameters have each other's gradient", r => r with { Gradients = [.. r.Gradients.Select(g => (g.Name, r.Gradients.FirstOrDefault(o => o.Name != g.Name && o.Value.Extent.Equals(g.Value.Extent), g).Value))] }),
        Roots("every slot starts at 0", r => r with { Stored = [.. r.Stored.Select(s => s.Start is { } start ? s with { Start = new GraphBuilder().Constant(0, start.Extent) } : s)] }),
        Roots("an output is said before its last operation", r => r with { Outputs = [.. r.Outputs.Select(o => (o.Name, o.Value.Operands.LastOrDefault(x => x.Extent.Equals(o.Value.Extent) && x.Element == Element.Real) ?? o.Value))] }),
    ];

    static CompilerMutant Before(string name, Primitive op, Rewrite rewrite) => At(0, name, op, rewrite);

    static CompilerMutant After(string name, Primitive op, Rewrite rewrite) => At(Pipeline.Right.Passes.Count, name, op, rewrite);

    /// <summary>Before the pass of this number.</summary>
    static CompilerMutant At(int pass, string name, Primitive op, Rewrite rewrite) => Inserted(pass, name, graph => Rewriting.Run(graph, (b, v, x) => v.Op == op ? rewrite(b, v, x) : null));

    static CompilerMutant Inserted(int pass, string name, Func<Graph, Graph> wrong)
    {
        var passes = Pipeline.Right.Passes.ToList();
        passes.Insert(pass, wrong);
        return new(Area, name, Pipeline.Right with { Passes = passes });
    }

    /// <summary>Another flush of the slots' next values.</summary>
    static CompilerMutant Flush(string name, Func<GraphBuilder, Value, Value, Value> wrong) => Inserted(0, name, graph =>
    {
        var nexts = graph.Roots.Stored.Where(s => s.IsSlot && s.Next != s.Leaf).Select(s => s.Next).ToHashSet();
        return Rewriting.Run(graph, (b, v, x) => nexts.Contains(v) ? wrong(b, x[2], v) : null);
    });

    static CompilerMutant Roots(string name, Func<Roots, Roots> wrong) => Inserted(0, name, graph =>
    {
        var roots = wrong(graph.Roots);
        return Rewriting.Run(new(roots), (b, v, x) => null);
    });

    static Value Tiny(GraphBuilder b, Value x, double limit) => b.Elementwise(Primitive.Less, b.Elementwise(Primitive.Abs, x), b.Constant(limit, x.Extent));

    static bool IsSquare(Value x) => !x.Extent.Batched && x.Extent.Dims.Rank == 2 && x.Extent.Dims[0] == x.Extent.Dims[1];

    /// <summary>What a broadcast copies, as a copy of this extent.</summary>
    static Value? Copied(GraphBuilder b, Value x, Extent extent) => x.Op == Primitive.Broadcast && x.Operands[0].Extent is { Dims.Rank: 0 } from && from.Batched == extent.Batched ? b.Broadcast(x.Operands[0], extent) : null;

    /// <summary>Another tensor of the shape: another slot, or another parameter.</summary>
    static Stored? Twin(Roots roots, Stored of, bool isSlot) => roots.Stored.FirstOrDefault(s => s.IsSlot == isSlot && of.IsSlot == isSlot && s.Name != of.Name && s.Leaf.Extent.Equals(of.Leaf.Extent) && s.Next != of.Next);
}
