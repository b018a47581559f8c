namespace OptDsl;

public static partial class Dsl
{
    /// <summary>u = g + √(eta/(1 + t)ᵞ)·z, z ~ N(0, 1), after t steps. https://arxiv.org/abs/1511.06807, §2.</summary>
    public static Rule AddNoise(Expr eta, Expr gamma, Expr? seed = null) => Rule.Of(g => g + Sqrt(eta / Pow(Step + 1, gamma)) * RandomNormal(g, seed));
}
