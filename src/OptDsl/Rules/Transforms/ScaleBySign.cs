namespace OptDsl;

public static partial class Dsl
{
    /// <summary>u = sign(g)</summary>
    public static Rule ScaleBySign() => Rule.Of(g => Sign(g));
}
