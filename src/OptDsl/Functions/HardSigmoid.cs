namespace OptDsl;

public static partial class Dsl
{
    /// <summary>x/6 + ½ between 0 and 1; the derivative at both ends is 0. https://arxiv.org/abs/1511.00363 with the slope of its later users.</summary>
    public static Expr HardSigmoid(Expr x) => Where(LessEqual(x, -3), 0, Where(LessEqual(3, x), 1, x / 6 + 0.5));
}

public static partial class Fluent
{
    /// <summary>x/6 + ½ between 0 and 1; the derivative at both ends is 0. https://arxiv.org/abs/1511.00363 with the slope of its later users.</summary>
    public static Expr HardSigmoid(this Expr x) => Dsl.HardSigmoid(x);
}
