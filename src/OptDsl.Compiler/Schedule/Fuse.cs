using System;
using System.Collections.Generic;
using System.Linq;

namespace OptDsl.Compiler;

/// <summary>
/// Values → kernels. Elementwise chains and last-axis reductions over the same rows and columns share one loop; what follows a
/// product element by element joins its epilogue; an update runs right after its gradient, but never before the last reader
/// of the old value.
/// </summary>
/// <param name="consumes">Whether a product that is a gradient takes in the update too, so that the gradient is never stored.</param>
internal sealed class Fuse(bool consumes = false)
{
    /// <summary>Below this many parameters they all stay in the first-level cache, and one loop at the end is cheaper.</summary>
    const long Small = 16 * 1024;

    /// <summary>No loop has more values: from 512 locals on the JIT inlines nothing.</summary>
    const int Largest = 256;

    readonly List<Kernel> kernels = [];
    readonly Dictionary<Value, int> ready = [];
    readonly Dictionary<Value, Kernel> home = [];

    /// <summary>Cheap values are computed where they are first used, not before.</summary>
    readonly HashSet<Value> waiting = [];

    /// <summary>Random numbers and what is made of them alone: costly as it may be, it reads nothing, so it waits too and is never stored for one use.</summary>
    readonly HashSet<Value> readless = [];

    /// <summary>Folds that a loop spreads over the pixels, the parts that they join and nobody else reads, and what a window of one cell sees for kernels that walk memory alone.</summary>
    readonly HashSet<Value> scatters = [], joined = [], copied = [];

    /// <summary>What a loop would store over parameters and slots, and the first kernel that may: a bad loss throws with nothing written.</summary>
    readonly HashSet<Value> updates = [];
    int afterLoss;

    public static Program Learn(Graph graph, bool consumes = false)
    {
        var roots = graph.Roots;
        var writes = CopiesFirst([.. roots.Stored.Where(s => s.Next != s.Leaf).Select(s => new Write(s.Name, s.Next))]).ToList();
        var order = new List<Value> { roots.Loss };
        // A rule need not read every gradient.
        var needed = new HashSet<Value>(Graph.Order(writes.Select(w => w.Value).Prepend(roots.Loss)));
        var gradients = roots.Gradients.Select(g => g.Value).Where(needed.Contains).ToArray();
        var backward = Graph.Order(gradients.Prepend(roots.Loss));
        var before = new HashSet<Value>(backward);
        if (IsSmall(graph) && !consumes) order.AddRange(gradients);
        var readers = backward.SelectMany(v => v.Operands.Where(o => o.Op == Primitive.Parameter).Select(o => (Leaf: o, User: v))).ToLookup(r => r.Leaf, r => r.User);
        var slots = roots.Stored.Where(s => s.IsSlot).ToLookup(s => s.Name.Substring(0, s.Name.LastIndexOf('/')));
        var users = graph.Values.SelectMany(v => v.Operands.Select(o => (Leaf: o, User: v))).Where(u => u.Leaf.Op == Primitive.Parameter || u.Leaf.Op == Primitive.Slot).ToLookup(u => u.Leaf, u => u.User);
        // The last layer's gradient is there first. Readers of the old value come before the value changes.
        foreach (var parameter in roots.Stored.Where(s => !s.IsSlot).Reverse())
        {
            order.AddRange(readers[parameter.Leaf]);
            // A number first: the loop over the others then reads it instead of breaking there.
            order.AddRange(ReadersFirst([.. slots[parameter.Name].OrderBy(s => s.Next.Extent.Dims.Rank > 0), parameter], users, before).Select(s => s.Next));
        }
        return new Fuse(consumes).Run("Learn", order, writes, roots.Loss);
    }

    /// <summary>In this order, but what becomes the old value of another does so before that changes.</summary>
    static IEnumerable<Write> CopiesFirst(IReadOnlyList<Write> writes)
    {
        var copies = writes.Where(w => Program.IsLeaf(w.Value)).ToList();
        while (copies.Count > 0)
        {
            var next = copies.Find(w => !copies.Exists(other => w.Target.Equals(other.Value.Data))) ?? copies[0];
            copies.Remove(next);
            yield return next;
        }
        foreach (var write in writes) if (!Program.IsLeaf(write.Value)) yield return write;
    }

    /// <summary>In this order, but who reads the old value of another comes before that changes, unless they read each other's; what lies before the rule is ordered already.</summary>
    static IEnumerable<Stored> ReadersFirst(List<Stored> rest, ILookup<Value, Value> users, HashSet<Value> before)
    {
        var below = rest.ToDictionary(s => s, s => new HashSet<Value>(Graph.Order([s.Next], before)));
        while (rest.Count > 0)
        {
            var next = rest.Find(s => !rest.Exists(other => users[s.Leaf].Any(u => below[other].Contains(u) && !below[s].Contains(u)))) ?? rest[0];
            rest.Remove(next);
            yield return next;
        }
    }

