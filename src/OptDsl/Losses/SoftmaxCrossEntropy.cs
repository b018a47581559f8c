namespace OptDsl;

public static partial class Dsl
{
    /// <summary>−log softmax(z)_label for integer labels, computed as log Σ exp(z − max z) + max z − z_label.</summary>
    public static LossFunction SoftmaxCrossEntropy { get; } = (z, label) => LogSumExp(z) - Where(OneHot(label, z.Shape.Last), z, 0).Sum();
}
