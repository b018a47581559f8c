namespace OptDsl;

public static partial class Dsl
{
    /// <summary>
    /// −log softmax(z)_label for integer labels, computed as log Σ exp(s) − s_label with s = z − max z: no exact shift of z
    /// changes a bit, and beside large logits a small loss keeps its digits.
    /// </summary>
    public static LossFunction SoftmaxCrossEntropy { get; } = (z, label) =>
    {
        var shifted = z - StopGradient(z.Max(-1, keep: true));
        return Log(Exp(shifted).Sum(-1)) - Where(OneHot(label, z.Shape.Last), shifted, 0).Sum();
    };
}
