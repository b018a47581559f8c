using System.Collections.Generic;
using System.Linq;

namespace OptDsl.Compiler;

/// <summary>
/// where(a &lt; b, b, a) is the larger of two, one instruction; where NaN must win too, one test more. After differentiation, which asks the comparisons.
/// </summary>
internal static class Choose
{
    public static Graph Run(Graph graph)
    {
        var build = new GraphBuilder();
        var made = new Dictionary<Value, Value>();
        foreach (var value in graph.Values)
            made[value] = Chosen(value) ?? build.Rebuild(value, [.. value.Operands.Select(o => made[o])]);
        return new(graph.Roots.Map(v => made[v]));

        Value? Chosen(Value value)
        {
            if (value.Op != Primitive.Where || value.IsUniform || value.Operands[0].Op != Primitive.Less) return null;
            var (a, b) = (value.Operands[0].Operands[0], value.Operands[0].Operands[1]);
            var (first, second) = (value.Operands[1], value.Operands[2]);
            return first == b ? Of(Primitive.Larger, a, b, second) : first == a ? Of(Primitive.Smaller, b, a, second) : null;
        }

        // where(…, b, a), or where(…, b, where(b = b, a, b)).
        Value? Of(Primitive op, Value a, Value b, Value other)
        {
            if (other == a) return build.Elementwise(op, made[a], made[b]);
            if (other.Op != Primitive.Where || other.Operands[0] is not { } test || test.Op != Primitive.Equal) return null;
            if (test.Operands.Append(other.Operands[2]).Any(o => o != b) || other.Operands[1] != a) return null;
            return build.Where(made[test], build.Elementwise(op, made[a], made[b]), made[b]);
        }
    }
}
