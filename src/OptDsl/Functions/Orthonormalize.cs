namespace OptDsl;

public static partial class Dsl
{
    /// <summary>
    /// In a rule, the Q of x = Q·R: orthonormal columns that span those of a matrix with no more columns than rows, R upper triangular with a
    /// positive diagonal. A column that depends on those before it, up to 2⁻¹⁶ of its length, gives way to another one orthogonal to them.
    /// By Householder's reflections; it has no derivative here.
    /// </summary>
    /// <exception cref="OptDslException">x is no such matrix (OPT0102); from <c>Minimize</c>: it stands in the loss (OPT0111).</exception>
    public static Expr Orthonormalize(Expr x) => Build.Orthonormalize(x);
}
