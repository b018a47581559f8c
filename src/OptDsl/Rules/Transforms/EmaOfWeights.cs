namespace OptDsl;

public static partial class Dsl
{
    /// <summary>
    /// θ̄ₜ = b·θ̄ₜ₋₁ + (1 − b)·θₜ in a slot, from θ₀ on; with <paramref name="debias"/> divided by 1 − bᵗ, so that θ₀ has no share. The step is
    /// unchanged, so it stands last.
    /// </summary>
    public static Rule EmaOfWeights(Expr? b = null, bool debias = false) => Rule.Of(init: p => p, step: (u, average) =>
    {
        Expr beta = Share(b, 0.999);
        return (u, average + (debias ? (1 - beta) / (1 - Pow(beta, Step + 1)) : 1 - beta) * (Param - u - average));
    }).Slots("average");
}
