namespace OptDsl;

public static partial class Dsl
{
    /// <summary>exp(x) / Σ exp(x) along the last dimension, shifted by max x so that nothing overflows.</summary>
    public static Expr Softmax(Expr x)
    {
        var e = Exp(Shifted(x));
        return e / e.Sum(-1, keep: true);
    }

    /// <summary>log Σ exp(x) along the last dimension, shifted by max x so that nothing overflows.</summary>
    public static Expr LogSumExp(Expr x)
    {
        var max = StopGradient(x.Max(-1, keep: true));
        return (Log(Exp(x - max).Sum(-1, keep: true)) + max).Sum(-1);
    }

    /// <summary>x − max x. Taken before anything else is subtracted, no exact shift of x changes a bit, and beside large x small differences keep their digits.</summary>
    internal static Expr Shifted(Expr x) => x - StopGradient(x.Max(-1, keep: true));
}

public static partial class Fluent
{
    /// <summary>exp(x) / Σ exp(x) along the last dimension.</summary>
    public static Expr Softmax(this Expr x) => Dsl.Softmax(x);
}
