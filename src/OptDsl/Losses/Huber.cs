namespace OptDsl;

public static partial class Dsl
{
    /// <summary>½d² for |d| ≤ delta, else delta·(|d| − ½·delta), d = y − t; the mean over the outputs. Huber 1964.</summary>
    public static LossFunction Huber(double delta = 1) => (y, t) =>
    {
        Expr d = y - t, size = Abs(d);
        return Where(LessEqual(size, delta), 0.5 * d * d, delta * (size - 0.5 * delta)).Mean();
    };
}
