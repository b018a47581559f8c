namespace OptDsl;

public static partial class Dsl
{
    /// <summary>Σ t·(log t − y) for target probabilities t and outputs that are log-probabilities; 0·log 0 is 0.</summary>
    public static LossFunction KullbackLeibler { get; } = (y, t) => Where(Less(0, t), t * (Log(Where(Less(0, t), t, 1)) - y), 0).Sum();
}
