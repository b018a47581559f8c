using System.Numerics;

namespace OptDsl.Runtime;

/// <summary>A vector of <see cref="Count"/> lanes: one source of a kernel serves every width, and each operation rounds once, so every width gives the same bits.</summary>
/// <typeparam name="V">The implementing vector.</typeparam>
/// <typeparam name="T">The element, float or double.</typeparam>
public interface IVector<V, T>
    where V : unmanaged, IVector<V, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>How many lanes: 16, 8, 4 or 1 floats, 8, 4, 2 or 1 doubles.</summary>
    static abstract int Count { get; }

    /// <summary>0, 1, 2, …</summary>
    static abstract V Indices { get; }

    /// <summary>Elements i … i + Count − 1.</summary>
    static abstract V Load(Buffer<T> p, nint i);

    /// <summary>Writes elements i … i + Count − 1.</summary>
    static abstract void Store(V x, Buffer<T> p, nint i);

    /// <summary>Integers i … i + Count − 1, converted.</summary>
    static abstract V LoadIndices(Buffer<int> p, nint i);

    /// <summary>Every lane x.</summary>
    static abstract V Create(T x);

    /// <summary>Every lane the low bits of an integer.</summary>
    static abstract V CreateBits(long bits);

    /// <summary>a + b.</summary>
    static abstract V operator +(V a, V b);

    /// <summary>a − b.</summary>
    static abstract V operator -(V a, V b);

    /// <summary>a × b.</summary>
    static abstract V operator *(V a, V b);

    /// <summary>a ÷ b, correctly rounded.</summary>
    static abstract V operator /(V a, V b);

    /// <summary>The sign flipped, of zero and NaN too.</summary>
    static abstract V operator -(V a);

    /// <summary>a × b + c, rounded once.</summary>
    static abstract V Fma(V a, V b, V c);

    /// <summary>sum ← a × b + sum, rounded once, in the register that holds the sum.</summary>
    static abstract void AddProduct(ref V sum, V a, V b);

    /// <summary>√a, correctly rounded.</summary>
    static abstract V Sqrt(V a);

    /// <summary>|a|.</summary>
    static abstract V Abs(V a);

    /// <summary>⌊a⌋.</summary>
    static abstract V Floor(V a);

    /// <summary>The mask a &lt; b: all bits set or none; false for NaN.</summary>
    static abstract V Less(V a, V b);

    /// <summary>The mask a ≤ b; false for NaN.</summary>
    static abstract V LessEqual(V a, V b);

    /// <summary>The mask a = b; false for NaN.</summary>
    static abstract V Equal(V a, V b);

    /// <summary>a &amp; b, bit by bit.</summary>
    static abstract V And(V a, V b);

    /// <summary>a | b, bit by bit.</summary>
    static abstract V Or(V a, V b);

    /// <summary>a ^ b, bit by bit.</summary>
    static abstract V Xor(V a, V b);

    /// <summary>a &amp; ~b, bit by bit.</summary>
    static abstract V AndNot(V a, V b);

    /// <summary>~a, bit by bit.</summary>
    static abstract V Not(V a);

    /// <summary>mask ? a : b, bit by bit.</summary>
    static abstract V Select(V mask, V a, V b);

    /// <summary>a &lt; b ? x : y. One comparison and its choice in one call: the JIT keeps such a mask in a mask register.</summary>
    static abstract V SelectLess(V a, V b, V x, V y);

    /// <summary>a ≤ b ? x : y.</summary>
    static abstract V SelectLessEqual(V a, V b, V x, V y);

    /// <summary>a = b ? x : y.</summary>
    static abstract V SelectEqual(V a, V b, V x, V y);

    /// <summary>a &lt; b ? b : a; a for NaN in either.</summary>
    static abstract V Larger(V a, V b);

    /// <summary>b &lt; a ? b : a; a for NaN in either.</summary>
    static abstract V Smaller(V a, V b);

    /// <summary>1 above zero, −1 below; zeros of either sign and NaN as they are.</summary>
    static abstract V Sign(V a);

    /// <summary>Whether a mask is set in any lane.</summary>
    static abstract bool Any(V mask);

    /// <summary>The bits of a plus the bits of b, as integers as wide as T.</summary>
    static abstract V AddBits(V a, V b);

    /// <summary>The bits of a minus the bits of b, as integers as wide as T.</summary>
    static abstract V SubtractBits(V a, V b);

    /// <summary>The bits of a times the bits of b, as integers as wide as T.</summary>
    static abstract V MultiplyBits(V a, V b);

    /// <summary>The bits of a shifted left.</summary>
    static abstract V ShiftLeft(V a, int count);

    /// <summary>The bits of a shifted right, the sign bit repeated.</summary>
    static abstract V ShiftRight(V a, int count);

    /// <summary>The bits of a shifted right, zeros behind them.</summary>
    static abstract V ShiftRightLogical(V a, int count);

    /// <summary>The sum of the lanes by one tree: lane j + lane j + Count/2, and again on the half.</summary>
    static abstract T SumHalves(V x);

    /// <summary>The largest lane by the same tree, a &lt; b ? b : a.</summary>
    static abstract T MaxHalves(V x);

    /// <summary>Lanes before <paramref name="count"/> keep x, the others become <paramref name="other"/>.</summary>
    static abstract V First(V x, nint count, T other);
}
