namespace OptDsl;

public static partial class Dsl
{
    /// <summary>
    /// l ← l + g·gᵀ; r ← r + gᵀ·g; the step is (l + eps·‖l‖)^−¼·g·(r + eps·‖r‖)^−¼. For matrices. https://arxiv.org/abs/1802.09568,
    /// algorithm 1; the roots by Newton's coupled iteration with that ridge, https://arxiv.org/abs/2002.09018, appendix. As there, both may be
    /// taken <paramref name="every"/> so many steps only and kept meanwhile: p ← (l + eps·‖l‖)^−¼ and q ← (r + eps·‖r‖)^−¼ where Step % every = 0.
    /// </summary>
    public static Rule ScaleByShampoo(Expr? eps = null, int iterations = 20, int every = 1)
    {
        CheckSizes("iterations", [iterations]);
        CheckSizes("every", [every]);
        Expr By(Expr a, Expr x) => ByRoot(a, x, eps ?? 1e-6, iterations);
        if (every == 1) return Rule.Of(init: w => (0 * Eye(w), 0 * Eye(Transpose(w))), step: (g, l, r) =>
        {
            (l, r) = Gathered(g, l, r);
            return (Transpose(By(r, Transpose(By(l, g)))), l, r);
        }).Slots("l", "r");
        var due = Equal(Step % every, 0);
        return Rule.Of(init: w => (0 * Eye(w), 0 * Eye(Transpose(w)), 0 * Eye(w), 0 * Eye(Transpose(w))), step: (g, l, r, p, q) =>
        {
            (l, r) = Gathered(g, l, r);
            (p, q) = (Where(due, By(l, Eye(l)), p), Where(due, By(r, Eye(r)), q));
            return (MatMul(MatMul(p, g), q), l, r, p, q);
        }).Slots("l", "r", "p", "q");
    }

    static (Expr L, Expr R) Gathered(Expr g, Expr l, Expr r) => (l + MatMul(g, Transpose(g)), r + MatMul(Transpose(g), g));

    /// <summary>(a + eps·‖a‖)^−¼·x: with M = z·a and z = 5 / (2·‖a‖), T = (5 − M) / 4 goes into x and, four times, into M until M is 1.</summary>
    static Expr ByRoot(Expr a, Expr x, Expr eps, int iterations)
    {
        // Nothing gathered yet: then x is 0 too, and stays it.
        var norm = Norm(a) + 1e-30;
        var z = 2.5 / norm;
        var m = z * a + 2.5 * eps * Eye(a);
        x = Sqrt(Sqrt(z)) * x;
        for (var i = 0; i < iterations; i++)
        {
            var t = 1.25 * Eye(a) - 0.25 * m;
            var square = MatMul(t, t);
            (x, m) = (MatMul(t, x), MatMul(MatMul(square, square), m));
        }
        return x;
    }
}