    public static Program Gradient(Graph graph) =>
        new Fuse().Run("Gradient", [graph.Roots.Loss], [.. graph.Roots.Gradients.Select(g => new Write(g.Name, g.Value))], graph.Roots.Loss);

    public static Program Evaluate(Graph graph) => new Fuse().Run("Evaluate", [], [], graph.Roots.Evaluated);

    public static Program Predict(Graph graph) =>
        new Fuse().Run("Predict", [], [.. graph.Roots.Outputs.Select(o => new Write(o.Name, o.Value))], null);

    /// <summary>The first values of slots that do not start at zero.</summary>
    public static Program Start(Graph graph) => new Fuse().Run("Start", [],
        [.. graph.Roots.Stored.Where(s => s.Start is { } start && start.Constant is not 0).Select(s => new Write(s.Name, s.Start!))], null);

    public static bool IsSmall(Graph graph) => graph.Roots.Stored.Where(s => !s.IsSlot).Sum(s => s.Leaf.Extent.Dims.Size) <= Small;

    Program Run(string name, IReadOnlyList<Value> order, IReadOnlyList<Write> writes, Value? loss)
    {
        var written = new HashSet<Value>(writes.Select(w => w.Value));
        var values = Graph.Order(order.Concat(loss is null ? written : written.Append(loss)));
        FindWindows(values, written);
        var stored = new HashSet<Value>(values.Where(v => v.Op == Primitive.MatMul || Moves(v) || IsPicked(v)).SelectMany(v => v.Operands).Where(IsWalked));
        foreach (var value in values)
        {
            Place(value);
            // Before anything uses it: what is spelled here and stored later would be read from memory here too.
            if (stored.Contains(value) || written.Contains(value) || (value == loss && !IsVirtual(value))) Force(value);
            if (value != loss || name != "Learn") continue;
            afterLoss = kernels.Count;
            updates.UnionWith(writes.Select(w => w.Value));
        }
        foreach (var kernel in kernels.OfType<LoopKernel>()) Phases.Assign(kernel);
        return new(name, kernels, writes, loss);
    }

    void FindWindows(IReadOnlyList<Value> values, HashSet<Value> written)
    {
        var users = values.SelectMany(v => v.Operands.Select(o => (Operand: o, User: v))).ToLookup(u => u.Operand, u => u.User);
        foreach (var fold in values.Where(Picks.IsScatter))
        {
            var parts = fold.Operands[0];
            if (parts.Op == Primitive.Concat && (users[parts].Count() > 1 || written.Contains(parts))) continue;
            scatters.Add(fold);
            if (Picks.Parts(fold).Count > 1) joined.Add(parts);
        }
        copied.UnionWith(values.Where(v => Picks.IsPick(v) && users[v].All(u => u.Op == Primitive.MatMul)));
    }

    bool IsPicked(Value v) => Picks.IsPick(v) && !copied.Contains(v);

    void Place(Value v)
    {
        if (home.ContainsKey(v) || IsVirtual(v) || joined.Contains(v)) return;
        if (v.Operands.SelectMany(Sources).All(o => o.IsUniform || IsCounted(o) || readless.Contains(o))) readless.Add(v);
        if (v.Op == Primitive.MatMul) Start(new ProductKernel(), v);
        else if (Moves(v)) Start(new MoveKernel(), v);
        else if (Reduces(v) || scatters.Contains(v) || (IsHeavy(v.Op) && !readless.Contains(v))) Join(v);
        else waiting.Add(v);
    }

    /// <summary>The operands that still wait for a place, deepest first, and the value itself.</summary>
    List<Value> Chain(Value v)
    {
        var chain = new List<Value>();
        var seen = new HashSet<Value> { v };
        Add(v);
        return chain;

        void Add(Value at)
        {
            foreach (var source in at.Operands.SelectMany(Sources))
                if (waiting.Contains(source) && seen.Add(source)) Add(source);
            chain.Add(at);
        }
    }

    /// <summary>Leaves, numbers, copies, comparisons and what a window of one cell sees are spelled at their use.</summary>
    bool IsVirtual(Value v) => v.IsUniform || v.Op.Kind == PrimitiveKind.Leaf || (v.Op == Primitive.Broadcast && !Moves(v)) || v.Op.IsTruth || IsPicked(v);

