namespace OptDsl;

public static partial class Dsl
{
    /// <summary>start·factorⁿ, n the number of steps in <paramref name="at"/> that have been reached.</summary>
    public static Expr MultiStep(Expr start, Expr factor, params int[] at)
    {
        var rate = start;
        foreach (var step in at) rate = Where(Less(Step, step), rate, rate * factor);
        return rate;
    }
}
