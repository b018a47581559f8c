namespace OptDsl;

public static partial class Dsl
{
    /// <summary>w ← w − lr·RMS(Δw)/RMS(g)·g, whose step has the unit of w. https://arxiv.org/abs/1212.5701, algorithm 1.</summary>
    public static Rule Adadelta(Expr? lr = null, Expr? rho = null, Expr? eps = null) => ScaleByAdadelta(rho, eps).Then(Scale(Rate(lr, 1)));
}
