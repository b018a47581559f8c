using OptDsl.Runtime;

namespace OptDsl.Testing;

/// <summary>A float with the project's own functions: what generated code computes in single precision, bit for bit.</summary>
public readonly record struct Real32(float Number) : IScalar<Real32>
{
    /// <inheritdoc/>
    public double Value => Number;

    /// <inheritdoc/>
    public static bool IsNarrow => true;

    /// <inheritdoc/>
    public static Real32 Create(double value) => new((float)value);

    /// <inheritdoc/>
    public static Real32 operator +(Real32 a, Real32 b) => new(a.Number + b.Number);

    /// <inheritdoc/>
    public static Real32 operator -(Real32 a, Real32 b) => new(a.Number - b.Number);

    /// <inheritdoc/>
    public static Real32 operator *(Real32 a, Real32 b) => new(a.Number * b.Number);

    /// <inheritdoc/>
    public static Real32 operator /(Real32 a, Real32 b) => new(a.Number / b.Number);

    /// <inheritdoc/>
    public static Real32 operator -(Real32 a) => new(-a.Number);

    /// <inheritdoc/>
    public static Real32 Fma(Real32 a, Real32 b, Real32 c) => new(float.FusedMultiplyAdd(a.Number, b.Number, c.Number));

    /// <inheritdoc/>
    public static Real32 Sqrt(Real32 x) => new(float.Sqrt(x.Number));

    /// <inheritdoc/>
    public static Real32 Exp(Real32 x) => new(Float32.Exp(x.Number));

    /// <inheritdoc/>
    public static Real32 Log(Real32 x) => new(Float32.Log(x.Number));

    /// <inheritdoc/>
    public static Real32 Tanh(Real32 x) => new(Float32.Tanh(x.Number));

    /// <inheritdoc/>
    public static Real32 Sigmoid(Real32 x) => new(Float32.Sigmoid(x.Number));

    /// <inheritdoc/>
    public static Real32 Softplus(Real32 x) => new(Float32.Softplus(x.Number));

    /// <inheritdoc/>
    public static Real32 NormalCdf(Real32 x) => new(Float32.NormalCdf(x.Number));

    /// <inheritdoc/>
    public static Real32 Sin(Real32 x) => new(Float32.Sin(x.Number));

    /// <inheritdoc/>
    public static Real32 Cos(Real32 x) => new(Float32.Cos(x.Number));

    /// <inheritdoc/>
    public static Real32 Abs(Real32 x) => new(float.Abs(x.Number));

    /// <inheritdoc/>
    public static Real32 Floor(Real32 x) => new(float.Floor(x.Number));

    /// <inheritdoc/>
    public static Real32 Random(Real32 key, Real32 row, Real32 column) => new(Float32.Random(key.Number, row.Number, column.Number));

    /// <inheritdoc/>
    public static bool Less(Real32 a, Real32 b) => a.Number < b.Number;

    /// <inheritdoc/>
    public static bool LessEqual(Real32 a, Real32 b) => a.Number <= b.Number;

    /// <inheritdoc/>
    public static bool Equal(Real32 a, Real32 b) => a.Number == b.Number;
}
