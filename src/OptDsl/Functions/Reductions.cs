namespace OptDsl;

public static partial class Dsl
{
    /// <summary>The sum of all elements of one example; inside a rule, of the tensor.</summary>
    public static Expr Sum(Expr x) => x.Sum();

    /// <summary>The mean of all elements of one example; inside a rule, of the tensor.</summary>
    public static Expr Mean(Expr x) => x.Mean();

    /// <summary>The mean over the examples of the batch.</summary>
    public static Expr BatchMean(Expr x) => Build.BatchSum(x) / Examples;

    /// <summary>√Σ x²; inside a rule, over the tensor. At 0 it has no derivative, and the gradient is NaN: √(Σ x² + eps) has one.</summary>
    public static Expr Norm(Expr x) => Sqrt(Square(x).Sum());

    /// <summary>Inside a rule: Σ x over all tensors that the rule covers.</summary>
    public static Expr GlobalSum(Expr x) => new(Primitive.Total, [x], null, Shape.Scalar, false, Element.Real);

    /// <summary>Inside a rule: √Σ x² over all tensors that the rule covers.</summary>
    public static Expr GlobalNorm(Expr x) => Sqrt(GlobalSum(Square(x)));

    /// <summary>The number of elements, all or along one dimension; inside a rule, known once the rule meets its parameter.</summary>
    public static Expr Size(Expr x, int? axis = null) => Build.Size(x, axis);

    /// <summary>
    /// The matrix product; inside a rule, of tensors that must turn out as matrices. Rows per example, [in] or [rows, in], times a matrix [in, out]
    /// are [out] or [rows, out]. Tensors […, m, k] and [k, n] or […, k, n] are so many matrices, multiplied pair by pair; leading sizes are equal, or 1.
    /// </summary>
    public static Expr MatMul(Expr a, Expr b) => Build.MatMul(a, b);

    /// <summary>The transpose of a matrix; of a tensor, its last two dimensions exchanged.</summary>
    public static Expr Transpose(Expr x) => Build.Transpose(x);

    /// <summary>The identity matrix with a row for each row of <paramref name="x"/>: in a rule, 1 on the diagonal of xᵀ·x has <c>Eye(Transpose(x))</c>.</summary>
    public static Expr Eye(Expr x) => Build.Eye(x);
}
