namespace OptDsl;

public static partial class Fluent
{
    /// <summary>
    /// The row of a trained table [<paramref name="size"/>, <paramref name="units"/>] for each integer: Gather(W, x), which is OneHot(x)·W without the product.
    /// Drawn from N(0, 1) by default. Makes <c>embeddingN.weights</c>. https://jmlr.org/papers/v3/bengio03a.html, §2.
    /// </summary>
    /// <exception cref="OptDslException">A size or the units are below 1, or x is not of integers (OPT0103).</exception>
    public static Expr Embedding(this Expr x, int size, int units, Init? weights = null)
    {
        Dsl.CheckSizes("size, units", [size, units]);
        return Dsl.Gather(Dsl.LayerParameter(new("embedding"), "weights", [size, units], weights ?? Init.Normal(1)), x);
    }
}
