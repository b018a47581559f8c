using System;

namespace OptDsl;

public static partial class Dsl
{
    /// <summary>final + (start − final)·(1 + cos(π·min(Step / steps, 1))) / 2. https://arxiv.org/abs/1608.03983, equation 5 without restarts.</summary>
    public static Expr Cosine(Expr start, int steps, Expr? final = null)
    {
        CheckSizes("steps", [steps]);
        Expr last = final ?? 0;
        return last + (start - last) * (1 + Cos(Math.PI * Min(Step / steps, 1))) / 2;
    }
}
