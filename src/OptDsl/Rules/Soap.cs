namespace OptDsl;

public static partial class Dsl
{
    /// <summary>
    /// w ← w − lr·(Adam's step in the eigenbasis of Shampoo's matrices + decay·w), see <see cref="ScaleBySoap"/>: for matrices; what is none takes
    /// Adam's step. https://arxiv.org/abs/2409.11321, algorithm 3.
    /// </summary>
    public static Rule Soap(Expr lr, Expr? b1 = null, Expr? b2 = null, Expr? eps = null, int every = 10, Expr? decay = null) =>
        ScaleBySoap(b1, b2, eps, every).Then(AddDecayedWeights(decay ?? 0)).Then(Scale(Rate(lr)));
}
