namespace OptDsl;

public static partial class Fluent
{
    /// <summary>The same elements, row-major, in another shape; the batch stays.</summary>
    /// <exception cref="OptDslException">The numbers of elements differ.</exception>
    public static Expr Reshape(this Expr x, params int[] shape)
    {
        Dsl.CheckSizes("shape", shape);
        return Build.Reshape(x, new((int[])shape.Clone()));
    }

    /// <summary>The dimensions in another order: dimension i of the result is dimension axes[i] of x; negative axes count from the last.</summary>
    /// <exception cref="OptDslException">The axes do not name each dimension once (OPT0102).</exception>
    public static Expr Permute(this Expr x, params int[] axes) => Build.Permute(x, axes);

    /// <summary>The elements of one example as a vector.</summary>
    public static Expr Flatten(this Expr x) => Build.Reshape(x, new((int)x.Shape.Size));
}
