using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace OptDsl.Runtime;

/// <summary>512 bits: 16 floats or 8 doubles.</summary>
/// <typeparam name="T">The element, float or double.</typeparam>
public unsafe struct Vec512<T> : IVector<Vec512<T>, T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    // The JIT stops inlining at 512 locals, and a constructor makes three for each operation: Unsafe.BitCast makes none, and twice as many
    // functions fit into a method. sizeof(T) == 4 rather than typeof: less IL, the inliner's other budget.
    private Vector512<T> v;

    /// <inheritdoc/>
    public static int Count { [MethodImpl(MethodImplOptions.AggressiveInlining)] get => Vector512<T>.Count; }

    /// <inheritdoc/>
    public static Vec512<T> Indices { [MethodImpl(MethodImplOptions.AggressiveInlining)] get => Unsafe.BitCast<Vector512<T>, Vec512<T>>(Vector512<T>.Indices); }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec512<T> Load(Buffer<T> p, nint i) => Unsafe.BitCast<Vector512<T>, Vec512<T>>(Vector512.Load(p.Pointer + i));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vec512<T> x, Buffer<T> p, nint i) => x.v.Store(p.Pointer + i);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec512<T> LoadIndices(Buffer<int> p, nint i)
    {
        if (sizeof(T) == 4)
            return Unsafe.BitCast<Vector512<T>, Vec512<T>>(Vector512.ConvertToSingle(Vector512.Load(p.Pointer + i)).As<float, T>());
        var (lower, upper) = Vector256.Widen(Vector256.Load(p.Pointer + i));
        return Unsafe.BitCast<Vector512<T>, Vec512<T>>(Vector512.ConvertToDouble(Vector512.Create(lower, upper)).As<double, T>());
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec512<T> Create(T x) => Unsafe.BitCast<Vector512<T>, Vec512<T>>(Vector512.Create(x));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec512<T> CreateBits(long bits) => Unsafe.BitCast<Vector512<T>, Vec512<T>>(sizeof(T) == 4
        ? Vector512.Create((int)bits).As<int, T>()
        : Vector512.Create(bits).As<long, T>());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec512<T> operator +(Vec512<T> a, Vec512<T> b) => Unsafe.BitCast<Vector512<T>, Vec512<T>>(a.v + b.v);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec512<T> operator -(Vec512<T> a, Vec512<T> b) => Unsafe.BitCast<Vector512<T>, Vec512<T>>(a.v - b.v);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec512<T> operator *(Vec512<T> a, Vec512<T> b) => Unsafe.BitCast<Vector512<T>, Vec512<T>>(a.v * b.v);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec512<T> operator /(Vec512<T> a, Vec512<T> b) => Unsafe.BitCast<Vector512<T>, Vec512<T>>(a.v / b.v);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec512<T> operator -(Vec512<T> a) => Unsafe.BitCast<Vector512<T>, Vec512<T>>(a.v ^ Vector512.Create(T.NegativeZero));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec512<T> Fma(Vec512<T> a, Vec512<T> b, Vec512<T> c) => Unsafe.BitCast<Vector512<T>, Vec512<T>>(sizeof(T) == 4
        ? Vector512.FusedMultiplyAdd(a.v.AsSingle(), b.v.AsSingle(), c.v.AsSingle()).As<float, T>()
        : Vector512.FusedMultiplyAdd(a.v.AsDouble(), b.v.AsDouble(), c.v.AsDouble()).As<double, T>());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void AddProduct(ref Vec512<T> sum, Vec512<T> a, Vec512<T> b)
    {
        // Into the field: what goes through a new struct costs a move.
        if (sizeof(T) == 4)
            sum.v = Vector512.FusedMultiplyAdd(a.v.AsSingle(), b.v.AsSingle(), sum.v.AsSingle()).As<float, T>();
        else
            sum.v = Vector512.FusedMultiplyAdd(a.v.AsDouble(), b.v.AsDouble(), sum.v.AsDouble()).As<double, T>();
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec512<T> Sqrt(Vec512<T> a) => Unsafe.BitCast<Vector512<T>, Vec512<T>>(Vector512.Sqrt(a.v));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec512<T> Abs(Vec512<T> a) => Unsafe.BitCast<Vector512<T>, Vec512<T>>(Vector512.Abs(a.v));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec512<T> Floor(Vec512<T> a) => Unsafe.BitCast<Vector512<T>, Vec512<T>>(sizeof(T) == 4
        ? Vector512.Floor(a.v.AsSingle()).As<float, T>()
        : Vector512.Floor(a.v.AsDouble()).As<double, T>());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec512<T> Less(Vec512<T> a, Vec512<T> b) => Unsafe.BitCast<Vector512<T>, Vec512<T>>(Vector512.LessThan(a.v, b.v));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec512<T> LessEqual(Vec512<T> a, Vec512<T> b) => Unsafe.BitCast<Vector512<T>, Vec512<T>>(Vector512.LessThanOrEqual(a.v, b.v));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec512<T> Equal(Vec512<T> a, Vec512<T> b) => Unsafe.BitCast<Vector512<T>, Vec512<T>>(Vector512.Equals(a.v, b.v));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec512<T> And(Vec512<T> a, Vec512<T> b) => Unsafe.BitCast<Vector512<T>, Vec512<T>>(a.v & b.v);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec512<T> Or(Vec512<T> a, Vec512<T> b) => Unsafe.BitCast<Vector512<T>, Vec512<T>>(a.v | b.v);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec512<T> Xor(Vec512<T> a, Vec512<T> b) => Unsafe.BitCast<Vector512<T>, Vec512<T>>(a.v ^ b.v);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec512<T> AndNot(Vec512<T> a, Vec512<T> b) => Unsafe.BitCast<Vector512<T>, Vec512<T>>(a.v & ~b.v);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec512<T> Not(Vec512<T> a) => Unsafe.BitCast<Vector512<T>, Vec512<T>>(~a.v);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec512<T> Select(Vec512<T> mask, Vec512<T> a, Vec512<T> b) => Unsafe.BitCast<Vector512<T>, Vec512<T>>(Vector512.ConditionalSelect(mask.v, a.v, b.v));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec512<T> SelectLess(Vec512<T> a, Vec512<T> b, Vec512<T> x, Vec512<T> y)
    {
        if (!Avx512F.IsSupported) return Select(Less(a, b), x, y);
        return Unsafe.BitCast<Vector512<T>, Vec512<T>>(sizeof(T) == 4
            ? Avx512F.BlendVariable(y.v.AsSingle(), x.v.AsSingle(), Avx512F.CompareLessThan(a.v.AsSingle(), b.v.AsSingle())).As<float, T>()
            : Avx512F.BlendVariable(y.v.AsDouble(), x.v.AsDouble(), Avx512F.CompareLessThan(a.v.AsDouble(), b.v.AsDouble())).As<double, T>());
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec512<T> SelectLessEqual(Vec512<T> a, Vec512<T> b, Vec512<T> x, Vec512<T> y)
    {
        if (!Avx512F.IsSupported) return Select(LessEqual(a, b), x, y);
        return Unsafe.BitCast<Vector512<T>, Vec512<T>>(sizeof(T) == 4
            ? Avx512F.BlendVariable(y.v.AsSingle(), x.v.AsSingle(), Avx512F.CompareLessThanOrEqual(a.v.AsSingle(), b.v.AsSingle())).As<float, T>()
            : Avx512F.BlendVariable(y.v.AsDouble(), x.v.AsDouble(), Avx512F.CompareLessThanOrEqual(a.v.AsDouble(), b.v.AsDouble())).As<double, T>());
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec512<T> SelectEqual(Vec512<T> a, Vec512<T> b, Vec512<T> x, Vec512<T> y)
    {
        if (!Avx512F.IsSupported) return Select(Equal(a, b), x, y);
        return Unsafe.BitCast<Vector512<T>, Vec512<T>>(sizeof(T) == 4
            ? Avx512F.BlendVariable(y.v.AsSingle(), x.v.AsSingle(), Avx512F.CompareEqual(a.v.AsSingle(), b.v.AsSingle())).As<float, T>()
            : Avx512F.BlendVariable(y.v.AsDouble(), x.v.AsDouble(), Avx512F.CompareEqual(a.v.AsDouble(), b.v.AsDouble())).As<double, T>());
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec512<T> Larger(Vec512<T> a, Vec512<T> b)
    {
        // The instruction gives its second operand for NaN and for zeros of either sign.
        if (!Avx512F.IsSupported) return Select(Less(a, b), b, a);
        return Unsafe.BitCast<Vector512<T>, Vec512<T>>(sizeof(T) == 4
            ? Avx512F.Max(b.v.AsSingle(), a.v.AsSingle()).As<float, T>()
            : Avx512F.Max(b.v.AsDouble(), a.v.AsDouble()).As<double, T>());
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec512<T> Smaller(Vec512<T> a, Vec512<T> b)
    {
        // The instruction gives its second operand for NaN and for zeros of either sign.
        if (!Avx512F.IsSupported) return Select(Less(b, a), b, a);
        return Unsafe.BitCast<Vector512<T>, Vec512<T>>(sizeof(T) == 4
            ? Avx512F.Min(b.v.AsSingle(), a.v.AsSingle()).As<float, T>()
            : Avx512F.Min(b.v.AsDouble(), a.v.AsDouble()).As<double, T>());
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec512<T> Sign(Vec512<T> a)
    {
        if (!Avx512F.IsSupported) return SelectLess(default, a, Create(T.One), SelectLess(a, default, Create(T.NegativeOne), a));
        // One instruction with four bits for each class of number: itself (1), −1 (9) or 1 (A) of NaN, NaN, 0, 1, −∞, ∞, below 0, above 0.
        const uint classes = 0xA9A9A111;
        return Unsafe.BitCast<Vector512<T>, Vec512<T>>(sizeof(T) == 4
            ? Avx512F.Fixup(a.v.AsSingle(), a.v.AsSingle(), Vector512.Create(unchecked((int)classes)), 0).As<float, T>()
            : Avx512F.Fixup(a.v.AsDouble(), a.v.AsDouble(), Vector512.Create((long)classes), 0).As<double, T>());
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool Any(Vec512<T> mask) => mask.v.ExtractMostSignificantBits() != 0;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec512<T> AddBits(Vec512<T> a, Vec512<T> b) => Unsafe.BitCast<Vector512<T>, Vec512<T>>(sizeof(T) == 4
        ? (a.v.AsInt32() + b.v.AsInt32()).As<int, T>()
        : (a.v.AsInt64() + b.v.AsInt64()).As<long, T>());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec512<T> SubtractBits(Vec512<T> a, Vec512<T> b) => Unsafe.BitCast<Vector512<T>, Vec512<T>>(sizeof(T) == 4
        ? (a.v.AsInt32() - b.v.AsInt32()).As<int, T>()
        : (a.v.AsInt64() - b.v.AsInt64()).As<long, T>());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec512<T> MultiplyBits(Vec512<T> a, Vec512<T> b) => Unsafe.BitCast<Vector512<T>, Vec512<T>>(sizeof(T) == 4
        ? (a.v.AsInt32() * b.v.AsInt32()).As<int, T>()
        : (a.v.AsInt64() * b.v.AsInt64()).As<long, T>());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec512<T> ShiftLeft(Vec512<T> a, int count) => Unsafe.BitCast<Vector512<T>, Vec512<T>>(sizeof(T) == 4
        ? (a.v.AsInt32() << count).As<int, T>()
        : (a.v.AsInt64() << count).As<long, T>());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec512<T> ShiftRight(Vec512<T> a, int count) => Unsafe.BitCast<Vector512<T>, Vec512<T>>(sizeof(T) == 4
        ? (a.v.AsInt32() >> count).As<int, T>()
        : (a.v.AsInt64() >> count).As<long, T>());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec512<T> ShiftRightLogical(Vec512<T> a, int count) => Unsafe.BitCast<Vector512<T>, Vec512<T>>(sizeof(T) == 4
        ? (a.v.AsInt32() >>> count).As<int, T>()
        : (a.v.AsInt64() >>> count).As<long, T>());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T SumHalves(Vec512<T> x) => Vec256<T>.SumHalves(Unsafe.BitCast<Vector256<T>, Vec256<T>>(x.v.GetLower() + x.v.GetUpper()));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T MaxHalves(Vec512<T> x)
    {
        Vector256<T> a = x.v.GetLower(), b = x.v.GetUpper();
        return Vec256<T>.MaxHalves(Unsafe.BitCast<Vector256<T>, Vec256<T>>(Vector256.ConditionalSelect(Vector256.LessThan(a, b), b, a)));
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec512<T> First(Vec512<T> x, nint count, T other)
    {
        Vector512<T> keep = sizeof(T) == 4
            ? Vector512.LessThan(Vector512<int>.Indices, Vector512.Create((int)count)).As<int, T>()
            : Vector512.LessThan(Vector512<long>.Indices, Vector512.Create((long)count)).As<long, T>();
        return Unsafe.BitCast<Vector512<T>, Vec512<T>>(Vector512.ConditionalSelect(keep, x.v, Vector512.Create(other)));
    }
}
