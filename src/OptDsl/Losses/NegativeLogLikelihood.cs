namespace OptDsl;

public static partial class Dsl
{
    /// <summary>−y_label for outputs that are log-probabilities, say of <c>LogSoftmax</c>; of rows, with a label each, the mean.</summary>
    public static LossFunction NegativeLogLikelihood { get; } = (y, label) => PerRow(-Where(OneHot(label, y.Shape.Last), y, 0).Sum(-1));
}
