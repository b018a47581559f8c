using System.Collections.Generic;
using System.Linq;

namespace OptDsl.Compiler;

/// <summary>
/// Values → kernels. Elementwise chains and last-axis reductions over the same rows and columns share one loop; what follows a
/// product element by element joins its epilogue; an update runs right after its gradient, but never before the last reader
/// of the old value.
/// </summary>
internal sealed class Fuse
{
    /// <summary>Below this many parameters they all stay in the first-level cache, and one loop at the end is cheaper.</summary>
    const long Small = 16 * 1024;

    readonly List<Kernel> kernels = [];
    readonly Dictionary<Value, int> ready = [];
    readonly Dictionary<Value, Kernel> home = [];

    public static Program Learn(Graph graph)
    {
        var roots = graph.Roots;
        var writes = roots.Stored.Where(s => s.Next != s.Leaf).Select(s => new Write(s.Name, s.Next)).ToList();
        var order = new List<Value> { roots.Loss };
        var backward = Graph.Order(roots.Gradients.Select(g => g.Value).Prepend(roots.Loss));
        if (IsSmall(graph)) order.AddRange(roots.Gradients.Select(g => g.Value));
        // The last layer's gradient is there first. Readers of the old value come before the value changes.
        foreach (var parameter in roots.Stored.Where(s => !s.IsSlot).Reverse())
        {
            order.AddRange(backward.Where(v => v.Operands.Contains(parameter.Leaf)));
            order.AddRange(roots.Stored.Where(s => s.IsSlot && s.Name.StartsWith(parameter.Name + "/", System.StringComparison.Ordinal)).Select(s => s.Next));
            order.Add(parameter.Next);
        }
        return new Fuse().Run("Learn", order, writes, roots.Loss);
    }

    public static Program Gradient(Graph graph) =>
        new Fuse().Run("Gradient", [graph.Roots.Loss], [.. graph.Roots.Gradients.Select(g => new Write(g.Name, g.Value))], graph.Roots.Loss);

    public static Program Evaluate(Graph graph) => new Fuse().Run("Evaluate", [], [], graph.Roots.Loss);

    public static Program Predict(Graph graph) =>
        new Fuse().Run("Predict", [], [.. graph.Roots.Outputs.Select(o => new Write(o.Name, o.Value))], null);

    /// <summary>The first values of slots that do not start at zero.</summary>
    public static Program Start(Graph graph) => new Fuse().Run("Start", [],
        [.. graph.Roots.Stored.Where(s => s.Start is { } start && start.Constant is not 0).Select(s => new Write(s.Name, s.Start!))], null);

    public static bool IsSmall(Graph graph) => graph.Roots.Stored.Where(s => !s.IsSlot).Sum(s => s.Leaf.Extent.Dims.Size) <= Small;

    Program Run(string name, IReadOnlyList<Value> order, IReadOnlyList<Write> writes, Value? loss)
    {
        var roots = order.Concat(writes.Select(w => w.Value)).ToList();
        if (loss is not null) roots.Add(loss);
        foreach (var value in Graph.Order(roots)) Place(value);
        foreach (var write in writes) Force(write.Value);
        foreach (var kernel in kernels.OfType<LoopKernel>()) Phases.Assign(kernel);
        return new(name, kernels, writes, loss);
    }

    void Place(Value v)
    {
        if (home.ContainsKey(v)) return;
        if (IsVirtual(v))
        {
            ready[v] = v.Operands.Select(o => ready[o]).DefaultIfEmpty(0).Max();
            return;
        }
        if (v.Op == Primitive.MatMul) Start(new ProductKernel(), v, v.Operands);
        else if (Moves(v)) Start(new MoveKernel(), v, v.Operands);
        else Join(v);
    }

    /// <summary>Leaves, numbers and copies are spelled at their use.</summary>
    static bool IsVirtual(Value v) => v.IsUniform || v.Op.Kind == PrimitiveKind.Leaf || (v.Op == Primitive.Broadcast && !Moves(v));

    static bool Moves(Value v)
    {
        if (v.Op == Primitive.Broadcast)
        {
            var source = v.Operands[0].Extent;
            var axes = ((BroadcastInfo)v.Data!).Axes;
            var isRow = source.Equals(v.Extent.Rows) && axes.SequenceEqual(Enumerable.Range(0, source.Dims.Rank));
            var isColumn = !source.Batched && source.Dims.Rank == 1 && axes[0] == v.Extent.Dims.Rank - 1;
            return !(source.IsScalar || isRow || isColumn);
        }
        return v.Op == Primitive.Transpose || v.Op == Primitive.Slice || v.Op == Primitive.Pad || v.Op == Primitive.Reshape
            || (v.Op == Primitive.BatchSum && v.Extent.Dims.Rank > 0)
            || ((v.Op == Primitive.Sum || v.Op == Primitive.Max) && ((AxisInfo)v.Data!).Axis != v.Operands[0].Extent.Dims.Rank - 1);
    }

