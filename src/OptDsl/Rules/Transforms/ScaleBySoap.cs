namespace OptDsl;

public static partial class Dsl
{
    /// <summary>
    /// m ← b1·m + (1 − b1)·g; v ← b2·v + (1 − b2)·(pᵀ·g·q)²; the step is p·u·qᵀ with u = (pᵀ·m·q / (1 − b1ᵗ)) / (√(v / (1 − b2ᵗ)) + eps), t = Step + 1.
    /// Then l ← b2·l + (1 − b2)·g·gᵀ, r ← b2·r + (1 − b2)·gᵀ·g and, where Step % every = 0, their eigenvectors by one power iteration:
    /// p ← Orthonormalize(l·p), q ← Orthonormalize(r·q), both 1 at first, where the paper takes those of the first g·gᵀ and gᵀ·g.
    /// What is no matrix takes Adam's step. https://arxiv.org/abs/2409.11321, algorithms 3 and 4.
    /// </summary>
    public static Rule ScaleBySoap(Expr? b1 = null, Expr? b2 = null, Expr? eps = null, int every = 10)
    {
        CheckSizes("every", [every]);
        Expr beta1 = Share(b1, 0.95), beta2 = Share(b2, 0.95), epsilon = eps ?? 1e-8, t = Step + 1, due = Equal(Step % every, 0);
        var turned = Rule.Of(init: w => (0, 0, 0 * Eye(w), 0 * Eye(Transpose(w)), Eye(w), Eye(Transpose(w))), step: (g, m, v, l, r, p, q) =>
        {
            Expr Turned(Expr x) => MatMul(MatMul(Transpose(p), x), q);
            m = beta1 * m + (1 - beta1) * g;
            v = beta2 * v + (1 - beta2) * Square(Turned(g));
            var u = Turned(m) / (1 - Pow(beta1, t)) / (Sqrt(v / (1 - Pow(beta2, t))) + epsilon);
            l = beta2 * l + (1 - beta2) * MatMul(g, Transpose(g));
            r = beta2 * r + (1 - beta2) * MatMul(Transpose(g), g);
            Expr Next(Expr basis, Expr a) => Where(due, Orthonormalize(MatMul(a, basis)), basis);
            return (MatMul(MatMul(p, u), Transpose(q)), m, v, l, r, Next(p, l), Next(q, r));
        }).Slots("m", "v", "l", "r", "p", "q");
        return turned.For(p => p.Rank == 2).Then(ScaleByAdam(beta1, beta2, epsilon).For(p => p.Rank != 2));
    }
}
