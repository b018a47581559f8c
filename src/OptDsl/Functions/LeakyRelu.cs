namespace OptDsl;

public static partial class Dsl
{
    /// <summary>x above 0, slope·x below; the derivative at 0 is the slope. Maas et al. 2013.</summary>
    public static Expr LeakyRelu(Expr x, double slope = 0.01) => Where(LessEqual(x, 0), slope * x, x);
}

public static partial class Fluent
{
    /// <summary>x above 0, slope·x below; the derivative at 0 is the slope. Maas et al. 2013.</summary>
    public static Expr LeakyRelu(this Expr x, double slope = 0.01) => Dsl.LeakyRelu(x, slope);
}
