using OptDsl.Compiler;

namespace OptDsl.Testing;

internal static partial class Verifier
{
    /// <summary>
    /// What every plan keeps: a value is there before it is read, from a place that holds it until its last reader; nothing else
    /// lies there meanwhile; parameters and slots change after the last reader of what they were; each target has one writer.
    /// </summary>
    /// <exception cref="MismatchException">A value is read too early or too late, or two are in one place.</exception>
    public static void Check(Plan plan)
    {
        foreach (var program in plan.Programs) new PlanVerifier(plan, program).Check();
        var wanted = plan.Graph.Roots.Stored.Where(s => s.Next != s.Leaf).Select(s => (s.Name, s.Next));
        Writes(plan, "Learn", wanted);
        Writes(plan, "Gradient", plan.Graph.Roots.Gradients);
        Writes(plan, "Predict", plan.Graph.Roots.Outputs);
        Writes(plan, "Start", plan.Graph.Roots.Stored.Where(s => s.Start is not null && s.Start.Constant is not 0).Select(s => (s.Name, s.Start!)));
        foreach (var (name, loss) in new[] { ("Learn", plan.Graph.Roots.Loss), ("Gradient", plan.Graph.Roots.Loss), ("Evaluate", plan.Graph.Roots.Evaluated) })
            if (plan.Programs.Single(p => p.Name == name).Loss != loss) throw new MismatchException($"{name} returns another loss");
    }

    static void Writes(Plan plan, string name, IEnumerable<(string Target, Value Value)> wanted)
    {
        var found = plan.Programs.Single(p => p.Name == name).Writes.Select(w => (w.Target, w.Value)).ToList();
        if (found.Select(f => f.Target).Distinct().Count() != found.Count) throw new MismatchException($"{name} writes a target twice");
        foreach (var (target, value) in wanted)
            if (!found.Contains((target, value))) throw new MismatchException($"{name} does not write {target}");
    }
}

/// <summary>One program: kernel after kernel, who reads what and where it lies.</summary>
internal sealed class PlanVerifier
{
    readonly Plan plan;
    readonly Program program;
    readonly Dictionary<Value, (int Kernel, int At)> made = [];
    readonly Dictionary<Value, int> lastRead = [];
    readonly Dictionary<string, int> overwritten = [];

    public PlanVerifier(Plan plan, Program program)
    {
        (this.plan, this.program) = (plan, program);
        for (var i = 0; i < program.Kernels.Count; i++)
            for (var at = 0; at < program.Kernels[i].Values.Count; at++)
                if (!made.TryAdd(program.Kernels[i].Values[at], (i, at))) throw Wrong(program.Kernels[i].Values[at], "is computed twice");
        foreach (var write in program.Writes)
            if (program.Overwrites(write.Value).Contains(write.Target)) overwritten[write.Target] = made[write.Value].Kernel;
    }

    public void Check()
    {
        for (var i = 0; i < program.Kernels.Count; i++)
            foreach (var v in program.Kernels[i].Values)
            {
                Kernel(program.Kernels[i], v);
                foreach (var operand in Operands(program.Kernels[i], v).SelectMany(Sources)) Read(operand, i, v);
            }
        foreach (var write in program.Writes) Written(write);
        if (program.Part is { } part && overwritten.Values.Any(at => at < part.To)) throw new MismatchException($"{program.Name} changes what the next part reads");
        if (program.Loss is { IsUniform: false } loss && loss.Op.Kind != PrimitiveKind.Leaf)
        {
            if (!made.ContainsKey(loss)) throw Wrong(loss, "is returned and never computed");
            Keep(loss);
        }
        Guarded();
        Places();
        var reductions = program.Kernels.OfType<LoopKernel>().Select(k => k.Values.Count(v => v.Op == Primitive.Sum || v.Op == Primitive.Max)).DefaultIfEmpty(0).Max();
        if (plan.Scratch.Size < 16 * reductions) throw new MismatchException($"{program.Name}: {reductions} reductions share {plan.Scratch.Size} lanes");
    }

