namespace OptDsl;

public static partial class Fluent
{
    /// <summary>
    /// x·W + b with W [in, <paramref name="units"/>], b [<paramref name="units"/>]; He and zeros by default. Makes <c>denseN.weights</c>,
    /// <c>denseN.bias</c>. With <c>bias: Init.Constant(0.01)</c> every rectified unit is active where its inputs are 0.
    /// </summary>
    /// <exception cref="OptDslException">Units below 1, or x is not one vector per example.</exception>
    public static Expr Dense(this Expr x, int units, Init? weights = null, Init? bias = null)
    {
        Dsl.CheckSizes("units", [units]);
        if (x.Rank != 1) throw Error.Argument("Dense", $"needs one vector per example, but got {x.Describe()}");
        var layer = new LayerInfo("dense");
        return Dsl.MatMul(x, Dsl.LayerParameter(layer, "weights", [x.Shape[0], units], weights ?? Init.He))
            + Dsl.LayerParameter(layer, "bias", [units], bias ?? Init.Zero);
    }
}
