using System.Collections.Generic;
using System.Linq;

namespace OptDsl;

internal static partial class Findings
{
    /// <summary>A loss of logits is given probabilities. A log-softmax is no mistake there: its softmax is that of its input.</summary>
    public static readonly FindingKind SoftmaxTwice = new("OPT0201", "Activation before a loss that applies it", model =>
        from node in model.Nodes
        let logits = LogitsOfSoftmax(model, node) ?? LogitsOfSigmoid(node)
        where logits is not null
        let output = Anatomy.Plain(logits)
        from told in Twice("softmax", "Softmax", output, node.Op == Primitive.Log ? Anatomy.Softmax(output) : null)
            .Concat(Twice("sigmoid", "Sigmoid", output, node.Op == Primitive.Subtract ? Anatomy.Under(output, Primitive.Sigmoid) : null))
        select told);

    static IEnumerable<(Expr, string)> Twice(string name, string function, Expr output, Expr? inner)
    {
        if (inner is not null)
            yield return (output, $"the loss takes the {name} of the output, but the output is already a {name} of {inner.Describe()}; leave out {function} before the loss, and apply it to what Predict returns");
    }

    /// <summary>z of log Σ exp(z − max z) whose z − max z is also chosen from by a label.</summary>
    static Expr? LogitsOfSoftmax(Anatomy model, Expr node) =>
        Anatomy.Under(Anatomy.Under(Anatomy.Under(node, Primitive.Log), Primitive.Sum), Primitive.Exp) is { } shifted
        && model.Users(shifted).Any(u => u.Op == Primitive.Where && u.Operands[1] == shifted && u.Operands[2].Data is 0.0)
            ? Anatomy.Shifted(shifted) : null;

    /// <summary>z of log(1 + eᶻ) − t·z.</summary>
    static Expr? LogitsOfSigmoid(Expr node) =>
        Anatomy.Under(Anatomy.Under(node, Primitive.Subtract), Primitive.Softplus) is { } z
        && node.Operands[1].Op == Primitive.Multiply && node.Operands[1].Operands.Contains(z)
            ? z : null;
}
