namespace OptDsl;

public static partial class Dsl
{
    /// <summary>Φ(x) = ½(1 + erf(x/√2)), the standard normal distribution's probability below x, to the last digits where it is small too; its derivative is e^(−x²/2)/√2π.</summary>
    public static Expr NormalCdf(Expr x) => Build.Elementwise(Primitive.NormalCdf, x);
}

public static partial class Fluent
{
    /// <summary>Φ(x) = ½(1 + erf(x/√2)), the standard normal distribution's probability below x, to the last digits where it is small too; its derivative is e^(−x²/2)/√2π.</summary>
    public static Expr NormalCdf(this Expr x) => Dsl.NormalCdf(x);
}
