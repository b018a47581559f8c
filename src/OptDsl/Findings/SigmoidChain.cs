using System.Collections.Generic;
using System.Linq;

namespace OptDsl;

internal static partial class Findings
{
    /// <summary>(1/4)¹² is 2⁻²⁴, less than a float resolves beside 1.</summary>
    const int MostSigmoids = 11;

    /// <summary>Parameters all of whose derivatives pass so many sigmoids, with nothing on the way that makes them larger.</summary>
    public static readonly FindingKind SigmoidChain = new("OPT0205", "Sigmoids too deep for a gradient", model =>
    {
        var depths = Depths(model);
        bool IsTooDeep(Expr e) => depths.TryGetValue(e, out var depth) && depth > MostSigmoids;
        var parameter = model.Model.Trained.FirstOrDefault(p => IsTooDeep(p.Value))?.Value;
        var last = model.Nodes.LastOrDefault(n => n.Op == Primitive.Sigmoid && IsTooDeep(Anatomy.Plain(n.Operands[0])));
        if (parameter is null || last is null) return [];
        var count = depths[parameter];
        return [(last, $"the gradient of {model.Describe(parameter)} passes {Text.Number(count)} sigmoids, each of which leaves at most 1/4 of it: at most 2^-{Text.Number(2 * count)} arrives, less than a float resolves beside 1; use Relu or Tanh, or add a skip, x + f(x)")];
    });

    /// <summary>The number of sigmoids between the loss and each value on the way that has the fewest.</summary>
    static Dictionary<Expr, int> Depths(Anatomy model)
    {
        var depths = new Dictionary<Expr, int> { [model.Root] = 0 };
        foreach (var node in model.Nodes.Reverse())
        {
            if (!depths.TryGetValue(node, out var depth)) continue;
            depth = Enlarges(node) ? 0 : depth + (node.Op == Primitive.Sigmoid ? 1 : 0);
            for (var i = 0; i < node.Operands.Count; i++)
                if (Anatomy.Passes(node, i) && Anatomy.Plain(node.Operands[i]) is var operand && (!depths.TryGetValue(operand, out var other) || depth < other))
                    depths[operand] = depth;
        }
        return depths;
    }

    /// <summary>A quotient, as in a norm, a root, a logarithm or a factor above 1 may undo what sigmoids take away.</summary>
    static bool Enlarges(Expr node) => node.Op == Primitive.Log || node.Op == Primitive.Exp || node.Op == Primitive.Sqrt
        || (node.Op == Primitive.Divide && node.Operands[1].Data is not >= 1.0)
        || (node.Op == Primitive.Multiply && node.Operands.Any(o => o.Op == Primitive.Hyper || o.Data is > 1.0 or < -1.0));
}
