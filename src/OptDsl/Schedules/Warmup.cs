namespace OptDsl;

public static partial class Dsl
{
    /// <summary>min(1, (Step + 1) / steps): a factor that rises to 1 over the first <paramref name="steps"/> updates.</summary>
    public static Expr Warmup(int steps)
    {
        CheckSizes("steps", [steps]);
        return Min(1, (Step + 1) / steps);
    }
}
