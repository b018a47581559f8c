namespace OptDsl;

public static partial class Dsl
{
    /// <summary>x − log Σ exp(x) along the last dimension, shifted by max x so that nothing overflows.</summary>
    public static Expr LogSoftmax(Expr x)
    {
        var s = Shifted(x);
        return s - Log(Exp(s).Sum(-1, keep: true));
    }
}

public static partial class Fluent
{
    /// <summary>x − log Σ exp(x) along the last dimension, shifted by max x so that nothing overflows.</summary>
    public static Expr LogSoftmax(this Expr x) => Dsl.LogSoftmax(x);
}
