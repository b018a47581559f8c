namespace OptDsl;

public static partial class Dsl
{
    /// <summary>exp(x) / Σ exp(x) along the last dimension, shifted by max x so that nothing overflows.</summary>
    public static Expr Softmax(Expr x)
    {
        var e = Exp(x - StopGradient(x.Max(-1, keep: true)));
        return e / e.Sum(-1, keep: true);
    }

    /// <summary>log Σ exp(x) along the last dimension, shifted by max x so that nothing overflows.</summary>
    public static Expr LogSumExp(Expr x) => LogSumExpKept(x).Sum(-1);

    internal static Expr LogSumExpKept(Expr x)
    {
        var max = StopGradient(x.Max(-1, keep: true));
        return Log(Exp(x - max).Sum(-1, keep: true)) + max;
    }
}

public static partial class Fluent
{
    /// <summary>exp(x) / Σ exp(x) along the last dimension.</summary>
    public static Expr Softmax(this Expr x) => Dsl.Softmax(x);
}
