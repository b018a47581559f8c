using System;

namespace OptDsl;

public static partial class Fluent
{
    /// <summary>
    /// loss + strength·Σ |w| over all parameters below the loss, which takes small weights to 0; the gradient is strength·sign w, 0 at 0.
    /// Tibshirani 1996, https://doi.org/10.1111/j.2517-6161.1996.tb02080.x. With <see cref="L2"/> after it, the elastic net of Zou and Hastie
    /// 2005, https://doi.org/10.1111/j.1467-9868.2005.00503.x
    /// </summary>
    /// <param name="loss">One number per example or per problem.</param>
    /// <param name="strength">A number, a schedule or a hyperparameter.</param>
    /// <param name="only">Which parameters, by the paths that they have below this loss: <c>p =&gt; p.Rank &gt; 1</c> leaves biases alone.</param>
    /// <exception cref="OptDslException">The loss or the strength is not one number, or no parameter is meant (OPT0110, OPT0120).</exception>
    public static Expr L1(this Expr loss, Expr strength, Func<Parameter, bool>? only = null) => Penalty.Of(loss, strength, only, w => Dsl.Abs(w).Sum());
}
