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

    /// <summary>What lies between the kernels of a part should fit into a cache of the second level. Measured, W6 in parts of 2, 4, 8, 16, 32 examples: 0.76, 0.72, 0.73, 0.74, 0.83 of the time.</summary>
    const long Cache = 2 << 20;

    /// <summary>
    /// The plan of a graph. Where its step needs more than the budget, products consume the gradients that they make; where that is not enough, the batch is taken in
    /// parts; where nothing is enough, what needs least. Without a budget a batch is taken in parts where an example needs much and the parameters little.
    /// </summary>
    public static Plan Fit(Graph graph, Func<bool, int, Plan> schedule, int elementSize)
    {
        var usual = schedule(false, 0);
        var (all, example) = Peak(usual, elementSize);
        var parameters = graph.Roots.Stored.Where(s => !s.IsSlot).Sum(s => s.Leaf.Extent.Dims.Size) * elementSize;
        if (example >= Cache / 64 && example <= Cache / 4 && parameters <= Cache / 4) usual = schedule(false, (int)(Cache / example));
        if (graph.Roots.Budget is not { } budget || Needed(usual) <= budget.Bytes) return usual;
        var lean = schedule(true, 0);
        if (Needed(lean) <= budget.Bytes) return lean;
        var parts = schedule(false, (int)Math.Max(1, Math.Min(budget.Examples, (budget.Bytes - all) / Math.Max(1, example))));
        return new[] { usual, lean, parts }.OrderBy(Needed).First();

        long Needed(Plan plan) => Peak(plan, budget, elementSize);
    }

    /// <summary>Why a plan needs more than the budget, or null where it does not.</summary>
    public static string? Excess(Plan plan, int elementSize)
    {
        if (plan.Graph.Roots.Budget is not { } budget || Peak(plan, budget, elementSize) is var peak && peak <= budget.Bytes) return null;
        var learn = plan.Programs.First(p => p.Name == "Learn");
        var kept = plan.Graph.Roots.Gradients.Where(g => IsKept(plan, learn, g.Name, g.Value)).OrderByDescending(g => plan.Storage.Size(g.Value.Extent)).ToList();
        var reasons = kept.Take(Named).Select(g => $"the gradient of '{g.Name}' stays in memory ({Bytes(plan.Storage.Size(g.Value.Extent) * elementSize)} bytes): {Why(plan.Graph, g.Value)}");
        if (kept.Count > Named) reasons = reasons.Append($"smaller ones stay too ({Text.Number(kept.Count - Named)})");
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
    static long Peak(Plan plan, MemoryBudget budget, int elementSize)
    {
        var learn = plan.Programs.First(p => p.Name == "Learn");
        var examples = Math.Min(budget.Examples, learn.Part?.Examples ?? budget.Examples);
        return Moments(plan, learn, elementSize).Select(m => m.Sum(n => n.Batched ? n.Bytes * examples : n.Bytes)).DefaultIfEmpty(0).Max();
    }

    /// <summary>The most bytes for all examples together, and for each.</summary>
    static (long All, long Example) Peak(Plan plan, int elementSize)
    {
        var moments = Moments(plan, plan.Programs.First(p => p.Name == "Learn"), elementSize).ToList();
        return (moments.Select(m => m.Where(n => !n.Batched).Sum(n => n.Bytes)).DefaultIfEmpty(0).Max(), moments.Select(m => m.Where(n => n.Batched).Sum(n => n.Bytes)).DefaultIfEmpty(0).Max());
    }

    /// <summary>What is needed while each kernel runs.</summary>
    static IEnumerable<IEnumerable<Need>> Moments(Plan plan, Program learn, int elementSize)
    {
        var needs = new Costs(plan, learn, elementSize).Buffers.ToList();
        return learn.Kernels.Select((_, k) => needs.Where(n => n.From <= k && k <= n.To));
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
    static bool Products(Value v) => v.Op == Primitive.MatMul || (v.Op.Kind == PrimitiveKind.Elementwise && v.Operands.Any(Products));

    static string Bytes(long count) => count.ToString("N0", CultureInfo.InvariantCulture);
}
