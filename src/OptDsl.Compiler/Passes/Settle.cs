using System.Collections.Generic;
using System.Linq;

namespace OptDsl.Compiler;

/// <summary>
/// A truth is spelled where it is asked, which is one instruction or a few. One that several ask and that is long becomes a number, 1 or 0, and is asked whether
/// it is 0: spelled everywhere, truths made of shared truths would double with every step.
/// </summary>
internal static class Settle
{
    /// <summary>Comparisons and connectives that may be spelled again.</summary>
    const int Long = 32;

    public static Graph Run(Graph graph)
    {
        var build = new GraphBuilder();
        var made = new Dictionary<Value, Value>();
        var lengths = new Dictionary<Value, int>();
        var uses = graph.Values.SelectMany(v => v.Operands).GroupBy(v => v).ToDictionary(g => g.Key, g => g.Count());
        foreach (var value in graph.Values)
        {
            made[value] = build.Rebuild(value, [.. value.Operands.Select(o => made[o])]);
            if (!value.Op.IsTruth || value.IsUniform) continue;
            var length = 1 + value.Operands.Sum(o => lengths.TryGetValue(o, out var below) ? below : 0);
            if (length > Long && uses.TryGetValue(value, out var count) && count > 1) (made[value], length) = (Asked(made[value]), 2);
            lengths[value] = length;
        }
        return new(graph.Roots.Map(v => made[v]));

        Value Asked(Value truth)
        {
            Value one = build.Constant(1, truth.Extent), zero = build.Constant(0, truth.Extent);
            return build.Elementwise(Primitive.Not, build.Elementwise(Primitive.Equal, build.Where(truth, one, zero), zero));
        }
    }
}
