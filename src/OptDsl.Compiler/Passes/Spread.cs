using System.Collections.Generic;
using System.Linq;

namespace OptDsl.Compiler;

/// <summary>
/// What is done to each element of pixels that a loop puts in their places is done before, where it knows all it needs: f(fold(p, q), y) is
/// fold(f(p, seen(y)), f(q, seen(y))). Behind a pool the derivative of the activation joins that of the pool, which has seen y already.
/// </summary>
internal sealed class Spread
{
    readonly GraphBuilder build = new();
    readonly Dictionary<Value, Value> made = [];
    readonly ILookup<Value, Value> users;
    readonly HashSet<(Value, string)> seen;

    Spread(Graph graph)
    {
        users = graph.Values.SelectMany(v => v.Operands.Select(o => (Operand: o, User: v))).ToLookup(u => u.Operand, u => u.User);
        seen = [.. graph.Values.Where(v => v.Op == Primitive.Unfold).Select(v => (v.Operands[0], v.Data!.ToString()!))];
    }

    public static Graph Run(Graph graph)
    {
        var pass = new Spread(graph);
        foreach (var value in graph.Values)
            pass.made[value] = pass.Pushed(value, graph.Roots) ?? pass.build.Rebuild(value, [.. value.Operands.Select(o => pass.made[o])]);
        return new(graph.Roots.Map(v => pass.made[v]));
    }

    Value? Pushed(Value value, Roots roots)
    {
        if (value.Op.Kind != PrimitiveKind.Elementwise || value.Element == Element.Truth || value.IsUniform) return null;
        var scatter = value.Operands.FirstOrDefault(o => users[o].Count() == 1 && made[o] is var m && Picks.IsScatter(m) && Picks.IsComplete((WindowInfo)m.Data!));
        if (scatter is null || roots.All.Contains(scatter)) return null;
        var window = (WindowInfo)made[scatter].Data!;
        if (!value.Operands.All(o => o == scatter || IsSeen(o, window))) return null;
        var parts = Picks.Parts(made[scatter]).Select((part, cell) =>
            build.Elementwise(value.Op, [.. value.Operands.Select(o => o == scatter ? part : Cell(o, Picks.Cell(window, cell), part.Extent))])).ToArray();
        return build.Fold(parts.Length == 1 ? parts[0] : build.Concat(2, parts), window);
    }

    /// <summary>Numbers, what is copied down the pixels, and what every cell of the window sees already.</summary>
    bool IsSeen(Value v, WindowInfo window) => v.Uniform is not null || v.IsDown || (v.Op.IsTruth && v.Operands.All(o => IsSeen(o, window)))
        || Enumerable.Range(0, window.Height * window.Width).All(cell => seen.Contains((v, Picks.Cell(window, cell).ToString())));

    Value Cell(Value v, WindowInfo cell, Extent extent) => v.Uniform is { } number ? build.Broadcast(made[number], extent)
        : v.IsDown ? build.Broadcast(made[v.Operands[0]], extent, ((BroadcastInfo)v.Data!).Axes)
        : v.Op.IsTruth ? build.Elementwise(v.Op, [.. v.Operands.Select(o => Cell(o, cell, extent))])
        : build.Unfold(made[v], cell);
}
