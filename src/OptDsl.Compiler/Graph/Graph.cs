using System.Collections.Generic;
using System.Linq;
using System.Text;

namespace OptDsl.Compiler;

/// <summary>A tensor that lives between steps: a parameter or a slot, its first value and its next.</summary>
internal sealed record Stored(string Name, Value Leaf, Value? Start, Value Next, bool IsSlot);

/// <summary>The roots that everything else hangs on: the loss that a step learns from, and the one that Evaluate returns, with the outputs, where nothing learns.</summary>
internal sealed record Roots(
    Value Loss,
    Value Evaluated,
    IReadOnlyList<(string Name, Value Value)> Outputs,
    IReadOnlyList<(string Name, Value Value)> Gradients,
    IReadOnlyList<Stored> Stored)
{
    /// <summary>The hyperparameters that can be set, in order of the model's text.</summary>
    public IReadOnlyList<Value> Hypers { get; init; } = [];

    /// <summary>What a step may take for a while, where that is limited.</summary>
    public MemoryBudget? Budget { get; init; }

    public IEnumerable<Value> All => Outputs.Select(o => o.Value).Prepend(Evaluated).Prepend(Loss).Concat(Hypers).Concat(Gradients.Select(g => g.Value))
        .Concat(Stored.SelectMany(s => s.Start is null ? [s.Leaf, s.Next] : new[] { s.Leaf, s.Start, s.Next }));

    public Roots Map(System.Func<Value, Value> f) => new(
        f(Loss),
        f(Evaluated),
        [.. Outputs.Select(o => (o.Name, f(o.Value)))],
        [.. Gradients.Select(g => (g.Name, f(g.Value)))],
        [.. Stored.Select(s => new Stored(s.Name, f(s.Leaf), s.Start is null ? null : f(s.Start), f(s.Next), s.IsSlot))])
    {
        Hypers = [.. Hypers.Select(f)],
        Budget = Budget,
    };
}

/// <summary>What a model computes: values in single assignment, operands before users, and the roots.</summary>
internal sealed class Graph(Roots roots)
{
    public Roots Roots { get; } = roots;

    public IReadOnlyList<Value> Values { get; } = Order(roots.All);

    /// <summary>The values below these roots, operands before users; without some, and what lies below those alone.</summary>
    public static IReadOnlyList<Value> Order(IEnumerable<Value> roots, HashSet<Value>? without = null)
    {
        var order = new List<Value>();
        var seen = new HashSet<Value>();
        var stack = new Stack<(Value Node, int Next)>();
        foreach (var root in roots)
        {
            if (IsNew(root)) stack.Push((root, 0));
            while (stack.Count > 0)
            {
                var (node, next) = stack.Pop();
                if (next == node.Operands.Count)
                {
                    order.Add(node);
                    continue;
                }
                stack.Push((node, next + 1));
                if (IsNew(node.Operands[next])) stack.Push((node.Operands[next], 0));
            }
        }
        return order;

        bool IsNew(Value value) => without?.Contains(value) != true && seen.Add(value);
    }

    /// <summary>A value and what lies below it as far as one goes on: each once, however many ways lead to it.</summary>
    public static IEnumerable<Value> Below(Value root, System.Func<Value, IEnumerable<Value>> next)
    {
        var seen = new HashSet<Value>();
        var rest = new Stack<Value>([root]);
        while (rest.Count > 0)
        {
            var value = rest.Pop();
            if (!seen.Add(value)) continue;
            yield return value;
            foreach (var operand in next(value).Reverse()) rest.Push(operand);
        }
    }

    /// <summary>A line per value, then the roots.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        foreach (var value in Values) text.Append(value).Append('\n');
        text.Append("loss %").Append(Text.Number(Roots.Loss.Id)).Append('\n');
        if (Roots.Evaluated != Roots.Loss) text.Append("evaluated %").Append(Text.Number(Roots.Evaluated.Id)).Append('\n');
        foreach (var (name, value) in Roots.Outputs) text.Append("output ").Append(name).Append(" %").Append(Text.Number(value.Id)).Append('\n');
        foreach (var (name, value) in Roots.Gradients) text.Append("gradient ").Append(name).Append(" %").Append(Text.Number(value.Id)).Append('\n');
        foreach (var s in Roots.Stored)
            text.Append(s.IsSlot ? "slot " : "parameter ").Append(s.Name).Append(" ← %").Append(Text.Number(s.Next.Id)).Append('\n');
        return text.ToString();
    }
}