    bool Moves(Value v)
    {
        if (scatters.Contains(v) || joined.Contains(v) || IsPicked(v)) return false;
        if (v.Op == Primitive.Broadcast)
        {
            var source = v.Operands[0].Extent;
            var isRow = source.Equals(v.Extent.Rows) && ((BroadcastInfo)v.Data!).Axes.SequenceEqual(Enumerable.Range(0, source.Dims.Rank));
            return !(source.IsScalar || isRow || v.IsDown || v.Operands[0].Op == Primitive.Indices);
        }
        return v.Op == Primitive.Transpose || v.Op == Primitive.BatchMatMul || v.Op == Primitive.Orthonormalize || v.Op == Primitive.Slice || v.Op == Primitive.Pad || v.Op == Primitive.Concat || v.Op == Primitive.Reshape || v.Data is WindowInfo || v.Op == Primitive.Gather || v.Op == Primitive.ScatterAdd
            || (v.Op == Primitive.BatchSum && v.Extent.Dims.Rank > 0)
            || ((v.Op == Primitive.Sum || v.Op == Primitive.Max) && ((AxisInfo)v.Data!).Axis != v.Operands[0].Extent.Dims.Rank - 1);
    }

    /// <summary>Where the loop stands, which is nowhere in memory.</summary>
    static bool IsCounted(Value v) => v.Op == Primitive.Indices || v.Op == Primitive.Row;

    /// <summary>A kernel that walks memory needs its operands there; data, parameters and slots are there.</summary>
    static bool IsWalked(Value operand) => operand.IsUniform || operand.Op.Kind != PrimitiveKind.Leaf || IsCounted(operand);

    void Start(Kernel kernel, Value v)
    {
        kernels.Add(kernel);
        Put(v, kernels.Count - 1);
    }

    /// <summary>Gives a value a place in memory even where it could be spelled at its use.</summary>
    void Force(Value v)
    {
        if (!home.ContainsKey(v)) Join(v);
    }

    void Join(Value v)
    {
        var chain = Chain(v);
        if (chain.Sum(Locals) > Largest && chain.Count > 1)
        {
            Force(Half(chain));
            Join(v);
            return;
        }
        var earliest = Earliest(chain);
        if (updates.Overlaps(chain)) earliest = Math.Max(earliest, afterLoss);
        for (var i = earliest; i < kernels.Count; i++)
        {
            var joins = kernels[i] is ProductKernel product ? i == earliest && JoinsEpilogue(product, chain) : kernels[i] is LoopKernel loop && JoinsLoop(loop, chain);
            if (!joins) continue;
            foreach (var value in chain) Put(value, i);
            return;
        }
        // What is left of a product's epilogue, say the bias before tanh, still joins it. Each is asked only where there is a product: long chains have long chains below.
        var cut = chain.SelectMany(o => o.Operands).SelectMany(Sources).Any(IsOfProduct) ? chain.Find(o => o != v && JoinsEpilogue(o)) : null;
        if (cut is null) Open(v, chain);
        else
        {
            Join(cut);
            Join(v);
        }
    }

    /// <summary>Of a chain that is too long for a loop, what takes as much of it along as half a loop holds. What several share counts for each.</summary>
    Value Half(List<Value> chain)
    {
        var sizes = new Dictionary<Value, int>();
        var half = chain[0];
        foreach (var value in chain)
        {
            var size = Locals(value) + value.Operands.SelectMany(Sources).Distinct().Sum(s => sizes.TryGetValue(s, out var below) ? below : 0);
            sizes[value] = Math.Min(size, Largest);
            if (size <= Largest / 2 && size > sizes[half]) half = value;
        }
        return half;
    }

    bool JoinsEpilogue(Value v)
    {
        var chain = Chain(v);
        var at = Earliest(chain);
        return at < kernels.Count && kernels[at] is ProductKernel product && JoinsEpilogue(product, chain);
    }

    bool IsOfProduct(Value v) => home.TryGetValue(v, out var kernel) && kernel is ProductKernel;

    int Earliest(List<Value> chain) =>
        chain.SelectMany(o => o.Operands).SelectMany(Sources).Where(home.ContainsKey).Select(o => ready[o]).DefaultIfEmpty(0).Max();

    /// <summary>A loop of its own, with what waits for it.</summary>
    void Open(Value v, IReadOnlyList<Value> chain)
    {
        var loop = Loop(v);
        foreach (var value in chain) if (value != v && (!Fits(loop, value) || chain.Any(user => Crosses(user, s => s == value)))) Force(value);
        kernels.Add(loop);
        foreach (var value in chain) if (!home.ContainsKey(value)) Put(value, kernels.Count - 1);
    }

    void Put(Value v, int index)
    {
        waiting.Remove(v);
        kernels[index].Values.Add(v);
        home[v] = kernels[index];
        if (kernels[index] is LoopKernel { Columns: 0 } loop && v.Op != Primitive.BatchSum && Walked(v) is { Dims.Rank: > 0 } x) loop.Columns = x.Columns;
        // A sum over the examples is complete only when its loop is, and so are pixels.
        ready[v] = v.Op == Primitive.BatchSum || scatters.Contains(v) || kernels[index] is MoveKernel ? index + 1 : index;
    }

