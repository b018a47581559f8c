#pragma warning disable CA2225 // named alternates: the functions of Dsl are the names
namespace OptDsl;

public sealed partial class Expr
{
    /// <summary>The number as an expression.</summary>
    public static implicit operator Expr(double value) => Build.Constant(value);

    /// <summary>The number as an expression.</summary>
    public static implicit operator Expr(int value) => Build.Constant(value);

    /// <summary>−x</summary>
    public static Expr operator -(Expr x) => Build.Elementwise(Primitive.Negate, x);

    /// <summary>x</summary>
    public static Expr operator +(Expr x) => x;

    /// <summary>a + b, element by element.</summary>
    public static Expr operator +(Expr a, Expr b) => Build.Elementwise(Primitive.Add, a, b);

    /// <summary>a + b, element by element.</summary>
    public static Expr operator +(double a, Expr b) => (Expr)a + b;

    /// <summary>a + b, element by element.</summary>
    public static Expr operator +(Expr a, double b) => a + (Expr)b;

    /// <summary>a + b, element by element.</summary>
    public static Expr operator +(int a, Expr b) => (Expr)a + b;

    /// <summary>a + b, element by element.</summary>
    public static Expr operator +(Expr a, int b) => a + (Expr)b;

    /// <summary>a − b, element by element.</summary>
    public static Expr operator -(Expr a, Expr b) => Build.Elementwise(Primitive.Subtract, a, b);

    /// <summary>a − b, element by element.</summary>
    public static Expr operator -(double a, Expr b) => (Expr)a - b;

    /// <summary>a − b, element by element.</summary>
    public static Expr operator -(Expr a, double b) => a - (Expr)b;

    /// <summary>a − b, element by element.</summary>
    public static Expr operator -(int a, Expr b) => (Expr)a - b;

    /// <summary>a − b, element by element.</summary>
    public static Expr operator -(Expr a, int b) => a - (Expr)b;

    /// <summary>a · b, element by element; for matrices see <c>MatMul</c>.</summary>
    public static Expr operator *(Expr a, Expr b) => Build.Elementwise(Primitive.Multiply, a, b);

    /// <summary>a · b, element by element.</summary>
    public static Expr operator *(double a, Expr b) => (Expr)a * b;

    /// <summary>a · b, element by element.</summary>
    public static Expr operator *(Expr a, double b) => a * (Expr)b;

    /// <summary>a · b, element by element.</summary>
    public static Expr operator *(int a, Expr b) => (Expr)a * b;

    /// <summary>a · b, element by element.</summary>
    public static Expr operator *(Expr a, int b) => a * (Expr)b;

    /// <summary>a / b, element by element.</summary>
    public static Expr operator /(Expr a, Expr b) => Build.Elementwise(Primitive.Divide, a, b);

    /// <summary>a / b, element by element.</summary>
    public static Expr operator /(double a, Expr b) => (Expr)a / b;

    /// <summary>a / b, element by element.</summary>
    public static Expr operator /(Expr a, double b) => a / (Expr)b;

    /// <summary>a / b, element by element.</summary>
    public static Expr operator /(int a, Expr b) => (Expr)a / b;

    /// <summary>a / b, element by element.</summary>
    public static Expr operator /(Expr a, int b) => a / (Expr)b;

    /// <summary>a − b·⌊a/b⌋, which has the sign of b.</summary>
    public static Expr operator %(Expr a, Expr b) => a - b * Floor(a / b);

    /// <summary>a − b·⌊a/b⌋, which has the sign of b.</summary>
    public static Expr operator %(Expr a, double b) => a % (Expr)b;

    /// <summary>a − b·⌊a/b⌋, which has the sign of b.</summary>
    public static Expr operator %(Expr a, int b) => a % (Expr)b;

    /// <summary>a &lt; b; sugar for <c>Less</c>.</summary>
    public static Expr operator <(Expr a, Expr b) => Build.Elementwise(Primitive.Less, a, b);

    /// <summary>a &gt; b; sugar for <c>Greater</c>.</summary>
    public static Expr operator >(Expr a, Expr b) => Build.Elementwise(Primitive.Less, b, a);

