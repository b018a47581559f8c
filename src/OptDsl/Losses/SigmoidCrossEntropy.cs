namespace OptDsl;

public static partial class Dsl
{
    /// <summary>−t·log σ(z) − (1 − t)·log(1 − σ(z)) for targets from 0 to 1, computed as log(1 + eᶻ) − t·z; the mean over the outputs.</summary>
    public static LossFunction SigmoidCrossEntropy { get; } = (z, t) => (Softplus(z) - t * z).Mean();
}
