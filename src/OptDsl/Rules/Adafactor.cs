namespace OptDsl;

public static partial class Dsl
{
    /// <summary>
    /// w ← w − lr·max(1e-3, RMS(w))·û: Adam's second moment as one number per row and one per column, the update clipped to a root mean
    /// square of 1. The rate is min(0.01, 1/√t) unless given. https://arxiv.org/abs/1804.04235, algorithm 4.
    /// </summary>
    public static Rule Adafactor(Expr? lr = null, Expr? power = null, Expr? eps = null) =>
        ScaleByFactoredRms(power, eps).Then(ClipByBlockRms(1)).Then(ScaleByParamBlockRms()).Then(Scale(lr ?? Min(0.01, 1 / Sqrt(Step + 1))));
}
