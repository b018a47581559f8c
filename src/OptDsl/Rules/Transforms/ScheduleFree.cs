namespace OptDsl;

public static partial class Dsl
{
    /// <summary>
    /// z ← z − u, u the step of the rule before it; x ← (1 − c)·x + c·z with c = γ²/Σγ², 0 while that is 0, γ the <paramref name="rate"/> of the step; the weights
    /// held are y = (1 − b1)·z + b1·x, where gradients are taken. The average x, in a slot, is what to keep. https://arxiv.org/abs/2405.15682, equations 2 to 4 and algorithm 1.
    /// </summary>
    public static Rule ScheduleFree(Expr rate, Expr? b1 = null) => Rule.Of(init: p => (p, p, 0 * p.Sum()), step: (u, z, x, weight) =>
    {
        Expr beta = Share(b1, 0.9);
        weight += Square(rate);
        z -= u;
        x += Square(rate) / Where(Equal(weight, 0), 1, weight) * (z - x);
        return (Param - (z + beta * (x - z)), z, x, weight);
    }).Slots("z", "x", "weight");
}
