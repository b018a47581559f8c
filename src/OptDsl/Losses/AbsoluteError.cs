namespace OptDsl;

public static partial class Dsl
{
    /// <summary>The mean over the outputs of |y − t|; the derivative at 0 is 0.</summary>
    public static LossFunction AbsoluteError { get; } = (y, t) => Abs(y - t).Mean();
}
