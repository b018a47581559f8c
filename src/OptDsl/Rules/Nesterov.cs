namespace OptDsl;

public static partial class Dsl
{
    /// <summary>
    /// W ← W + mu·p, g there, W ← W − lr·g, p ← mu·p − lr·g. The weights held are those where the gradient is taken, y = W + mu·p, so
    /// y ← y + mu²·p − (1 + mu)·lr·g. https://proceedings.mlr.press/v28/sutskever13.html, equations 3 and 4.
    /// </summary>
    public static Rule Nesterov(Expr lr, Expr? mu = null) => Rule.Of((g, p) =>
    {
        var beta = Share(mu, 0.9);
        return ((1 + beta) * Rate(lr) * g - Square(beta) * p, beta * p - lr * g);
    }).Slots("p");
}
