namespace OptDsl;

public static partial class Dsl
{
    /// <summary>−log softmax(z)_label for integer labels, computed as log Σ exp(s) − s_label with s = z − max z; of rows, with a label each, the mean.</summary>
    public static LossFunction SoftmaxCrossEntropy { get; } = (z, label) =>
    {
        var s = Shifted(z);
        return PerRow(Log(Exp(s).Sum(-1)) - Where(OneHot(label, z.Shape.Last), s, 0).Sum(-1));
    };

    /// <summary>One number per example, of one or of several.</summary>
    static Expr PerRow(Expr loss) => loss.Rank == 0 ? loss : loss.Mean();
}
