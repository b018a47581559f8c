using System.Runtime.CompilerServices;

namespace OptDsl.Runtime;

public static partial class Float64
{
    // Beyond this n π/2 in three parts is not exact enough.
    private const double Huge = 1073741824.0;

    /// <summary>The sine of an angle in radians.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Sin(double x) => Sin<Vec1<double>>(x);

    /// <summary>The cosine of an angle in radians.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Cos(double x) => Cos<Vec1<double>>(x);

    /// <summary>The sine of an angle in radians.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Sin<V>(V x) where V : unmanaged, IVector<V, double>
    {
        V quadrant = Quadrant(x, out V r, out V low);
        V sine = V.Select(Odd(quadrant), CosineNearZero(r, low), SineNearZero(r, low));
        return V.SelectEqual(x, default, x, V.Xor(sine, SignOfSecondBit(quadrant)));
    }

    /// <summary>The cosine of an angle in radians.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Cos<V>(V x) where V : unmanaged, IVector<V, double>
    {
        V quadrant = Quadrant(x, out V r, out V low);
        V cosine = V.Select(Odd(quadrant), SineNearZero(r, low), CosineNearZero(r, low));
        return V.Xor(cosine, SignOfSecondBit(V.AddBits(quadrant, V.CreateBits(1))));
    }

    // x = n π/2 + r + low: n π/2 in three parts, the first difference exact, the rounding of the second carried.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Quadrant<V>(V x, out V r, out V low) where V : unmanaged, IVector<V, double>
    {
        V magic = V.Create(6755399441055744.0), shifted = V.Fma(x, V.Create(0.6366197723675814), magic), n = shifted - magic;
        V first = V.Fma(n, V.Create(-1.5707963267948966), x), c2 = V.Create(-6.123233995736766e-17);
        V product = n * c2, second = first + product;
        V taken = second - first, carried = (first - (second - taken)) + (product - taken);
        carried += V.Fma(n, V.Create(1.4973849048591698e-33), V.Fma(n, c2, -product));
        r = second + carried;
        low = (second - r) + carried;
        V quadrant = V.SubtractBits(shifted, magic), huge = V.Less(V.Create(Huge), V.Abs(x));
        if (!V.Any(huge))
            return quadrant;
        // Copies: what a reference points to lives in memory everywhere else too.
        V q = quadrant, high = r, rest = low;
        HugeQuadrants(x, huge, ref q, ref high, ref rest);
        r = high;
        low = rest;
        return q;
    }

    // One lane at a time; rare, so not inlined.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static unsafe void HugeQuadrants<V>(V x, V huge, ref V quadrant, ref V r, ref V low) where V : unmanaged, IVector<V, double>
    {
        double* memory = stackalloc double[4 * 16];
        Buffer<double> angle = new(memory), q = new(memory + 16), high = new(memory + 32), rest = new(memory + 48);
        V.Store(x, angle, 0);
        for (int i = 0; i < V.Count; i++)
        {
            int n = 0;
            double a = double.NaN, b = 0;
            if (double.IsFinite(angle[i]) && double.Abs(angle[i]) > Huge)
                HugeAngle.Reduce(angle[i], out n, out a, out b);
            q[i] = BitConverter.Int64BitsToDouble(n);
            high[i] = a;
            rest[i] = b;
        }
        quadrant = V.Select(huge, V.Load(q, 0), quadrant);
        r = V.Select(huge, V.Load(high, 0), r);
        low = V.Select(huge, V.Load(rest, 0), low);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Odd<V>(V quadrant) where V : unmanaged, IVector<V, double> =>
        V.ShiftRight(V.ShiftLeft(quadrant, 63), 63);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V SignOfSecondBit<V>(V quadrant) where V : unmanaged, IVector<V, double> =>
        V.And(V.ShiftLeft(quadrant, 62), V.CreateBits(long.MinValue));

    // sin(r + low) for |r| ≤ π/4, minimax.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V SineNearZero<V>(V r, V low) where V : unmanaged, IVector<V, double>
    {
        V z = r * r;
        V q = V.Create(-7.574437900807999e-13);
        q = V.Fma(q, z, V.Create(1.6058279622512257e-10));
        q = V.Fma(q, z, V.Create(-2.505210422077748e-08));
        q = V.Fma(q, z, V.Create(2.7557319211510753e-06));
        q = V.Fma(q, z, V.Create(-0.00019841269841249857));
        q = V.Fma(q, z, V.Create(0.008333333333333318));
        q = V.Fma(q, z, V.Create(-0.16666666666666666));
        return r + V.Fma(z * r, q, V.Fma(z * V.Create(-0.5), low, low));
    }

    // cos(r + low) for |r| ≤ π/4, minimax; the rounding of 1 − r²/2 is carried.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V CosineNearZero<V>(V r, V low) where V : unmanaged, IVector<V, double>
    {
        V z = r * r, half = V.Create(0.5) * z, one = V.Create(1.0), w = one - half;
        V q = V.Create(4.735555282207739e-14);
        q = V.Fma(q, z, V.Create(-1.1470235733462057e-11));
        q = V.Fma(q, z, V.Create(2.087675385142816e-09));
        q = V.Fma(q, z, V.Create(-2.755731921305866e-07));
        q = V.Fma(q, z, V.Create(2.4801587301566038e-05));
        q = V.Fma(q, z, V.Create(-0.0013888888888888868));
        q = V.Fma(q, z, V.Create(0.041666666666666664));
        return w + (((one - w) - half) + V.Fma(z * z, q, -(r * low)));
    }
}
