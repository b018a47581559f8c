using System.Collections.Generic;
using System.Linq;

namespace OptDsl.Compiler;

/// <summary>Reverse mode, graph to graph: gradients are values like any other and can be differentiated again.</summary>
internal static class Differentiate
{
    /// <summary>d loss / d leaf for each leaf; zeros where the loss does not depend on it.</summary>
    public static Value[] Run(GraphBuilder build, Value loss, IReadOnlyList<Value> leaves) => Run(build, loss, leaves, Derivatives.Rows);

    /// <summary>The same by other rows.</summary>
    public static Value[] Run(GraphBuilder build, Value loss, IReadOnlyList<Value> leaves, IReadOnlyDictionary<Primitive, Derivatives.Row> rows)
    {
        var order = Graph.Order([loss]);
        var needed = Needed(order, leaves);
        var gradients = new Dictionary<Value, Value> { [loss] = build.Constant(1) };
        for (var i = order.Count - 1; i >= 0; i--)
        {
            var y = order[i];
            if (!gradients.TryGetValue(y, out var g) || y.Op.Kind == PrimitiveKind.Leaf || !needed.Contains(y)) continue;
            var parts = rows[y.Op](build, g, y.Operands, y);
            for (var k = 0; k < parts.Length; k++)
                if (parts[k] is { } part && needed.Contains(y.Operands[k]))
                    gradients[y.Operands[k]] = gradients.TryGetValue(y.Operands[k], out var sum) ? build.Add(sum, part) : part;
        }
        return [.. leaves.Select(l => gradients.TryGetValue(l, out var g) ? g : build.Constant(0, l.Extent))];
    }

    /// <summary>The values through which a leaf reaches the loss; the others get no gradient and emit no code.</summary>
    static HashSet<Value> Needed(IReadOnlyList<Value> order, IReadOnlyList<Value> leaves)
    {
        var needed = new HashSet<Value>(leaves);
        foreach (var value in order)
            if (value.Op != Primitive.StopGradient && value.Element == Element.Real && value.Operands.Any(needed.Contains)) needed.Add(value);
        return needed;
    }
}
