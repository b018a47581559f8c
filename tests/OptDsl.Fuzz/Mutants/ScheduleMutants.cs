using OptDsl.Compiler;
using OptDsl.Testing;

namespace OptDsl.Fuzz;

using Program = Compiler.Program;

/// <summary>Wrong kernels, a wrong order of them, wrong places in memory.</summary>
static class ScheduleMutants
{
    const string Area = "schedule";

    public static IReadOnlyList<Mutant> All { get; } =
    [
        Kernels("the first two kernels are exchanged", k => k.Count < 2 ? k : [k[1], k[0], .. k.Skip(2)]),
        Kernels("the kernels run backwards", k => [.. k.Reverse()]),
        Kernels("the last kernel runs first", k => [k[^1], .. k.SkipLast(1)]),
        Kernels("the first kernel runs last", k => [.. k.Skip(1), k[0]]),
        Kernels("the first kernel is missing", k => [.. k.Skip(1)]),
        Learn("the last kernel that stores nothing for good is missing", p => new(p.Name, [.. p.Kernels.Except(p.Kernels.Where(k => !k.Values.Any(v => v == p.Loss || p.Writes.Any(w => w.Value == v))).TakeLast(1))], p.Writes, p.Loss)),
        Kernels("a transpose or sum over rows is missing", k => [.. k.Except(k.OfType<MoveKernel>().Take(1))]),
        Kernels("a product is missing", k => [.. k.Except(k.OfType<ProductKernel>().Skip(1).Take(1))]),
        Kernels("a kernel runs twice", k => [.. k, k[^1]]),
        Kernels("the values of a loop are computed backwards", k => Each(k, kernel => { if (kernel is LoopKernel) kernel.Values.Reverse(); })),
        Kernels("an epilogue follows the product before", EpilogueBefore),
        Kernels("a product follows its epilogue", k => Each(k, kernel => { if (kernel is ProductKernel) kernel.Values.Reverse(); })),
        Kernels("the first value of an epilogue is forgotten", k => Each(k, kernel => { if (kernel is ProductKernel { Values.Count: > 1 }) kernel.Values.RemoveAt(1); })),
        Kernels("the last value of a loop is forgotten", k => Each(k, kernel => { if (kernel is LoopKernel { Values.Count: > 1 }) kernel.Values.RemoveAt(kernel.Values.Count - 1); })),
        Kernels("the last value of a loop joins the loop before", LoopBefore),
        Kernels("everything is computed in the first pass over a row", k => Each(k, kernel => { if (kernel is LoopKernel loop) foreach (var v in loop.Values) loop.Phase[v] = Math.Min(loop.Phase[v], 0); })),
        Kernels("what needs a reduction is computed with it", k => Each(k, kernel => { if (kernel is LoopKernel loop) foreach (var v in loop.Values.Where(v => loop.Phase[v] > 0)) loop.Phase[v]--; })),
        Kernels("a loop is one column short", k => Each(k, kernel => { if (kernel is LoopKernel { Columns: > 1 } loop) loop.Columns--; })),
        Kernels("a sum over the examples is read in the loop that adds it up", TotalInside),
        Learn("a parameter is not written", p => Rewritten(p, w => w.Where((x, i) => i != 0))),
        Learn("the last slot is not written", p => Rewritten(p, w => w.SkipLast(1))),
        Learn("a parameter is written twice", p => Rewritten(p, w => w.Append(w.First()))),
        Learn("two slots take each other's value", p => Rewritten(p, w => Exchanged(w, x => x.Target.Contains('/')))),
        Learn("two parameters take each other's value", p => Rewritten(p, w => Exchanged(w, x => !x.Target.Contains('/')))),
        Learn("a parameter takes a slot's value", p => Rewritten(p, w => w.Select(x => !x.Target.Contains('/') && w.FirstOrDefault(o => o.Target.StartsWith(x.Target + "/", StringComparison.Ordinal)) is { } slot ? x with { Value = slot.Value } : x))),
        Learn("the loss is the sum over the examples", p => new(p.Name, p.Kernels, p.Writes, p.Loss!.Operands.FirstOrDefault(o => o.Op == Primitive.BatchSum) ?? p.Loss)),
        Learn("new values go over old ones that are read later", Eager),
        Programs("Evaluate returns the sum over the examples", "Evaluate", p => new(p.Name, p.Kernels, p.Writes, p.Loss!.Operands.FirstOrDefault(o => o.Op == Primitive.BatchSum) ?? p.Loss)),
        Returned("Evaluate returns the loss that a step learns from", Fuse.Evaluate, r => r with { Evaluated = r.Loss }),
        Returned("Gradient returns the loss that nothing learns from", Fuse.Gradient, r => r with { Loss = r.Evaluated }),
        Programs("Predict returns nothing", "Predict", p => Rewritten(p, w => [])),
        Programs("Gradient leaves the last one out", "Gradient", p => Rewritten(p, w => w.SkipLast(1))),
        Programs("two gradients are exchanged", "Gradient", p => Rewritten(p, w => Exchanged(w, _ => true))),
        Programs("slots start nowhere", "Start", p => Rewritten(p, w => [])),
        Places("a temporary begins 16 elements too early", (plan, live) => Shift(plan, live, -16)),
        Places("a temporary begins 16 elements too late", (plan, live) => Shift(plan, live, 16)),
        Places("two values that live together share a place", Shared),
        Places("a result lies on its kernel's operand", OnOperand),
        Places("all temporaries begin at one place", (plan, live) => { foreach (var p in live.Select(l => l.Place).Distinct().Skip(1)) plan.Move(p, p with { Offset = live.Where(l => l.Place.Batched == p.Batched).Min(l => l.Place.Offset) }); }),
        Places("a temporary lies on a parameter", (plan, live) => OnKept(plan, live, plan.Graph.Roots.Stored.First(s => !s.IsSlot).Name)),
        Places("a temporary lies on a slot", (plan, live) => { if (plan.Graph.Roots.Stored.FirstOrDefault(s => s.IsSlot) is { } slot) OnKept(plan, live, slot.Name); }),
        Places("a temporary lies on the scratch", (plan, live) => { if (live.Select(l => l.Place).FirstOrDefault(p => !p.Batched) is { } p) plan.Move(p, p with { Offset = plan.Scratch.Offset }); }),
        Places("a temporary lies on staged data", OnStaged),
        Places("a temporary is too small", (plan, live) => { foreach (var p in live.Select(l => l.Place).Distinct().Where(p => p.Size > 16)) plan.Move(p, p with { Size = 16 }); }),
        Places("a value per example has one place for all", (plan, live) => { if (live.Select(l => l.Place).FirstOrDefault(p => p.Batched) is { } p) plan.Move(p, p with { Batched = false, Offset = 0 }); }),
        Places("there are lanes for one reduction only", (plan, live) => plan.Move(plan.Scratch, plan.Scratch with { Size = 16 })),
        Places("two parameters share a place", (plan, live) => Share(plan, plan.Graph.Roots.Stored.Where(s => !s.IsSlot).Select(s => s.Name))),
        Places("two slots share a place", (plan, live) => Share(plan, plan.Graph.Roots.Stored.Where(s => s.IsSlot).Select(s => s.Name))),
        Places("a slot lies on its parameter", (plan, live) => { foreach (var s in plan.Graph.Roots.Stored.Where(s => s.IsSlot)) Share(plan, [s.Name[..s.Name.LastIndexOf('/')], s.Name]); }),
        Places("two gradients share a place", (plan, live) => Share(plan, plan.Graph.Roots.Gradients.Select(g => "gradient of " + g.Name))),
        Places("a gradient lies on its parameter", (plan, live) => { foreach (var (name, _) in plan.Graph.Roots.Gradients) Share(plan, [name, "gradient of " + name]); }),
        Places("the arena ends too early", (plan, live) => PlanParts.Fixed(plan) = live.Select(l => l.Place).Where(p => !p.Batched).Select(p => p.Offset + p.Size).DefaultIfEmpty(PlanParts.Fixed(plan)).Max() - 1),
        new CompilerMutant(Area, "what is walked row by row lies in panels", Pipeline.Right with { Schedule = graph => Planned(graph, Right(graph), storage =>
            { foreach (var s in graph.Roots.Stored.Where(s => s.Leaf.Extent.Dims.Rank == 2)) PlanParts.Panels(storage).Add(s.Leaf.Extent.Dims); }) }),
        new CompilerMutant(Area, "what others than products read lies in a frame", Pipeline.Right with { Schedule = graph => Planned(graph, Right(graph), storage =>
            { foreach (var v in graph.Values.Where(v => v.Data is WindowInfo { Dilation: 1, Top: >= 0, Left: >= 0 } && v.Op == Primitive.Unfold && !Picks.IsPick(v))) PlanParts.Framed(storage).Add(v); }) }),
    ];

