namespace OptDsl.Testing;

/// <summary>The arithmetic that the reference interpreter is generic over.</summary>
/// <typeparam name="S">The number.</typeparam>
public interface IScalar<S> where S : struct, IScalar<S>
{
    /// <summary>The number nearest to a double.</summary>
    static abstract S Create(double value);

    /// <summary>Narrower than double: what depends on the step alone is computed in double and narrowed once.</summary>
    static abstract bool IsNarrow { get; }

    /// <summary>The value, rounded to a double.</summary>
    double Value { get; }

    /// <summary>a + b</summary>
    static abstract S operator +(S a, S b);

    /// <summary>a − b</summary>
    static abstract S operator -(S a, S b);

    /// <summary>a · b</summary>
    static abstract S operator *(S a, S b);

    /// <summary>a / b</summary>
    static abstract S operator /(S a, S b);

    /// <summary>−a</summary>
    static abstract S operator -(S a);

    /// <summary>a · b + c, rounded once.</summary>
    static abstract S Fma(S a, S b, S c);

    /// <summary>√x</summary>
    static abstract S Sqrt(S x);

    /// <summary>eˣ</summary>
    static abstract S Exp(S x);

    /// <summary>log x</summary>
    static abstract S Log(S x);

    /// <summary>tanh x</summary>
    static abstract S Tanh(S x);

    /// <summary>1 / (1 + e⁻ˣ)</summary>
    static abstract S Sigmoid(S x);

    /// <summary>log(1 + eˣ)</summary>
    static abstract S Softplus(S x);

    /// <summary>Φ(x), the standard normal distribution's probability below x.</summary>
    static abstract S NormalCdf(S x);

    /// <summary>sin x</summary>
    static abstract S Sin(S x);

    /// <summary>cos x</summary>
    static abstract S Cos(S x);

    /// <summary>|x|</summary>
    static abstract S Abs(S x);

    /// <summary>⌊x⌋</summary>
    static abstract S Floor(S x);

    /// <summary>A number in [0, 1) that hashes the bits of three.</summary>
    static abstract S Random(S key, S row, S column);

    /// <summary>a &lt; b; false for NaN.</summary>
    static abstract bool Less(S a, S b);

    /// <summary>a ≤ b; false for NaN.</summary>
    static abstract bool LessEqual(S a, S b);

    /// <summary>a = b; false for NaN.</summary>
    static abstract bool Equal(S a, S b);
}
