namespace OptDsl;

public static partial class Dsl
{
    /// <summary>u = g − the mean of g over what leads to one unit: a column of a matrix [in, out]; vectors pass. https://arxiv.org/abs/2004.01461, equation 1.</summary>
    public static Rule Centralize() => Rule.Of(g => g - g.Mean(-2, keep: true)).For(p => p.Rank > 1);
}
