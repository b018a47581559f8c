namespace OptDsl;

public static partial class Dsl
{
    /// <summary>u = g / max(1, RMS(g) / max), the root mean square of the tensor. https://arxiv.org/abs/1804.04235, section 6.</summary>
    public static Rule ClipByBlockRms(Expr max) => Rule.Of(g => g / Max(1, Sqrt(Square(g).Mean()) / max));
}