    /// <summary>What reading an operand reads: copies and comparisons that have no place are spelled out.</summary>
    IEnumerable<Value> Sources(Value v) => v.IsUniform ? []
        : made.ContainsKey(v) || v.Op.Kind == PrimitiveKind.Leaf ? [v]
        : v.Op == Primitive.Broadcast || v.Op.IsTruth || (v.Data is WindowInfo window && IsSeenInPlace(v, window)) ? v.Operands.SelectMany(Sources)
        : throw Wrong(v, "is read and never computed");

    /// <summary>A fold in a loop reads the parts that it joins.</summary>
    static IEnumerable<Value> Operands(Kernel kernel, Value v) => kernel is LoopKernel && v.Op == Primitive.Fold && v.Operands[0].Op == Primitive.Concat ? v.Operands[0].Operands : v.Operands;

    /// <summary>One pixel per place, and that one inside.</summary>
    static bool IsSeenInPlace(Value v, WindowInfo w) => v.Op == Primitive.Unfold && w.Height * w.Width == 1
        && new[] { (-w.Top, w.Rows), (-w.Top + (w.Down - 1) * w.Stride, w.Rows), (-w.Left, w.Columns), (-w.Left + (w.Across - 1) * w.Stride, w.Columns) }.All(p => p.Item1 >= 0 && p.Item1 < p.Item2);

    /// <summary>What a loop puts on pixels, cell by cell, of which none lies on another's.</summary>
    Extent Scattered(Value v)
    {
        var w = (WindowInfo)v.Data!;
        var pixels = Enumerable.Range(0, w.Down * w.Across * w.Height * w.Width).Select(at => (at / (w.Height * w.Width), at % (w.Height * w.Width)))
            .Select(at => (Row: at.Item1 / w.Across * w.Stride + at.Item2 / w.Width * w.Dilation - w.Top, Column: at.Item1 % w.Across * w.Stride + at.Item2 % w.Width * w.Dilation - w.Left)).ToList();
        if (pixels.Exists(p => p.Row < 0 || p.Row >= w.Rows || p.Column < 0 || p.Column >= w.Columns) || pixels.Distinct().Count() < pixels.Count) throw Wrong(v, "puts two numbers on one pixel, or one beside all");
        if (w.Height * w.Width > 1 && (made.ContainsKey(v.Operands[0]) || v.Operands[0].Op != Primitive.Concat)) throw Wrong(v, "spreads what lies in memory");
        return new(v.Extent.Batched, new(w.Down, w.Across, v.Extent.Columns));
    }

    void Read(Value source, int kernel, Value by)
    {
        if (!made.TryGetValue(source, out var from))
        {
            // The kernel that stores a new value reads the old one first, element by element, but a product reads its operands as long as it runs.
            if (source.Data is string leaf && source.Op != Primitive.Input && overwritten.TryGetValue(leaf, out var at) && (at < kernel || (at == kernel && by.Op == Primitive.MatMul))) throw Wrong(by, $"reads {leaf} after it has changed");
            return;
        }
        if (plan.Storage.IsFramed(source) && (by.Op != Primitive.MatMul || by.Operands[1] == source)) throw Wrong(by, $"reads {source} row by row, which lies in a frame");
        if (program.GoesOn(source) && kernel < program.Part!.To) throw Wrong(by, $"reads {source} before all parts have added to it");
        if (from.Kernel > kernel || (from.Kernel == kernel && from.At >= made[by].At)) throw Wrong(by, $"reads {source} before it is there");
        if (from.Kernel < kernel)
        {
            if (plan.Of(program, source) is null) throw Wrong(source, "is read later and has no place");
            lastRead[source] = Math.Max(lastRead.GetValueOrDefault(source), kernel);
        }
        else if (source.Op == Primitive.BatchSum || source.Op == Primitive.Fold || program.Kernels[kernel] is MoveKernel) throw Wrong(by, $"reads {source} before it is complete");
    }

