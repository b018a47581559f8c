using System.Collections.Generic;
using System.Linq;

namespace OptDsl;

internal static partial class Findings
{
    /// <summary>Parameters that no derivative reaches, of those that the rule is for: <c>Only</c> says that the others are left alone.</summary>
    public static readonly FindingKind NoGradient = new("OPT0206", "Parameter without gradient", model =>
    {
        var reached = new HashSet<Expr> { model.Root };
        foreach (var node in model.Nodes.Reverse().Where(reached.Contains))
            for (var i = 0; i < node.Operands.Count; i++)
                if (Anatomy.Passes(node, i)) reached.Add(Anatomy.Plain(node.Operands[i]));
        return
            from parameter in model.Model.Trained
            where !reached.Contains(parameter.Value) && model.Model.Rule.Stages.Any(s => s.Covers(parameter))
            select (parameter.Value, $"{model.Describe(parameter.Value)} is not trained: the loss depends on it {Barrier(model, parameter.Value)}; use it where a derivative passes, or leave it out with .Only(…)");
    });

    /// <summary>What stands between a parameter and the loss, as far as the first such thing upwards.</summary>
    static string Barrier(Anatomy model, Expr value)
    {
        var seen = new HashSet<Expr> { value };
        for (var waiting = new Queue<Expr>(seen); waiting.Count > 0;)
        {
            var operand = waiting.Dequeue();
            foreach (var user in model.Users(operand))
                for (var i = 0; i < user.Operands.Count; i++)
                    if (Anatomy.Plain(user.Operands[i]) != operand) continue;
                    else if (Anatomy.Passes(user, i))
                    {
                        if (seen.Add(user)) waiting.Enqueue(user);
                    }
                    else return "only through " + (user.Op == Primitive.StopGradient ? "StopGradient" : user.Op == Primitive.Floor ? "Floor" : user.Op == Primitive.Multiply ? "a factor of 0" : "a truth value");
        }
        return "in nothing but what Predict returns";
    }
}
