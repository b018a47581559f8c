using System.Linq;

namespace OptDsl;

internal static partial class Findings
{
    /// <summary>
    /// He's start, written out, under an activation that Glorot's is for. The start that Dense takes by itself is nobody's choice and is not
    /// told; nor is a value that is also used otherwise, as by x·sigmoid(x), which is a relu of a kind.
    /// </summary>
    public static readonly FindingKind HeBeforeTanh = new("OPT0203", "Start for relu before tanh or sigmoid", model =>
        from node in model.Nodes
        where node.Op == Primitive.Tanh || node.Op == Primitive.Sigmoid
        let z = Anatomy.Plain(node.Operands[0])
        where model.Users(z).Count == 1
        from product in z.Op == Primitive.Add ? z.Operands.Select(Anatomy.Plain) : [z]
        where product.Op == Primitive.MatMul && (product == z || model.Users(product).Count == 1)
        let weights = Anatomy.Plain(product.Operands[1])
        where weights.Data is ParameterInfo info && (info.Init == Init.He || info.Init == Init.HeNormal)
        select (weights, $"{model.Describe(weights)} starts as Init.{(((ParameterInfo)weights.Data!).Init == Init.He ? "He" : "HeNormal")}, which is for relu, but {node.Op.Name} follows; start it with Init.Glorot or Init.LeCun"));
}