    /// <summary>A value of a program, its place, and the kernels from which to which it is needed.</summary>
    sealed record Lived(Program Program, Value Value, Place Place, int From, int To);

    static IReadOnlyList<Program> Right(Graph graph) => ModelCompiler.Schedule(graph).Programs;

    static Plan Planned(Graph graph, IReadOnlyList<Program> programs, Action<Storage>? change = null)
    {
        var storage = new Storage(graph);
        change?.Invoke(storage);
        return new(graph, storage, new(graph, storage), programs);
    }

    static CompilerMutant Programs(string name, string program, Func<Program, Program> wrong) =>
        new(Area, name, Pipeline.Right with { Schedule = graph => Planned(graph, [.. Right(graph).Select(p => p.Name == program ? wrong(p) : p)]) });

    static CompilerMutant Returned(string name, Func<Graph, Program> fuse, Func<Roots, Roots> wrong) => new(Area, name, Pipeline.Right with { Schedule = graph =>
    {
        var returned = fuse(new(wrong(graph.Roots)));
        return Planned(graph, [.. Right(graph).Select(p => p.Name == returned.Name ? returned : p)]);
    } });

    static CompilerMutant Learn(string name, Func<Program, Program> wrong) => Programs(name, "Learn", wrong);

    static CompilerMutant Kernels(string name, Func<IReadOnlyList<Kernel>, IReadOnlyList<Kernel>> wrong) =>
        Learn(name, p => new(p.Name, wrong(p.Kernels), p.Writes, p.Loss));

