namespace OptDsl;

public static partial class Dsl
{
    /// <summary>
    /// p ← mu·p − lr·g; w ← w + p: the rate inside the velocity, so that a new rate turns old velocity slowly.
    /// https://proceedings.mlr.press/v28/sutskever13.html, equations 1 and 2.
    /// </summary>
    public static Rule ClassicalMomentum(Expr lr, Expr? mu = null) => Rule.Of((g, p) =>
    {
        p = Share(mu, 0.9) * p - Rate(lr) * g;
        return (-p, p);
    }).Slots("p");
}
