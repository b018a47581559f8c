using System.Collections.Generic;
using System.Linq;

namespace OptDsl.Compiler;

/// <summary>
/// y = where(x ≤ 0, 0, x) is ≤ 0 exactly where x is (NaN in neither), so the backward pass asks y and x need not be kept.
/// </summary>
internal static class ReuseOutputs
{
    public static Graph Run(Graph graph)
    {
        var build = new GraphBuilder();
        var made = new Dictionary<Value, Value>();
        var relus = new Dictionary<Value, Value>();
        foreach (var value in graph.Values)
        {
            if (value.Op == Primitive.Where && value.Operands[0] is { } test && test.Op == Primitive.LessEqual
                && test.Operands[1].Constant is 0 && value.Operands[1].Constant is 0 && value.Operands[2] == test.Operands[0])
            {
                made[value] = build.Rebuild(value, [.. value.Operands.Select(o => made[o])]);
                if (!relus.ContainsKey(test)) relus[test] = build.Elementwise(Primitive.LessEqual, made[value], made[test.Operands[1]]);
                continue;
            }
            made[value] = build.Rebuild(value, [.. value.Operands.Select(o => relus.TryGetValue(o, out var reused) ? reused : made[o])]);
        }
        return new(graph.Roots.Map(v => made[v]));
    }
}