    static CompilerMutant Places(string name, Action<Plan, IReadOnlyList<Lived>> wrong) => new(Area, name, Pipeline.Right with { Schedule = graph =>
    {
        var plan = ModelCompiler.Schedule(graph);
        wrong(plan, [.. plan.Programs.Take(1).SelectMany(p => Lifetimes.Of(p).Select(l => (Life: l, Place: plan.Of(p, l.Key))).Where(l => l.Place?.Kind == Place.Temporary)
            .Select(l => new Lived(p, l.Life.Key, l.Place!, l.Life.Value.From, l.Life.Value.To))).OrderBy(l => l.From)]);
        return plan;
    } });

    static IReadOnlyList<Kernel> Each(IReadOnlyList<Kernel> kernels, Action<Kernel> change)
    {
        foreach (var kernel in kernels) change(kernel);
        return kernels;
    }

    static IReadOnlyList<Kernel> EpilogueBefore(IReadOnlyList<Kernel> kernels)
    {
        var products = kernels.OfType<ProductKernel>().ToArray();
        for (var i = 1; i < products.Length; i++)
            if (products[i].Values.Count > 1)
            {
                products[i - 1].Values.Add(products[i].Values[1]);
                products[i].Values.RemoveAt(1);
                break;
            }
        return kernels;
    }

    static IReadOnlyList<Kernel> LoopBefore(IReadOnlyList<Kernel> kernels)
    {
        var loops = kernels.OfType<LoopKernel>().ToArray();
        for (var i = 1; i < loops.Length; i++)
            if (loops[i].Values.Count > 1)
            {
                var moved = loops[i].Values[^1];
                loops[i].Values.Remove(moved);
                loops[i - 1].Values.Add(moved);
                loops[i - 1].Phase[moved] = 0;
                break;
            }
        return kernels;
    }

