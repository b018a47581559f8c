using System.Collections.Generic;
using System.Linq;

namespace OptDsl.Compiler;

/// <summary>
/// where(a &lt; b, b, a) is the larger of two, one instruction; where NaN must win too, one test more, but none beside a constant: the instruction gives
/// its first operand then. After differentiation, which asks the comparisons.
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
            if (other.Op != Primitive.Where || other.Operands[1] != a || other.Operands[2] != b || !IsNumber(other.Operands[0], b)) return null;
            var test = other.Operands[0];
            // Zeros have two signs, and equal to one would give the other.
            if (a.Constant is { } constant && constant != 0 && !double.IsNaN(constant)) return build.Elementwise(op, made[b], made[a]);
            return build.Where(made[test], build.Elementwise(op, made[a], made[b]), made[b]);
        }
    }

    /// <summary>b = b, also where it is asked before b is copied or negated.</summary>
    static bool IsNumber(Value test, Value b)
    {
        test = Bare(test);
        return test.Op == Primitive.Equal && test.Operands[0] == test.Operands[1] && Bare(test.Operands[0]) == Bare(b);
    }

    static Value Bare(Value v) => v.Op == Primitive.Broadcast || v.Op == Primitive.Negate ? Bare(v.Operands[0]) : v;
}
