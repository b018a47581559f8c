using System.Linq;

namespace OptDsl;

internal static partial class Findings
{
    /// <summary>Dropout right before a loss of logits: the loss of a dropped logit teaches noise. https://jmlr.org/papers/v15/srivastava14a.html drops inputs and hidden units.</summary>
    public static readonly FindingKind DroppedLogits = new("OPT0207", "Dropout on logits", model =>
        from node in model.Nodes
        let logits = LogitsOfSoftmax(model, node) ?? LogitsOfSigmoid(node)
        where logits is not null
        let output = Anatomy.Plain(logits)
        where IsDropped(output)
        select (output, $"the loss takes {output.Operands[0].Describe()} after Dropout, which sets logits to 0, a score like any other; drop what comes before the last layer"));

    /// <summary>x·where(Learning, a random choice, 1).</summary>
    static bool IsDropped(Expr value) => value.Op == Primitive.Multiply && value.Operands.Any(o => o.Op == Primitive.Where && o.Operands[2].Data is 1.0
        && Anatomy.Under(o.Operands[0], Primitive.Equal)?.Op == Primitive.Learning && Dag.PostOrder(o.Operands[1]).Any(e => e.Op == Primitive.Random));
}
