using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace OptDsl.Compiler;

/// <summary>A model's memory budget: the plan that it asks for, and what is told where that plan needs more.</summary>
internal static class Budgets
{
    /// <summary>How many of the things that need memory are named.</summary>
    const int Named = 3;

    /// <summary>What lies between the kernels of a part should fit into a cache of the second level.</summary>
    const long Cache = 2 << 20;

    /// <summary>
    /// The plan of a graph. Where its step needs more than the budget, products consume the gradients that they make; where that is not enough, the batch is taken in
    /// parts instead, which store the gradients; where nothing is enough, what needs least. Without a budget a batch is taken in parts where an example needs much and the
    /// parameters little.
    /// </summary>
    public static Plan Fit(Graph graph, Func<bool, int, Plan> schedule, int elementSize)
    {
        var whole = schedule(false, 0);
        var example = new Peaks(whole, elementSize).Of(1) - new Peaks(whole, elementSize).Of(0);
        var parameters = graph.Roots.Stored.Where(s => !s.IsSlot).Sum(s => s.Leaf.Extent.Dims.Size) * elementSize;
        var usual = example >= Cache / 64 && example <= Cache / 4 && parameters <= Cache / 4 ? schedule(false, Even((int)(Cache / example))) : whole;
        if (graph.Roots.Budget is not { } budget || Needed(usual) <= budget.Bytes) return usual;
        if (Needed(whole) <= budget.Bytes) return whole;
        var lean = schedule(true, 0);
        if (Needed(lean) <= budget.Bytes) return lean;
        var peaks = new Peaks(schedule(false, 1), elementSize);
        int most = 1, tooMany = budget.Examples + 1;
        while (tooMany - most > 1)
            if ((most + tooMany) / 2 is var part && peaks.Of(part) <= budget.Bytes) most = part;
            else tooMany = part;
        return new[] { usual, whole, lean, schedule(false, most) }.OrderBy(Needed).First();

        long Needed(Plan plan) => Needs(plan, budget, elementSize);
    }

    /// <summary>A part of whole vectors of examples, because some kernels have one in each lane, or of fewer than make a vector.</summary>
    static int Even(int examples) => examples < 12 ? examples : (examples + 4) / 16 * 16;

    /// <summary>Why a plan needs more than the budget, or null where it does not.</summary>
    public static string? Excess(Plan plan, int elementSize)
    {
        if (plan.Graph.Roots.Budget is not { } budget || Needs(plan, budget, elementSize) is var peak && peak <= budget.Bytes) return null;
        var learn = plan.Learn;
        var kept = plan.Graph.Roots.Gradients.Where(g => IsKept(plan, learn, g.Name, g.Value)).OrderByDescending(g => plan.Storage.Size(g.Value.Extent)).ToList();
        var reasons = kept.Take(Named).Select(g => $"the gradient of '{g.Name}' stays in memory ({Bytes(plan.Storage.Size(g.Value.Extent) * elementSize)} bytes): {(learn.Part is null ? Why(plan.Graph, g.Value) : "the parts of the batch add it up")}");
        if (kept.Count > Named) reasons = reasons.Append($"smaller ones stay too ({Text.Number(kept.Count - Named)})");
        if (budget.Examples > 1 && plan.Graph.Values.Any(v => v.Extent.Batched) && Parts.Of(Fuse.Learn(plan.Graph), 1) is null) reasons = reasons.Append("the batch is not taken in parts, because an example needs something of all, as under a batch norm, or random numbers");
        return $"a step of {Text.Number(budget.Examples)} examples needs {Bytes(peak)} bytes for a while, more than the budget of {Bytes(budget.Bytes)}; "
            + string.Concat(reasons.Select(r => r + "; ")) + "raise the budget";
    }

    /// <summary>The gradient itself, or what is made of it, is stored before the parameter changes.</summary>
    static bool IsKept(Plan plan, Program learn, string parameter, Value gradient)
    {
        var next = plan.Graph.Roots.Stored.First(s => s.Name == parameter).Next;
        return next.Op != Primitive.Parameter && (plan.Of(learn, gradient) is not null || !learn.IsPlaced(next) || learn.Kernels[learn.Home(next)] is not ProductKernel);
    }

    /// <summary>The most bytes that are needed at the same time.</summary>
    static long Needs(Plan plan, MemoryBudget budget, int elementSize) =>
        new Peaks(plan, elementSize).Of(Math.Min(budget.Examples, plan.Learn.Part?.Examples ?? budget.Examples));

    /// <summary>What a step needs at the same time, by the number of examples.</summary>
    sealed class Peaks(Plan plan, int elementSize)
    {
        readonly int kernels = plan.Learn.Kernels.Count;
        readonly List<Need> needs = [.. new Costs(plan, plan.Learn, elementSize).Buffers];

        public long Of(int examples)
        {
            var change = new long[kernels + 1];
            foreach (var need in needs)
            {
                var bytes = need.Batched ? need.Bytes * examples : need.Bytes;
                change[need.From] += bytes;
                change[need.To + 1] -= bytes;
            }
            long now = 0;
            return change.Max(c => now += c);
        }
    }

    /// <summary>What lies between a gradient and the parameter that an epilogue cannot do.</summary>
    static string Why(Graph graph, Value gradient)
    {
        if (!Products(gradient)) return "no product of two matrices makes it";
        var users = graph.Values.SelectMany(v => v.Operands.Select(o => (Operand: o, User: v))).ToLookup(u => u.Operand, u => u.User);
        var seen = new HashSet<Value> { gradient };
        for (var waiting = new Queue<Value>(seen); waiting.Count > 0;)
            foreach (var user in users[waiting.Dequeue()].Where(seen.Add))
                if (user.Op == Primitive.Sum || user.Op == Primitive.Max) return "the rule adds up or compares all of it, as a norm does, before it changes the parameter";
                else if (user.Op.Kind != PrimitiveKind.Elementwise) return $"the rule takes all of it at once, in {user.Op.Name}";
                else if (Fuse.IsHeavy(user.Op)) return $"the rule needs {user.Op.Name}, which is too long for the end of a product";
                else waiting.Enqueue(user);
        return "the rule needs all of another tensor first, or random numbers";
    }

    /// <summary>Whether there is a product, with or without what follows element by element.</summary>
    static bool Products(Value v) => Graph.Below(v, o => o.Op.Kind == PrimitiveKind.Elementwise ? o.Operands : []).Any(o => o.Op == Primitive.MatMul);

    static string Bytes(long count) => count.ToString("N0", CultureInfo.InvariantCulture);
}
