namespace OptDsl.Testing;

/// <summary>
/// Smaller losses made of one: a value alone as the loss, smallest first, so that the first operation that is wrong is found at once;
/// then its operands as parameters and data of their own; then smaller sizes. Not every one builds.
/// </summary>
internal static class LossParts
{
    public static IEnumerable<Func<Expr>> Of(Expr loss)
    {
        var nodes = Dag.PostOrder(loss);
        var values = nodes.Where(n => n.Element == Element.Real && n.Operands.Count > 0 && n != loss).ToArray();
        // Half of an identity around a stopped gradient has a gradient that is no derivative, and would look like the fault.
        int Stops(Expr e) => Dag.PostOrder(e).Count(n => n.Op == Primitive.StopGradient);
        var all = Stops(loss);
        foreach (var node in values.Where(n => Stops(n) == 0).Concat(values.Where(n => all > 0 && Stops(n) == all && n.Op != Primitive.StopGradient))) yield return () => AsLoss(node);
        var moving = Moving(loss);
        foreach (var node in values.Reverse().Where(n => moving.Contains(n) && Stops(n) == 0)) yield return () => Dag.Substitute(loss, e => e == node ? Leaf(node) : null);
        var sizes = nodes.Where(n => n.Op == Primitive.Input || n.Op == Primitive.Parameter).SelectMany(n => n.Shape.Dims).Distinct().Where(s => s > 1).OrderDescending().ToArray();
        foreach (var size in sizes)
            foreach (var smaller in new[] { 1, 2, size / 2, size - 1 }.Distinct().Where(s => s > 0 && s < size)) yield return () => Resized(loss, size, smaller);
    }

    /// <summary>What the derivative reaches: not what lies below stopped gradients alone.</summary>
    static HashSet<Expr> Moving(Expr loss)
    {
        var seen = new HashSet<Expr>();
        var rest = new Stack<Expr>([loss]);
        while (rest.TryPop(out var e))
            if (e.Op != Primitive.StopGradient && seen.Add(e))
                foreach (var operand in e.Operands) rest.Push(operand);
        return seen;
    }

    /// <summary>A number whose derivative reaches every element, each another.</summary>
    static Expr AsLoss(Expr node) => node.Shape.Rank == 0 ? node + 0.1 * node * node : (node + 0.1 * node * node).Sum();

    static Expr Leaf(Expr like) => like.Batched ? Dsl.Input(like.Shape.ToArray()) : Dsl.Parameter(like.Shape.ToArray(), Init.Uniform(-1, 1));

    /// <summary>Equal sizes stay equal, so that what fitted still fits.</summary>
    static Expr Resized(Expr loss, int from, int to) => Dag.Substitute(loss, e =>
    {
        if (!e.Shape.Dims.Contains(from)) return null;
        int[] dims = [.. e.Shape.Dims.Select(d => d == from ? to : d)];
        return e.Op == Primitive.Input ? Build.Leaf(e.Op, new(dims), e.Data, e.Batched, e.Element) : e.Op == Primitive.Parameter ? Dsl.Parameter(dims, Init.Uniform(-1, 1)) : null;
    });
}
