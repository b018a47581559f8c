using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace OptDsl.Runtime;

/// <summary>256 bits: 8 floats or 4 doubles.</summary>
/// <typeparam name="T">The element, float or double.</typeparam>
public unsafe struct Vec256<T> : IVector<Vec256<T>, T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    // The JIT stops inlining at 512 locals, and a constructor makes three for each operation: Unsafe.BitCast makes none, and twice as many
    // functions fit into a method. sizeof(T) == 4 rather than typeof: less IL, the inliner's other budget.
    private Vector256<T> v;

    /// <inheritdoc/>
    public static int Count { [MethodImpl(MethodImplOptions.AggressiveInlining)] get => Vector256<T>.Count; }

    /// <inheritdoc/>
    public static Vec256<T> Indices { [MethodImpl(MethodImplOptions.AggressiveInlining)] get => Unsafe.BitCast<Vector256<T>, Vec256<T>>(Vector256<T>.Indices); }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec256<T> Load(Buffer<T> p, nint i) => Unsafe.BitCast<Vector256<T>, Vec256<T>>(Vector256.Load(p.Pointer + i));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vec256<T> x, Buffer<T> p, nint i) => x.v.Store(p.Pointer + i);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec256<T> LoadIndices(Buffer<int> p, nint i)
    {
        if (sizeof(T) == 4)
            return Unsafe.BitCast<Vector256<T>, Vec256<T>>(Vector256.ConvertToSingle(Vector256.Load(p.Pointer + i)).As<float, T>());
        var (lower, upper) = Vector128.Widen(Vector128.Load(p.Pointer + i));
        return Unsafe.BitCast<Vector256<T>, Vec256<T>>(Vector256.ConvertToDouble(Vector256.Create(lower, upper)).As<double, T>());
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec256<T> Create(T x) => Unsafe.BitCast<Vector256<T>, Vec256<T>>(Vector256.Create(x));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec256<T> CreateBits(long bits) => Unsafe.BitCast<Vector256<T>, Vec256<T>>(sizeof(T) == 4
        ? Vector256.Create((int)bits).As<int, T>()
        : Vector256.Create(bits).As<long, T>());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec256<T> operator +(Vec256<T> a, Vec256<T> b) => Unsafe.BitCast<Vector256<T>, Vec256<T>>(a.v + b.v);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec256<T> operator -(Vec256<T> a, Vec256<T> b) => Unsafe.BitCast<Vector256<T>, Vec256<T>>(a.v - b.v);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec256<T> operator *(Vec256<T> a, Vec256<T> b) => Unsafe.BitCast<Vector256<T>, Vec256<T>>(a.v * b.v);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec256<T> operator /(Vec256<T> a, Vec256<T> b) => Unsafe.BitCast<Vector256<T>, Vec256<T>>(a.v / b.v);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec256<T> operator -(Vec256<T> a) => Unsafe.BitCast<Vector256<T>, Vec256<T>>(a.v ^ Vector256.Create(T.NegativeZero));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec256<T> Fma(Vec256<T> a, Vec256<T> b, Vec256<T> c) => Unsafe.BitCast<Vector256<T>, Vec256<T>>(sizeof(T) == 4
        ? Vector256.FusedMultiplyAdd(a.v.AsSingle(), b.v.AsSingle(), c.v.AsSingle()).As<float, T>()
        : Vector256.FusedMultiplyAdd(a.v.AsDouble(), b.v.AsDouble(), c.v.AsDouble()).As<double, T>());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void AddProduct(ref Vec256<T> sum, Vec256<T> a, Vec256<T> b)
    {
        // Into the field: what goes through a new struct costs a move.
        if (sizeof(T) == 4)
            sum.v = Vector256.FusedMultiplyAdd(a.v.AsSingle(), b.v.AsSingle(), sum.v.AsSingle()).As<float, T>();
        else
            sum.v = Vector256.FusedMultiplyAdd(a.v.AsDouble(), b.v.AsDouble(), sum.v.AsDouble()).As<double, T>();
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec256<T> Sqrt(Vec256<T> a) => Unsafe.BitCast<Vector256<T>, Vec256<T>>(Vector256.Sqrt(a.v));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec256<T> Abs(Vec256<T> a) => Unsafe.BitCast<Vector256<T>, Vec256<T>>(Vector256.Abs(a.v));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec256<T> Floor(Vec256<T> a) => Unsafe.BitCast<Vector256<T>, Vec256<T>>(sizeof(T) == 4
        ? Vector256.Floor(a.v.AsSingle()).As<float, T>()
        : Vector256.Floor(a.v.AsDouble()).As<double, T>());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec256<T> Less(Vec256<T> a, Vec256<T> b) => Unsafe.BitCast<Vector256<T>, Vec256<T>>(Vector256.LessThan(a.v, b.v));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec256<T> LessEqual(Vec256<T> a, Vec256<T> b) => Unsafe.BitCast<Vector256<T>, Vec256<T>>(Vector256.LessThanOrEqual(a.v, b.v));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec256<T> Equal(Vec256<T> a, Vec256<T> b) => Unsafe.BitCast<Vector256<T>, Vec256<T>>(Vector256.Equals(a.v, b.v));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec256<T> And(Vec256<T> a, Vec256<T> b) => Unsafe.BitCast<Vector256<T>, Vec256<T>>(a.v & b.v);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec256<T> Or(Vec256<T> a, Vec256<T> b) => Unsafe.BitCast<Vector256<T>, Vec256<T>>(a.v | b.v);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec256<T> Xor(Vec256<T> a, Vec256<T> b) => Unsafe.BitCast<Vector256<T>, Vec256<T>>(a.v ^ b.v);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec256<T> AndNot(Vec256<T> a, Vec256<T> b) => Unsafe.BitCast<Vector256<T>, Vec256<T>>(a.v & ~b.v);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec256<T> Not(Vec256<T> a) => Unsafe.BitCast<Vector256<T>, Vec256<T>>(~a.v);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec256<T> Select(Vec256<T> mask, Vec256<T> a, Vec256<T> b) => Unsafe.BitCast<Vector256<T>, Vec256<T>>(Vector256.ConditionalSelect(mask.v, a.v, b.v));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec256<T> SelectLess(Vec256<T> a, Vec256<T> b, Vec256<T> x, Vec256<T> y) => Unsafe.BitCast<Vector256<T>, Vec256<T>>(Vector256.ConditionalSelect(Vector256.LessThan(a.v, b.v), x.v, y.v));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec256<T> SelectLessEqual(Vec256<T> a, Vec256<T> b, Vec256<T> x, Vec256<T> y) => Unsafe.BitCast<Vector256<T>, Vec256<T>>(Vector256.ConditionalSelect(Vector256.LessThanOrEqual(a.v, b.v), x.v, y.v));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec256<T> SelectEqual(Vec256<T> a, Vec256<T> b, Vec256<T> x, Vec256<T> y) => Unsafe.BitCast<Vector256<T>, Vec256<T>>(Vector256.ConditionalSelect(Vector256.Equals(a.v, b.v), x.v, y.v));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec256<T> Larger(Vec256<T> a, Vec256<T> b)
    {
        // The instruction gives its second operand for NaN and for zeros of either sign.
        if (!Avx.IsSupported) return Select(Less(a, b), b, a);
        return Unsafe.BitCast<Vector256<T>, Vec256<T>>(sizeof(T) == 4
            ? Avx.Max(b.v.AsSingle(), a.v.AsSingle()).As<float, T>()
            : Avx.Max(b.v.AsDouble(), a.v.AsDouble()).As<double, T>());
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec256<T> Smaller(Vec256<T> a, Vec256<T> b)
    {
        // The instruction gives its second operand for NaN and for zeros of either sign.
        if (!Avx.IsSupported) return Select(Less(b, a), b, a);
        return Unsafe.BitCast<Vector256<T>, Vec256<T>>(sizeof(T) == 4
            ? Avx.Min(b.v.AsSingle(), a.v.AsSingle()).As<float, T>()
            : Avx.Min(b.v.AsDouble(), a.v.AsDouble()).As<double, T>());
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec256<T> Sign(Vec256<T> a) => SelectLess(default, a, Create(T.One), SelectLess(a, default, Create(T.NegativeOne), a));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool Any(Vec256<T> mask) => mask.v.ExtractMostSignificantBits() != 0;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec256<T> AddBits(Vec256<T> a, Vec256<T> b) => Unsafe.BitCast<Vector256<T>, Vec256<T>>(sizeof(T) == 4
        ? (a.v.AsInt32() + b.v.AsInt32()).As<int, T>()
        : (a.v.AsInt64() + b.v.AsInt64()).As<long, T>());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec256<T> SubtractBits(Vec256<T> a, Vec256<T> b) => Unsafe.BitCast<Vector256<T>, Vec256<T>>(sizeof(T) == 4
        ? (a.v.AsInt32() - b.v.AsInt32()).As<int, T>()
        : (a.v.AsInt64() - b.v.AsInt64()).As<long, T>());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec256<T> MultiplyBits(Vec256<T> a, Vec256<T> b) => Unsafe.BitCast<Vector256<T>, Vec256<T>>(sizeof(T) == 4
        ? (a.v.AsInt32() * b.v.AsInt32()).As<int, T>()
        : (a.v.AsInt64() * b.v.AsInt64()).As<long, T>());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec256<T> ShiftLeft(Vec256<T> a, int count) => Unsafe.BitCast<Vector256<T>, Vec256<T>>(sizeof(T) == 4
        ? (a.v.AsInt32() << count).As<int, T>()
        : (a.v.AsInt64() << count).As<long, T>());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec256<T> ShiftRight(Vec256<T> a, int count) => Unsafe.BitCast<Vector256<T>, Vec256<T>>(sizeof(T) == 4
        ? (a.v.AsInt32() >> count).As<int, T>()
        : (a.v.AsInt64() >> count).As<long, T>());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec256<T> ShiftRightLogical(Vec256<T> a, int count) => Unsafe.BitCast<Vector256<T>, Vec256<T>>(sizeof(T) == 4
        ? (a.v.AsInt32() >>> count).As<int, T>()
        : (a.v.AsInt64() >>> count).As<long, T>());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T SumHalves(Vec256<T> x) => Vec128<T>.SumHalves(Unsafe.BitCast<Vector128<T>, Vec128<T>>(x.v.GetLower() + x.v.GetUpper()));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T MaxHalves(Vec256<T> x)
    {
        Vector128<T> a = x.v.GetLower(), b = x.v.GetUpper();
        return Vec128<T>.MaxHalves(Unsafe.BitCast<Vector128<T>, Vec128<T>>(Vector128.ConditionalSelect(Vector128.LessThan(a, b), b, a)));
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec256<T> First(Vec256<T> x, nint count, T other)
    {
        Vector256<T> keep = sizeof(T) == 4
            ? Vector256.LessThan(Vector256<int>.Indices, Vector256.Create((int)count)).As<int, T>()
            : Vector256.LessThan(Vector256<long>.Indices, Vector256.Create((long)count)).As<long, T>();
        return Unsafe.BitCast<Vector256<T>, Vec256<T>>(Vector256.ConditionalSelect(keep, x.v, Vector256.Create(other)));
    }
}