    /// <summary>a ≤ b; sugar for <c>LessEqual</c>.</summary>
    public static Expr operator <=(Expr a, Expr b) => Build.Elementwise(Primitive.LessEqual, a, b);

    /// <summary>a ≥ b; sugar for <c>GreaterEqual</c>.</summary>
    public static Expr operator >=(Expr a, Expr b) => Build.Elementwise(Primitive.LessEqual, b, a);

    // The names that F#'s own sqrt, exp, log, tanh, abs, sin, cos, floor and ** look for.

    /// <summary>√x</summary>
    public static Expr Sqrt(Expr x) => Build.Elementwise(Primitive.Sqrt, x);

    /// <summary>eˣ</summary>
    public static Expr Exp(Expr x) => Build.Elementwise(Primitive.Exp, x);

    /// <summary>The natural logarithm.</summary>
    public static Expr Log(Expr x) => Build.Elementwise(Primitive.Log, x);

    /// <summary>tanh x; its derivative is 1 − tanh² x.</summary>
    public static Expr Tanh(Expr x) => Build.Elementwise(Primitive.Tanh, x);

    /// <summary>|x|; the derivative at 0 is 0.</summary>
    public static Expr Abs(Expr x) => Build.Elementwise(Primitive.Abs, x);

    /// <summary>sin x</summary>
    public static Expr Sin(Expr x) => Build.Elementwise(Primitive.Sin, x);

    /// <summary>cos x</summary>
    public static Expr Cos(Expr x) => Build.Elementwise(Primitive.Cos, x);

    /// <summary>The largest integer not above x; its derivative is 0.</summary>
    public static Expr Floor(Expr x) => Build.Elementwise(Primitive.Floor, x);

    /// <summary>xⁿ by multiplication where n is a constant integer from −64 to 64, else exp(n·log x), which needs x &gt; 0.</summary>
    public static Expr Pow(Expr x, Expr n)
    {
        if (n.Data is not double number || number % 1 != 0 || System.Math.Abs(number) > 64) return Exp(n * Log(x));
        Expr power = 1, square = x;
        for (var rest = (int)System.Math.Abs(number); rest > 0; rest >>= 1, square *= square)
            if ((rest & 1) == 1) power = power.Data is double ? square : power * square;
        return number < 0 ? 1 / power : power;
    }

    /// <summary>Element or row <paramref name="index"/> of the first dimension.</summary>
    public Expr this[int index]
    {
        get
        {
            if (index < 0 || index >= Length) throw Error.Argument("index", $"{Text.Number(index)} is outside {Describe()}");
            return Build.Reshape(Build.Slice(this, 0, index, 1), Shape.Without(0));
        }
    }

    /// <summary>The elements or rows <paramref name="start"/> … <paramref name="start"/> + <paramref name="length"/> − 1 of the first dimension.</summary>
    public Expr Slice(int start, int length) => Length > 0 ? Build.Slice(this, 0, start, length) : this;

    /// <summary>The elements <paramref name="start"/> … <paramref name="start"/> + <paramref name="length"/> − 1 along a dimension; negative axes count from the last.</summary>
    public Expr Slice(int start, int length, int axis) => Build.Slice(this, Build.Axis(this, axis), start, length);

    /// <summary>The sum of all elements of one example; inside a rule, of the tensor.</summary>
    public Expr Sum() => Build.ReduceAll(Primitive.Sum, this);

    /// <summary>The sum along one dimension; negative axes count from the last.</summary>
    public Expr Sum(int axis, bool keep = false) => Build.Reduce(Primitive.Sum, this, axis, keep);

    /// <summary>The mean of all elements of one example; inside a rule, of the tensor.</summary>
    public Expr Mean() => Sum() / Build.Size(this, null);

    /// <summary>The mean along one dimension; negative axes count from the last.</summary>
    public Expr Mean(int axis, bool keep = false) => Sum(axis, keep) / Build.Size(this, axis);

    /// <summary>The largest element of one example.</summary>
    public Expr Max() => Build.ReduceAll(Primitive.Max, this);

    /// <summary>The largest element along one dimension; every element that equals it shares the gradient.</summary>
    public Expr Max(int axis, bool keep = false) => Build.Reduce(Primitive.Max, this, axis, keep);
}
