namespace OptDsl;

public static partial class Dsl
{
    /// <summary>u = factor·g</summary>
    public static Rule Scale(Expr factor) => Rule.Of(g => factor * g);
}
