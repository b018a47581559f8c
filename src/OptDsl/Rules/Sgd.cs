namespace OptDsl;

public static partial class Dsl
{
    /// <summary>w ← w − lr·g. Gradient descent, or its stochastic form on a minibatch.</summary>
    public static Rule Sgd(Expr lr) => Scale(Rate(lr));
}
