namespace OptDsl;

public static partial class Dsl
{
    /// <summary>Softmax cross-entropy where the label keeps 1 − smoothing and all classes share the rest. https://arxiv.org/abs/1512.00567, §7.</summary>
    public static LossFunction SmoothedCrossEntropy(double smoothing = 0.1) => (z, label) =>
    {
        var s = Shifted(z);
        return PerRow(Log(Exp(s).Sum(-1)) - (1 - smoothing) * Where(OneHot(label, z.Shape.Last), s, 0).Sum(-1) - smoothing * s.Mean(-1));
    };
}
