namespace OptDsl;

public static partial class Dsl
{
    /// <summary>
    /// w ← w − lr·g / (√v + eps), v the decaying mean of g²; <paramref name="centred"/> subtracts the squared mean of g, eps may stand
    /// <paramref name="inside"/> the root, and the steps may gather momentum. https://www.cs.toronto.edu/~tijmen/csc321/slides/lecture_slides_lec6.pdf.
    /// </summary>
    public static Rule RmsProp(Expr lr, Expr? rho = null, Expr? eps = null, Expr? mu = null, bool centred = false, bool inside = false)
    {
        var scaled = centred ? ScaleByStddev(rho, eps, inside) : ScaleByRms(rho, eps, inside);
        return (mu is null ? scaled : scaled.Then(Trace(mu))).Then(Scale(Rate(lr)));
    }
}
