namespace OptDsl;

public static partial class Dsl
{
    /// <summary>
    /// v = min(r, c) + g² with a number r per row and c per column; w ← w − lr·g/√v, 0 where v is; r ← max of v along rows, c along columns. What
    /// is no matrix takes Adagrad's step. https://arxiv.org/abs/1901.11150, algorithm SM3-II.
    /// </summary>
    public static Rule Sm3(Expr lr)
    {
        var matrices = Rule.Of(init: p => (0 * p.Sum(1, keep: true), 0 * p.Sum(0, keep: true)), step: (g, r, c) =>
        {
            var v = Min(r, c) + Square(g);
            return (Quotient(g, v), v.Max(1, keep: true), Transpose(Transpose(v).Max(1, keep: true)));
        }).Slots("r", "c");
        var others = Rule.Of((g, a) => (Quotient(g, a + Square(g)), a + Square(g))).Slots("a");
        return matrices.For(p => p.Rank == 2).Then(others.For(p => p.Rank != 2)).Then(Scale(Rate(lr)));

        static Expr Quotient(Expr g, Expr v) => Where(Greater(v, 0), g / Sqrt(v), 0);
    }
}
