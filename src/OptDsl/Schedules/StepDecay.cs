namespace OptDsl;

public static partial class Dsl
{
    /// <summary>start·factor^⌊Step / every⌋, for a factor above 0.</summary>
    public static Expr StepDecay(Expr start, Expr factor, int every)
    {
        CheckSizes("every", [every]);
        return start * Pow(factor, Floor(Step / every));
    }
}
