namespace OptDsl;

public static partial class Fluent
{
    /// <summary>
    /// (x − mean) / √(variance + eps)·gain + bias, with the mean and variance of each example and group: the numbers of the last dimension are divided among
    /// <paramref name="groups"/>, which span all other dimensions. Makes <c>groupNormN.gain</c>, <c>groupNormN.bias</c>. https://arxiv.org/abs/1803.08494, equations 1, 2 and 7.
    /// </summary>
    /// <exception cref="OptDslException">x has no dimension, or the groups do not divide its numbers (OPT0102).</exception>
    public static Expr GroupNorm(this Expr x, int groups, double eps = 1e-5)
    {
        Dsl.CheckSizes("groups", [groups]);
        if (x.Rank == 0) throw Error.Argument("GroupNorm", $"needs a dimension, but got {x.Describe()}");
        var (layer, c) = (new LayerInfo("groupNorm"), x.Shape.Last);
        if (c % groups != 0) throw Error.Argument("groups", $"{Text.Number(groups)} do not divide {Text.Number(c)} numbers");
        var parts = x.Reshape((int)(x.Shape.Size / c), groups, c / groups);
        var centred = parts - Mean(parts);
        return (centred / Dsl.Sqrt(Mean(Dsl.Square(centred)) + eps)).Reshape(x.Shape.ToArray())
            * Dsl.LayerParameter(layer, "gain", [c], Init.One) + Dsl.LayerParameter(layer, "bias", [c], Init.Zero);

        Expr Mean(Expr y) => y.Mean(-1).Mean(0).Reshape(groups, 1);
    }
}