    void Kernel(Kernel kernel, Value v)
    {
        if (kernel is MoveKernel && kernel.Values.Count != 1) throw Wrong(v, "is one of several that move at once");
        if (kernel is ProductKernel product && v == product.Product && v.Op != Primitive.MatMul) throw Wrong(v, "is computed as a product");
        if (kernel is ProductKernel { Product: var of } && v != of && (v.Op.Kind != PrimitiveKind.Elementwise || !v.Extent.Equals(of.Extent))) throw Wrong(v, $"follows {of} element by element");
        if (kernel is not ProductKernel && v.Op == Primitive.MatMul) throw Wrong(v, "is no product's own kernel");
        if (kernel is not LoopKernel loop) return;
        var x = v.Op == Primitive.Sum || v.Op == Primitive.Max || v.Op == Primitive.BatchSum ? v.Operands[0].Extent : v.Op == Primitive.Fold ? Scattered(v) : v.Extent;
        var isNarrow = v.Op == Primitive.BatchSum || x.Dims.Rank == 0 || (v.Op.Kind == PrimitiveKind.Elementwise && x.Equals(loop.Rows));
        if (isNarrow ? !x.Equals(loop.Rows) : !(x.Rows.Equals(loop.Rows) && x.Columns == loop.Columns)) throw Wrong(v, $"is computed in a loop over {loop.Rows} × {loop.Columns}");
        foreach (var source in Operands(loop, v).SelectMany(Sources).Where(s => loop.Phase.ContainsKey(s)))
        {
            var later = loop.Narrow.Contains(source) && (!loop.Narrow.Contains(v) || v.Op == Primitive.Sum || v.Op == Primitive.Max);
            if (loop.Phase[v] < loop.Phase[source] + (later ? 1 : 0)) throw Wrong(v, $"is computed in pass {loop.Phase[v]}, before {source}");
        }
    }

    /// <summary>Whichever way the conditions of guards go, what is written and returned is made of what is computed then.</summary>
    void Guarded()
    {
        var guards = Guards.Of(program);
        Value[] conditions = [.. guards.SelectMany(g => g).Select(g => g.Condition).Distinct().Take(8)], roots = [.. program.Writes.Select(w => w.Value), .. program.Loss is { } loss ? [loss] : Array.Empty<Value>()];
        for (var ways = 0; ways < 1 << conditions.Length; ways++)
        {
            bool Holds(Value condition) => Array.IndexOf(conditions, condition) is var at && (at < 0 || (ways >> at & 1) == 1);
            var known = new HashSet<Value>();
            foreach (var v in Graph.Order(roots))
            {
                var runs = !made.TryGetValue(v, out var by) || guards[by.Kernel].All(g => Holds(g.Condition) == g.Holds);
                var isChoice = v.Op == Primitive.Where && v.Operands[0].Uniform is { } c && Array.IndexOf(conditions, c) >= 0;
                if (runs && (isChoice ? known.Contains(v.Operands[Holds(v.Operands[0].Uniform!) ? 1 : 2]) : v.Operands.All(known.Contains))) known.Add(v);
            }
            if (Array.Find(roots, r => !known.Contains(r)) is { } lost) throw Wrong(lost, "is made of what a guard leaves out");
        }
    }

    void Written(Write write)
    {
        if (made.ContainsKey(write.Value) && !overwritten.ContainsKey(write.Target)) Keep(write.Value);
        // A slot may become the parameter's old value, and it must be the old one still when it is copied at the end.
        else if (!made.ContainsKey(write.Value) && write.Value.Data is string leaf && overwritten.ContainsKey(leaf)) throw Wrong(write.Value, $"has changed when {write.Target} takes its value");
        else if (!made.ContainsKey(write.Value) && !write.Value.IsUniform && write.Value.Op.Kind != PrimitiveKind.Leaf) throw Wrong(write.Value, $"is written to {write.Target} and never computed");
        if (overwritten.ContainsKey(write.Target) && !write.Value.Extent.Equals(plan.Graph.Roots.Stored.Single(s => s.Name == write.Target).Leaf.Extent)) throw Wrong(write.Value, $"does not fit {write.Target}");
    }

