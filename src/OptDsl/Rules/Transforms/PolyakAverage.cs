namespace OptDsl;

public static partial class Dsl
{
    /// <summary>θ̄ₜ = ((t − 1)·θ̄ₜ₋₁ + θₜ)/t, the mean of all weights after a step, in a slot; the step is unchanged, so it stands last. https://doi.org/10.1137/0330046.</summary>
    public static Rule PolyakAverage() => Rule.Of(init: p => p, step: (u, average) => (u, average + (Param - u - average) / (Step + 1))).Slots("average");
}