    static IReadOnlyList<Kernel> TotalInside(IReadOnlyList<Kernel> kernels)
    {
        for (var i = 1; i < kernels.Count; i++)
            if (kernels[i - 1] is LoopKernel { } loop && loop.Values.FirstOrDefault(v => v.Op == Primitive.BatchSum) is { } total && kernels[i].Values[0].Operands.Contains(total))
            {
                loop.Values.Add(kernels[i].Values[0]);
                loop.Phase[kernels[i].Values[0]] = 0;
                kernels[i].Values.RemoveAt(0);
                return [.. kernels.Where(k => k.Values.Count > 0)];
            }
        return kernels;
    }

    static Program Rewritten(Program p, Func<IReadOnlyList<Write>, IEnumerable<Write>> writes) => new(p.Name, p.Kernels, [.. writes(p.Writes)], p.Loss);

    static IEnumerable<Write> Exchanged(IReadOnlyList<Write> writes, Func<Write, bool> among) =>
        writes.Select(w => among(w) && writes.FirstOrDefault(o => among(o) && o.Target != w.Target && o.Value.Extent.Equals(w.Value.Extent)) is { } other ? w with { Value = other.Value } : w);

    /// <summary>Readers of parameters run as late as they may, and new values are stored at once all the same.</summary>
    static Program Eager(Program p)
    {
        var order = new List<Kernel>();
        var rest = p.Kernels.ToList();
        while (rest.Count > 0)
        {
            var ready = rest.Where(k => k.Values.SelectMany(v => v.Operands).SelectMany(o => Lifetimes.Sources(p.IsPlaced, o)).All(s => !p.IsPlaced(s) || k.Values.Contains(s) || order.Exists(o => o.Values.Contains(s)))).ToList();
            var next = ready.Find(k => k.Values.Any(v => p.Overwrites(v).Any())) ?? ready.Find(k => k is not MoveKernel { Value.Op.Name: "transpose" }) ?? ready[0];
            order.Add(next);
            rest.Remove(next);
        }
        var wrong = new Program(p.Name, order, p.Writes, p.Loss);
        wrong.Overwrite(p.Writes.Where(w => p.Overwrites(w.Value).Contains(w.Target)).ToLookup(w => w.Value, w => w.Target));
        return wrong;
    }

    static void Shift(Plan plan, IReadOnlyList<Lived> live, int by)
    {
        foreach (var place in live.Select(l => l.Place).Distinct().ToList()) plan.Move(place, place with { Offset = place.Offset + by });
    }

    static void Shared(Plan plan, IReadOnlyList<Lived> live)
    {
        foreach (var a in live)
            foreach (var b in live)
                if (a.Place.Batched == b.Place.Batched && a.Place.Offset != b.Place.Offset && a.From < b.From && b.From < a.To)
                {
                    plan.Move(b.Place, b.Place with { Offset = a.Place.Offset });
                    return;
                }
    }

    /// <summary>As if a value were not needed any more in the kernel that reads it last.</summary>
    static void OnOperand(Plan plan, IReadOnlyList<Lived> live)
    {
        foreach (var b in live.Where(l => l.Program.Kernels[l.From] is not LoopKernel))
            if (live.FirstOrDefault(a => a.To == b.From && a.Place.Batched == b.Place.Batched && a.Place.Offset != b.Place.Offset) is { } operand)
            {
                plan.Move(b.Place, b.Place with { Offset = operand.Place.Offset });
                return;
            }
    }

    static void OnKept(Plan plan, IReadOnlyList<Lived> live, string name)
    {
        if (live.Select(l => l.Place).FirstOrDefault(p => !p.Batched) is { } place) plan.Move(place, place with { Offset = plan.Kept(name).Offset });
    }

    static void OnStaged(Plan plan, IReadOnlyList<Lived> live)
    {
        if (plan.Graph.Values.FirstOrDefault(plan.IsStaged) is { } input && live.Select(l => l.Place).FirstOrDefault(p => p.Batched) is { } place)
            plan.Move(place, place with { Offset = plan.Of(plan.Programs[0], input)!.Offset });
    }

    static void Share(Plan plan, IEnumerable<string> names)
    {
        var places = names.Select(plan.Kept).ToArray();
        if (places.Length > 1) plan.Move(places[1], places[1] with { Offset = places[0].Offset });
    }
}
