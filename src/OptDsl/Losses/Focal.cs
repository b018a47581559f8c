namespace OptDsl;

public static partial class Dsl
{
    /// <summary>Sigmoid cross-entropy times (1 − p)^gamma, p the probability of the truth: what is easy counts less. https://arxiv.org/abs/1708.02002, equation 4.</summary>
    public static LossFunction Focal(int gamma = 2) => (z, t) =>
    {
        var p = Sigmoid(z);
        return (Pow(1 - (p * t + (1 - p) * (1 - t)), gamma) * (Softplus(z) - t * z)).Mean();
    };
}
