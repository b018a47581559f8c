namespace OptDsl;

public static partial class Fluent
{
    /// <summary>
    /// x·W + b along the last dimension, with W [in, <paramref name="units"/>], b [<paramref name="units"/>]; He and zeros by default. A matrix per
    /// example is so many rows, each with the same W. Makes <c>denseN.weights</c>, <c>denseN.bias</c>. With
    /// <c>bias: Init.Constant(0.01)</c> every rectified unit is active where its inputs are 0.
    /// </summary>
    /// <exception cref="OptDslException">Units below 1, or x has no dimension, or does not depend on the example and is no matrix.</exception>
    public static Expr Dense(this Expr x, int units, Init? weights = null, Init? bias = null)
    {
        Dsl.CheckSizes("units", [units]);
        if (x.Rank == 0) throw Error.Argument("Dense", $"needs a vector, or rows of them, but got {x.Describe()}");
        var layer = new LayerInfo("dense");
        return Dsl.MatMul(x, Dsl.LayerParameter(layer, "weights", [x.Shape.Last, units], weights ?? Init.Usual))
            + Dsl.LayerParameter(layer, "bias", [units], bias ?? Init.Zero);
    }
}
