namespace OptDsl;

public static partial class Dsl
{
    /// <summary>u = g between −max and max, element by element.</summary>
    public static Rule Clip(Expr max) => Rule.Of(g => Min(Max(g, -max), Limit(max)));
}
