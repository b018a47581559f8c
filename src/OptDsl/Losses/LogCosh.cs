namespace OptDsl;

public static partial class Dsl
{
    /// <summary>log cosh(y − t), computed as d + log(1 + e^(−2d)) − log 2, d = y − t, so that nothing overflows; the mean over the outputs.</summary>
    public static LossFunction LogCosh { get; } = (y, t) =>
    {
        var d = y - t;
        return (d + Softplus(-2 * d) - 0.6931471805599453).Mean();
    };
}
