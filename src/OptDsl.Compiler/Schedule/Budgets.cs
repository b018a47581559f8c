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

    /// <summary>The plan of a graph: where its step needs more than the budget, products consume the gradients that they make, if that saves anything.</summary>
    public static Plan Fit(Graph graph, Func<bool, Plan> schedule, int elementSize)
    {
        var plan = schedule(false);
        if (graph.Roots.Budget is not { } budget || Peak(plan, budget, elementSize) is var peak && peak <= budget.Bytes) return plan;
        var lean = schedule(true);
        return Peak(lean, budget, elementSize) < peak ? lean : plan;
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
            + string.Concat(reasons.Select(r => r + "; ")) + "raise the budget, or take fewer examples at once";
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
        var needs = new Costs(plan, learn, elementSize).Buffers.ToList();
        return learn.Kernels.Select((_, k) => needs.Where(n => n.From <= k && k <= n.To).Sum(n => n.Batched ? n.Bytes * budget.Examples : n.Bytes)).DefaultIfEmpty(0).Max();
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