    /// <summary>Weight gradients are stored for one update pass, which costs no time, unless memory is scarce. An epilogue does not know its column. Transcendental functions get a loop of their own: inlined into every tile they outgrow the JIT's budget.</summary>
    bool JoinsEpilogue(ProductKernel product, IReadOnlyList<Value> chain) =>
        (consumes || product.Product.Extent.Batched) && chain.All(v => v.Op.Kind == PrimitiveKind.Elementwise && !IsHeavy(v.Op) && v.Extent.Equals(product.Product.Extent)
            && v.Operands.SelectMany(Copies).All(o => o.Uniform is not null || o.Operands[0].Extent is { Batched: false, Dims.Rank: 0 } || (o.IsDown && !IsCounted(o.Operands[0]))))
        && chain.SelectMany(v => v.Operands).SelectMany(Sources).Any(o => home.TryGetValue(o, out var kernel) && kernel == product);

    IEnumerable<Value> Sources(Value operand) => Lifetimes.Sources(home.ContainsKey, operand);

    /// <summary>The broadcasts and picks that an operand is spelled with.</summary>
    IEnumerable<Value> Copies(Value operand)
    {
        if (IsCopy(operand)) return [operand];
        return IsOpen(operand) ? Graph.Below(operand, v => IsOpen(v) ? v.Operands : []).Where(IsCopy) : [];

        bool IsCopy(Value v) => !home.ContainsKey(v) && (v.Op == Primitive.Broadcast || Picks.IsPick(v));

        bool IsOpen(Value v) => !home.ContainsKey(v) && (v.Op.IsTruth || joined.Contains(v));
    }

    public static bool IsHeavy(Primitive op) => op == Primitive.Exp || op == Primitive.Log || op == Primitive.Tanh || op == Primitive.Sigmoid
        || op == Primitive.Softplus || op == Primitive.NormalCdf || op == Primitive.Sin || op == Primitive.Cos || op == Primitive.Random;

    LoopKernel Loop(Value v)
    {
        var x = Walked(v);
        return v.Op == Primitive.BatchSum || x.Dims.Rank == 0 ? new(x) : new(x.Rows) { Columns = x.Columns };
    }

    /// <summary>What a loop that computes this goes over.</summary>
    static Extent Walked(Value v) => Reduces(v) ? v.Operands[0].Extent : v.Op == Primitive.Fold ? Picks.Parts(v)[0].Extent : v.Extent;

    /// <summary>Reads a vector down the rows that is one of these: a loop that makes an element of it per row has not made the others.</summary>
    bool Crosses(Value user, System.Func<Value, bool> made) =>
        user.Operands.SelectMany(Copies).Concat(user.Op == Primitive.Broadcast ? [user] : []).Any(copy => copy.IsDown && Sources(copy.Operands[0]).Any(made));

    static bool Reduces(Value v) => v.Op == Primitive.Sum || v.Op == Primitive.Max || v.Op == Primitive.BatchSum;

    bool JoinsLoop(LoopKernel loop, IReadOnlyList<Value> chain) =>
        loop.Values.Concat(chain).Sum(Locals) <= Largest && chain.All(v => Fits(loop, v) && !Crosses(v, s => chain.Contains(s) || loop.Values.Contains(s))) && chain.SelectMany(v => v.Operands).Any(o => Touches(loop, o));

    /// <summary>What a loop has in locals for this value: pixels have one of their own.</summary>
    static int Locals(Value v) => 1 + v.Operands.Count(Picks.IsPick) + (v.Op == Primitive.Fold ? Picks.Parts(v).Count : 0);

    /// <summary>One per row, or one per row and column.</summary>
    static bool Fits(LoopKernel loop, Value v)
    {
        var x = Walked(v);
        if (x.Equals(loop.Rows)) return v.Op != Primitive.Sum && v.Op != Primitive.Max && v.Op != Primitive.Fold;
        if (v.Op == Primitive.BatchSum || x.Dims.Rank == 0) return false;
        return x.Rows.Equals(loop.Rows) && (loop.Columns == 0 || loop.Columns == x.Columns);
    }

    /// <summary>The loop makes the operand, or already loads it.</summary>
    bool Touches(LoopKernel loop, Value operand)
    {
        if (Sources(operand).Any(o => home.TryGetValue(o, out var kernel) && kernel == loop)) return true;
        return !operand.IsUniform && !operand.Extent.IsScalar && !IsCounted(operand) && operand.Op != Primitive.Broadcast && !operand.Op.IsTruth
            && loop.Values.Any(v => v.Operands.Contains(operand));
    }
}
