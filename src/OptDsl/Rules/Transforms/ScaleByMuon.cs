namespace OptDsl;

public static partial class Dsl
{
    /// <summary>
    /// m ← b·m + g; u = g + b·m; the step is nearly U·Vᵀ of u = U·S·Vᵀ: X = u / (‖u‖ + 1e-7), then five times A = X·Xᵀ,
    /// X ← 3.4445·X + (−4.775·A + 2.0315·A²)·X, times √max(1, rows / columns). For matrices. https://kellerjordan.github.io/posts/muon.
    /// </summary>
    public static Rule ScaleByMuon(Expr? b = null, int steps = 5, bool nesterov = true)
    {
        CheckSizes("steps", [steps]);
        return Rule.Of((g, m) =>
        {
            m = Share(b, 0.95) * m + g;
            var u = nesterov ? g + Share(b, 0.95) * m : m;
            var x = u / (Norm(u) + 1e-7);
            for (var i = 0; i < steps; i++)
            {
                var a = MatMul(x, Transpose(x));
                x = 3.4445 * x + MatMul(-4.775 * a + 2.0315 * MatMul(a, a), x);
            }
            return (Sqrt(Max(1, Size(u, 0) / Size(u, 1))) * x, m);
        }).Slots("m");
    }
}