    void Start(Kernel kernel, Value v, IEnumerable<Value> operands)
    {
        // A kernel that walks memory needs its operands there.
        foreach (var operand in operands)
            if (operand.IsUniform || operand.Op.Kind != PrimitiveKind.Leaf || operand.Op == Primitive.Indices) Force(operand);
        kernels.Add(kernel);
        Put(v, kernels.Count - 1);
    }

    /// <summary>Gives a value a place in memory even where it could be spelled at its use.</summary>
    void Force(Value v)
    {
        if (home.ContainsKey(v)) return;
        kernels.Add(Loop(v));
        Put(v, kernels.Count - 1);
    }

    void Put(Value v, int index)
    {
        kernels[index].Values.Add(v);
        home[v] = kernels[index];
        // A sum over the examples is complete only when its loop is.
        ready[v] = v.Op == Primitive.BatchSum || kernels[index] is MoveKernel ? index + 1 : index;
    }

    void Join(Value v)
    {
        var earliest = v.Operands.Select(o => ready[o]).DefaultIfEmpty(0).Max();
        for (var i = earliest; i < kernels.Count; i++)
        {
            if (kernels[i] is ProductKernel product && i == earliest && JoinsEpilogue(product, v)) { Put(v, i); return; }
            if (kernels[i] is LoopKernel loop && JoinsLoop(loop, v)) { Put(v, i); return; }
        }
        kernels.Add(Loop(v));
        Put(v, kernels.Count - 1);
    }

    /// <summary>Weight gradients are stored for one update pass, which costs no time. Transcendental functions get a loop of their own: inlined into every tile they outgrow the JIT's budget.</summary>
    bool JoinsEpilogue(ProductKernel product, Value v) =>
        v.Op.Kind == PrimitiveKind.Elementwise && !IsHeavy(v.Op) && v.Extent.Batched && v.Extent.Equals(product.Product.Extent)
        && v.Operands.Any(o => home.TryGetValue(o, out var kernel) && kernel == product)
        && v.Operands.All(o => o.Op != Primitive.Broadcast || o.Uniform is not null || o.Operands[0].Extent is { Batched: false, Dims.Rank: 1 });

    public static bool IsHeavy(Primitive op) => op == Primitive.Exp || op == Primitive.Log || op == Primitive.Tanh || op == Primitive.Sigmoid
        || op == Primitive.Softplus || op == Primitive.Sin || op == Primitive.Cos;

    LoopKernel Loop(Value v)
    {
        if (Reduces(v))
        {
            var x = v.Operands[0].Extent;
            return v.Op == Primitive.BatchSum ? new(x) : new(x.Rows) { Columns = x.Columns };
        }
        return v.Extent.Dims.Rank == 0 ? new(v.Extent) : new(v.Extent.Rows) { Columns = v.Extent.Columns };
    }

    static bool Reduces(Value v) => v.Op == Primitive.Sum || v.Op == Primitive.Max || v.Op == Primitive.BatchSum;

    bool JoinsLoop(LoopKernel loop, Value v)
    {
        if (!v.Operands.Any(o => Touches(loop, o))) return false;
        var x = Reduces(v) ? v.Operands[0].Extent : v.Extent;
        if (v.Op == Primitive.BatchSum || x.Dims.Rank == 0) return x.Equals(loop.Rows);
        var isWide = x.Rows.Equals(loop.Rows) && (loop.Columns == 0 || loop.Columns == x.Columns);
        if (isWide) loop.Columns = x.Columns;
        return isWide;
    }

    /// <summary>The loop makes the operand, or already loads it.</summary>
    bool Touches(LoopKernel loop, Value operand)
    {
        var source = operand.Op == Primitive.Broadcast && !home.ContainsKey(operand) ? operand.Operands[0] : operand;
        if (home.TryGetValue(source, out var kernel) && kernel == loop) return true;
        return operand == source && !operand.IsUniform && !operand.Extent.IsScalar && operand.Op != Primitive.Indices
            && loop.Values.Any(v => v.Operands.Contains(operand));
    }
}
