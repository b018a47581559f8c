using System.Numerics;
using System.Runtime.CompilerServices;

namespace OptDsl.Runtime;

/// <summary>One lane: the scalar that rounds exactly like a lane of the wide vectors.</summary>
/// <typeparam name="T">The element, float or double.</typeparam>
public readonly unsafe struct Vec1<T> : IVector<Vec1<T>, T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly T v;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Vec1(T v) => this.v = v;

    /// <summary>The lane of a number.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static implicit operator Vec1<T>(T x) => new(x);

    /// <summary>The number in the lane.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static implicit operator T(Vec1<T> x) => x.v;

    /// <inheritdoc/>
    public static int Count { [MethodImpl(MethodImplOptions.AggressiveInlining)] get => 1; }

    /// <inheritdoc/>
    public static Vec1<T> Indices { [MethodImpl(MethodImplOptions.AggressiveInlining)] get => default; }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec1<T> Load(Buffer<T> p, nint i) => new(p.Pointer[i]);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vec1<T> x, Buffer<T> p, nint i) => p.Pointer[i] = x.v;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec1<T> LoadIndices(Buffer<int> p, nint i) => sizeof(T) == 4
        ? Unsafe.BitCast<float, Vec1<T>>(p.Pointer[i])
        : Unsafe.BitCast<double, Vec1<T>>(p.Pointer[i]);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec1<T> Create(T x) => new(x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec1<T> CreateBits(long bits) => FromBits(bits);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec1<T> operator +(Vec1<T> a, Vec1<T> b) => new(a.v + b.v);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec1<T> operator -(Vec1<T> a, Vec1<T> b) => new(a.v - b.v);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec1<T> operator *(Vec1<T> a, Vec1<T> b) => new(a.v * b.v);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec1<T> operator /(Vec1<T> a, Vec1<T> b) => new(a.v / b.v);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec1<T> operator -(Vec1<T> a) => FromBits(a.Bits ^ SignBit);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec1<T> Fma(Vec1<T> a, Vec1<T> b, Vec1<T> c) => new(T.FusedMultiplyAdd(a.v, b.v, c.v));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void AddProduct(ref Vec1<T> sum, Vec1<T> a, Vec1<T> b) => sum = Fma(a, b, sum);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec1<T> Sqrt(Vec1<T> a) => new(T.Sqrt(a.v));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec1<T> Abs(Vec1<T> a) => FromBits(a.Bits & ~SignBit);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec1<T> Floor(Vec1<T> a) => new(T.Floor(a.v));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec1<T> Less(Vec1<T> a, Vec1<T> b) => Mask(a.v < b.v);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec1<T> LessEqual(Vec1<T> a, Vec1<T> b) => Mask(a.v <= b.v);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec1<T> Equal(Vec1<T> a, Vec1<T> b) => Mask(a.v == b.v);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec1<T> And(Vec1<T> a, Vec1<T> b) => FromBits(a.Bits & b.Bits);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec1<T> Or(Vec1<T> a, Vec1<T> b) => FromBits(a.Bits | b.Bits);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec1<T> Xor(Vec1<T> a, Vec1<T> b) => FromBits(a.Bits ^ b.Bits);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec1<T> AndNot(Vec1<T> a, Vec1<T> b) => FromBits(a.Bits & ~b.Bits);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec1<T> Not(Vec1<T> a) => FromBits(~a.Bits);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec1<T> Select(Vec1<T> mask, Vec1<T> a, Vec1<T> b) => FromBits((mask.Bits & a.Bits) | (~mask.Bits & b.Bits));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec1<T> SelectLess(Vec1<T> a, Vec1<T> b, Vec1<T> x, Vec1<T> y) => a.v < b.v ? x : y;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec1<T> SelectLessEqual(Vec1<T> a, Vec1<T> b, Vec1<T> x, Vec1<T> y) => a.v <= b.v ? x : y;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec1<T> SelectEqual(Vec1<T> a, Vec1<T> b, Vec1<T> x, Vec1<T> y) => a.v == b.v ? x : y;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec1<T> Larger(Vec1<T> a, Vec1<T> b) => a.v < b.v ? b : a;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec1<T> Smaller(Vec1<T> a, Vec1<T> b) => b.v < a.v ? b : a;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec1<T> Sign(Vec1<T> a) => T.Zero < a.v ? T.One : a.v < T.Zero ? T.NegativeOne : a;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool Any(Vec1<T> mask) => mask.Bits < 0;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec1<T> AddBits(Vec1<T> a, Vec1<T> b) => FromBits(a.Bits + b.Bits);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec1<T> SubtractBits(Vec1<T> a, Vec1<T> b) => FromBits(a.Bits - b.Bits);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec1<T> MultiplyBits(Vec1<T> a, Vec1<T> b) => FromBits(a.Bits * b.Bits);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec1<T> ShiftLeft(Vec1<T> a, int count) => FromBits(a.Bits << count);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec1<T> ShiftRight(Vec1<T> a, int count) => FromBits(a.Bits >> count);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec1<T> ShiftRightLogical(Vec1<T> a, int count) => FromBits(sizeof(T) == 4 ? (uint)a.Bits >> count : a.Bits >>> count);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T SumHalves(Vec1<T> x) => x.v;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T MaxHalves(Vec1<T> x) => x.v;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec1<T> First(Vec1<T> x, nint count, T other) => count > 0 ? x : new(other);

    private static long SignBit { [MethodImpl(MethodImplOptions.AggressiveInlining)] get => sizeof(T) == 4 ? 0x80000000L : long.MinValue; }

    // The bits of a float are sign-extended, so that one shift serves both widths.
    private long Bits
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => sizeof(T) == 4 ? Unsafe.BitCast<T, int>(v) : Unsafe.BitCast<T, long>(v);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vec1<T> FromBits(long bits) => new(sizeof(T) == 4 ? Unsafe.BitCast<int, T>((int)bits) : Unsafe.BitCast<long, T>(bits));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vec1<T> Mask(bool set) => FromBits(set ? -1L : 0L);
}
