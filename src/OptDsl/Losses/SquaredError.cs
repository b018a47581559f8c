namespace OptDsl;

public static partial class Dsl
{
    /// <summary>The mean over the output's elements of (y − t)².</summary>
    public static LossFunction SquaredError { get; } = (y, t) => Square(y - t).Mean();
}
