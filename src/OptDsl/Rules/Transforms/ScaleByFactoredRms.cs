namespace OptDsl;

public static partial class Dsl
{
    /// <summary>
    /// β = 1 − t^−power; r ← β·r + (1 − β)·mean over a row of (g² + eps), c the same over a column; u = g / √(r·c / mean(r)).
    /// A vector keeps the whole v ← β·v + (1 − β)·(g² + eps). https://arxiv.org/abs/1804.04235, algorithm 4.
    /// </summary>
    public static Rule ScaleByFactoredRms(Expr? power = null, Expr? eps = null)
    {
        Expr beta = 1 - Pow(Step + 1, -(power ?? 0.8)), epsilon = eps ?? 1e-30;
        var factored = Rule.Of(init: p => (0 * p.Mean(-1, keep: true), 0 * p.Mean(-2, keep: true)), step: (g, r, c) =>
        {
            r = beta * r + (1 - beta) * (Square(g) + epsilon).Mean(-1, keep: true);
            c = beta * c + (1 - beta) * (Square(g) + epsilon).Mean(-2, keep: true);
            // The quotient first: the product of two squares may leave the range of a float.
            return (g / Sqrt(r / r.Mean(-2, keep: true) * c), r, c);
        }).Slots("r", "c");
        var whole = Rule.Of((g, v) =>
        {
            v = beta * v + (1 - beta) * (Square(g) + epsilon);
            return (g / Sqrt(v), v);
        }).Slots("v");
        return factored.For(p => p.Rank > 1).Then(whole.For(p => p.Rank < 2));
    }
}
