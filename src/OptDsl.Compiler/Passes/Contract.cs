using System.Collections.Generic;
using System.Linq;

namespace OptDsl.Compiler;

/// <summary>a·b + c in one rounding, wherever the product has no other use.</summary>
internal static class Contract
{
    public static Graph Run(Graph graph)
    {
        var build = new GraphBuilder();
        var made = new Dictionary<Value, Value>();
        var uses = graph.Values.SelectMany(v => v.Operands).Concat(graph.Roots.All).GroupBy(v => v).ToDictionary(g => g.Key, g => g.Count());
        foreach (var value in graph.Values)
        {
            var x = value.Operands.Select(o => made[o]).ToArray();
            made[value] = Fused(value) ?? build.Rebuild(value, x);
        }
        return new(graph.Roots.Map(v => made[v]));

        Value? Fused(Value value)
        {
            if (value.IsUniform) return null;
            if (value.Op == Primitive.Add)
                foreach (var (product, rest) in new[] { (value.Operands[0], value.Operands[1]), (value.Operands[1], value.Operands[0]) })
                    if (IsFree(product)) return Fma(made[product.Operands[0]], made[product.Operands[1]], made[rest]);
            if (value.Op == Primitive.Subtract && IsFree(value.Operands[1]) && value.Operands[1].Operands[0].Uniform is { } factor)
            {
                var minus = build.Broadcast(Negated(made[factor]), value.Extent);
                return Fma(minus, made[value.Operands[1].Operands[1]], made[value.Operands[0]]);
            }
            return null;
        }

        bool IsFree(Value product) => product.Op == Primitive.Multiply && !product.IsUniform && uses[product] == 1;

        Value Negated(Value uniform) => uniform.Data is double number ? build.Constant(-number) : build.Negate(uniform);

        Value Fma(Value a, Value b, Value c) => build.Elementwise(Primitive.Fma, a, b, c);
    }
}
