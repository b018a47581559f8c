namespace OptDsl;

public static partial class Fluent
{
    /// <summary>
    /// (x − mean) / √(variance + eps)·gain + bias for each number of the last dimension. While a step learns, mean and variance are those of the batch,
    /// over the examples and all other dimensions; elsewhere running averages of them, the variance with n − 1, as PyTorch keeps it. Makes
    /// <c>batchNormN.gain</c>, <c>bias</c> and, which no rule changes, <c>mean</c> and <c>variance</c>. https://arxiv.org/abs/1502.03167, algorithms 1 and 2.
    /// </summary>
    /// <param name="x">Numbers of an example: units, or a row of channels per position or pixel.</param>
    /// <param name="momentum">The part of a batch in the running averages, above 0 and at most 1.</param>
    /// <param name="eps">What keeps the divisor above 0.</param>
    /// <exception cref="OptDslException">x has no dimension or does not depend on the example, or the momentum is outside (0, 1] (OPT0102).</exception>
    public static Expr BatchNorm(this Expr x, double momentum = 0.1, double eps = 1e-5)
    {
        if (x.Rank == 0 || !x.Batched) throw Error.Argument("BatchNorm", $"needs numbers of an example, but got {x.Describe()}");
        if (!(momentum > 0 && momentum <= 1)) throw Error.Argument("momentum", $"must be above 0 and at most 1, but is {Text.Number(momentum)}");
        var (layer, c) = (new LayerInfo("batchNorm"), x.Shape.Last);
        Expr mean = Mean(x), variance = Mean(Dsl.Square(x - mean)), count = Dsl.Examples * (double)(x.Shape.Size / c);
        var centred = x - Dsl.Where(Dsl.Learning, mean, Running("mean", Init.Zero, mean));
        var spread = Dsl.Where(Dsl.Learning, variance, Running("variance", Init.One, variance * (count / Dsl.Max(count - 1, 1))));
        return centred / Dsl.Sqrt(spread + eps) * Dsl.LayerParameter(layer, "gain", [c], Init.One) + Dsl.LayerParameter(layer, "bias", [c], Init.Zero);

        Expr Mean(Expr y)
        {
            var perPlace = Dsl.BatchMean(y);
            return y.Rank == 1 ? perPlace : perPlace.Reshape((int)(y.Shape.Size / c), c).Mean(0);
        }

        Expr Running(string name, Init init, Expr batch)
        {
            var average = Dsl.LayerParameter(layer, name, [c], init, isFixed: true);
            return Build.Tracked(average, average + momentum * (batch - average));
        }
    }
}
