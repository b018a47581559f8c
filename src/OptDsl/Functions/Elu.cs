namespace OptDsl;

public static partial class Dsl
{
    /// <summary>x above 0, alpha·(eˣ − 1) below. https://arxiv.org/abs/1511.07289, equation 15.</summary>
    public static Expr Elu(Expr x, double alpha = 1) => Where(LessEqual(x, 0), alpha * (Exp(Min(x, 0)) - 1), x);
}

public static partial class Fluent
{
    /// <summary>x above 0, alpha·(eˣ − 1) below. https://arxiv.org/abs/1511.07289, equation 15.</summary>
    public static Expr Elu(this Expr x, double alpha = 1) => Dsl.Elu(x, alpha);
}
