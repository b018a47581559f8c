namespace OptDsl;

public static partial class Dsl
{
    /// <summary>max(0, ‖a − p‖² − ‖a − n‖² + margin): the anchor nearer to the positive than to the negative. https://arxiv.org/abs/1503.03832, equation 3.</summary>
    public static Expr Triplet(Expr anchor, Expr positive, Expr negative, double margin = 1) =>
        Relu(Square(anchor - positive).Sum() - Square(anchor - negative).Sum() + margin);
}
