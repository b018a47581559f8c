namespace OptDsl;

public static partial class Dsl
{
    /// <summary>final + (start − final)·(1 − min(Step / steps, 1))^power; with power 1 a straight line.</summary>
    public static Expr Polynomial(Expr start, int steps, Expr? power = null, Expr? final = null)
    {
        CheckSizes("steps", [steps]);
        Expr last = final ?? 0;
        return last + (start - last) * Pow(1 - Min(Step / steps, 1), power ?? 1);
    }
}
