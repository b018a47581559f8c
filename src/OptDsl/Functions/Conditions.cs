namespace OptDsl;

public static partial class Dsl
{
    /// <summary>a &lt; b: 1 or 0, and false for NaN.</summary>
    public static Expr Less(Expr a, Expr b) => Build.Elementwise(Primitive.Less, a, b);

    /// <summary>a ≤ b: 1 or 0, and false for NaN.</summary>
    public static Expr LessEqual(Expr a, Expr b) => Build.Elementwise(Primitive.LessEqual, a, b);

    /// <summary>a &gt; b: 1 or 0, and false for NaN.</summary>
    public static Expr Greater(Expr a, Expr b) => Less(b, a);

    /// <summary>a ≥ b: 1 or 0, and false for NaN.</summary>
    public static Expr GreaterEqual(Expr a, Expr b) => LessEqual(b, a);

    /// <summary>a = b: 1 or 0, and false for NaN.</summary>
    public static Expr Equal(Expr a, Expr b) => Build.Elementwise(Primitive.Equal, a, b);

    /// <summary>Both hold.</summary>
    public static Expr And(Expr a, Expr b) => Build.Elementwise(Primitive.And, a, b);

    /// <summary>At least one holds.</summary>
    public static Expr Or(Expr a, Expr b) => Build.Elementwise(Primitive.Or, a, b);

    /// <summary>It does not hold.</summary>
    public static Expr Not(Expr a) => Build.Elementwise(Primitive.Not, a);

    /// <summary><paramref name="a"/> where the condition holds, else <paramref name="b"/>; the other branch does not touch the gradient.</summary>
    public static Expr Where(Expr condition, Expr a, Expr b) => Build.Elementwise(Primitive.Where, condition, a, b);

    /// <summary>The larger of two; a tie is <paramref name="a"/>, and NaN wins.</summary>
    public static Expr Max(Expr a, Expr b) => Where(Less(a, b), b, Where(Equal(b, b), a, b));

    /// <summary>The smaller of two; a tie is <paramref name="a"/>, and NaN wins.</summary>
    public static Expr Min(Expr a, Expr b) => Where(Less(b, a), b, Where(Equal(b, b), a, b));
}
