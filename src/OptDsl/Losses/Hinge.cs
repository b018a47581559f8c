namespace OptDsl;

public static partial class Dsl
{
    /// <summary>max(0, 1 − t·y) for t = ±1; the mean over the outputs; the derivative at the edge is 0.</summary>
    public static LossFunction Hinge { get; } = (y, t) => Relu(1 - t * y).Mean();
}
