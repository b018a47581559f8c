namespace OptDsl;

public static partial class Dsl
{
    /// <summary>u = g·max(least, RMS(w)): steps relative to the size of the tensor. https://arxiv.org/abs/1804.04235, section 8.</summary>
    public static Rule ScaleByParamBlockRms(Expr? least = null) => Rule.Of(g => g * Max(least ?? 1e-3, Sqrt(Square(Param).Mean())));
}