    void Keep(Value value)
    {
        if (plan.Of(program, value) is null) throw Wrong(value, "outlives the program and has no place");
        lastRead[value] = program.Kernels.Count;
    }

    void Places()
    {
        var placed = made.Keys.Where(v => plan.Of(program, v) is not null && v.Op.Kind != PrimitiveKind.Leaf).OrderBy(v => made[v].Kernel).ToArray();
        var fixedPlaces = plan.Graph.Roots.Stored.Select(s => plan.Kept(s.Name)).Append(plan.Scratch).ToList();
        var staged = plan.Graph.Values.Where(v => v.Op == Primitive.Input && plan.IsStaged(v)).Select(v => plan.Of(program, v)!);
        foreach (var v in placed)
        {
            var place = plan.Of(program, v)!;
            if (place.Size < plan.Storage.Size(v) || place.Batched != v.Extent.Batched) throw Wrong(v, $"needs {plan.Storage.Size(v)} elements and has {place}");
            if (place.Offset < 0 || place.Offset + place.Size > (place.Batched ? plan.PerExample : plan.Fixed)) throw Wrong(v, $"lies outside of the arena at {place}");
            foreach (var other in fixedPlaces.Concat(staged))
                if (Overlap(place, other)) throw Wrong(v, $"lies on {other.Name}");
        }
        for (var i = 0; i < placed.Length; i++)
            for (var k = i + 1; k < placed.Length; k++)
                if (!IsView(placed[i], placed[k]) && Overlap(plan.Of(program, placed[i])!, plan.Of(program, placed[k])!) && First(placed[k]) <= Last(placed[i]) && First(placed[i]) <= Last(placed[k])) throw Wrong(placed[k], $"lies on {placed[i]}, which is needed still");
        for (var i = 0; i < fixedPlaces.Count; i++)
            for (var k = i + 1; k < fixedPlaces.Count; k++)
                if (Overlap(fixedPlaces[i], fixedPlaces[k])) throw new MismatchException($"{fixedPlaces[k].Name} lies on {fixedPlaces[i].Name}");
        foreach (var stored in plan.Graph.Roots.Stored)
            if (plan.Kept(stored.Name).Size < plan.Storage.Size(stored.Leaf.Extent)) throw Wrong(stored.Leaf, "is larger than its place");
    }

    /// <summary>One reshapes the other, or both the same, and each element stays where it is, padding and all.</summary>
    bool IsView(Value a, Value b)
    {
        Value x = a.Op == Primitive.Reshape ? a.Operands[0] : a, y = b.Op == Primitive.Reshape ? b.Operands[0] : b;
        if (x != y && a != y && x != b) return false;
        int p = a.Extent.Columns, q = b.Extent.Columns;
        return a.Extent.Dims.Rank > 0 && b.Extent.Dims.Rank > 0 && plan.Of(program, a) == plan.Of(program, b) && (p == q || (p % 16 == 0 && q % 16 == 0));
    }

    /// <summary>A sum over the examples is there before the first part adds to it.</summary>
    int First(Value v) => program.GoesOn(v) ? program.Part!.From : made[v].Kernel;

    /// <summary>What a part reads the next part reads again.</summary>
    int Last(Value v)
    {
        var last = Math.Max(made[v].Kernel, lastRead.GetValueOrDefault(v));
        return program.Part is { } part && last >= part.From && (made[v].Kernel < part.From || program.GoesOn(v)) ? Math.Max(last, part.To - 1) : last;
    }

    static bool Overlap(Place a, Place b) => a.Batched == b.Batched && a.Offset < b.Offset + b.Size && b.Offset < a.Offset + a.Size;

    MismatchException Wrong(Value v, string what) => new($"{program.Name}: {v} {what}");
}
