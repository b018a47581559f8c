namespace OptDsl;

public static partial class Dsl
{
    /// <summary>Momentum of gradients that are normalised per tensor. https://arxiv.org/abs/1905.11286, algorithm 1.</summary>
    public static Rule NovoGrad(Expr lr, Expr? b1 = null, Expr? b2 = null, Expr? eps = null, Expr? decay = null) =>
        ScaleByNovograd(b1, b2, eps, decay).Then(Scale(Rate(lr)));
}
