namespace OptDsl;

public static partial class Fluent
{
    /// <summary>
    /// (x − mean) / deviation, each element of an example by itself, with numbers that no rule changes: 0 and 1 until
    /// <c>learner.Standardize(data)</c> measures them. Checkpoints carry them, so what is predicted stays what was learned. Makes
    /// <c>standardizeN.mean</c>, <c>standardizeN.deviation</c>. LeCun et al. 1998, Efficient BackProp, §4.3.
    /// </summary>
    public static Expr Standardize(this Expr x)
    {
        var layer = new LayerInfo("standardize");
        Expr Fixed(string name, Init init) => Dsl.LayerParameter(layer, name, x.Shape.ToArray(), init, isFixed: true);
        return (x - Fixed("mean", Init.Zero)) / Fixed("deviation", Init.One);
    }
}
