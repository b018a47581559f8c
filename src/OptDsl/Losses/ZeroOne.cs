namespace OptDsl;

public static partial class Dsl
{
    /// <summary>The share of outputs whose sign is not that of t = ±1. Its gradient is 0: it cannot be descended.</summary>
    public static LossFunction ZeroOne { get; } = (y, t) => Where(LessEqual(y * t, 0), 1, 0 * y).Mean();
}
