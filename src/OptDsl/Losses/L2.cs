using System;

namespace OptDsl;

public static partial class Fluent
{
    /// <summary>
    /// loss + strength/2·Σ w² over all parameters below the loss; the gradient is strength·w, so with plain descent it is the decay of
    /// <see cref="Dsl.AddDecayedWeights"/>. An adaptive rule divides it by the size of the gradients; <see cref="Dsl.AdamW"/> decays without that.
    /// Krogh and Hertz 1991, https://papers.nips.cc/paper/563-a-simple-weight-decay-can-improve-generalization
    /// </summary>
    /// <param name="loss">One number per example or per problem.</param>
    /// <param name="strength">A number, a schedule or a hyperparameter.</param>
    /// <param name="only">Which parameters, by the paths that they have below this loss: <c>p =&gt; p.Rank &gt; 1</c> leaves biases alone.</param>
    /// <exception cref="OptDslException">The loss or the strength is not one number, or no parameter is meant (OPT0110, OPT0120).</exception>
    public static Expr L2(this Expr loss, Expr strength, Func<Parameter, bool>? only = null) => Penalty.Of(loss, strength, only, w => 0.5 * Dsl.Square(w).Sum());
}
