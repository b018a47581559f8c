namespace OptDsl;

public static partial class Dsl
{
    /// <summary>Softmax cross-entropy where the label keeps 1 − smoothing and all classes share the rest. https://arxiv.org/abs/1512.00567, §7.</summary>
    public static LossFunction SmoothedCrossEntropy(double smoothing = 0.1) => (z, label) =>
    {
        Expr s = Shifted(z), labelled = Where(OneHot(label, z.Shape.Last), s, 0).Sum(-1);
        // What is added to all of s goes away whatever the smoothing's last digit: 1 − 0.1 and 0.1 do not make 1.
        return PerRow(Log(Exp(s).Sum(-1)) - labelled - smoothing * (s.Mean(-1) - labelled));
    };
}
