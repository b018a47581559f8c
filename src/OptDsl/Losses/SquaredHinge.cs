namespace OptDsl;

public static partial class Dsl
{
    /// <summary>max(0, 1 − t·y)² for t = ±1; the mean over the outputs.</summary>
    public static LossFunction SquaredHinge { get; } = (y, t) => Square(Relu(1 - t * y)).Mean();
}
