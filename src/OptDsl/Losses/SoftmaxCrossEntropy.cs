namespace OptDsl;

public static partial class Dsl
{
    /// <summary>−log softmax(z)_label for integer labels, computed as log Σ exp(s) − s_label with s = z − max z.</summary>
    public static LossFunction SoftmaxCrossEntropy { get; } = (z, label) =>
    {
        var s = Shifted(z);
        return Log(Exp(s).Sum(-1)) - Where(OneHot(label, z.Shape.Last), s, 0).Sum();
    };
}
