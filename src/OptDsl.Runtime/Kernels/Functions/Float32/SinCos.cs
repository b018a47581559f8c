using System.Runtime.CompilerServices;

namespace OptDsl.Runtime;

public static partial class Float32
{
    // Beyond this n π/2 in three parts is not exact enough.
    private const float Huge = 131072f;

    /// <summary>The sine of an angle in radians.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Sin(float x) => Sin<Vec1<float>>(x);

    /// <summary>The cosine of an angle in radians.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Cos(float x) => Cos<Vec1<float>>(x);

    /// <summary>The sine of an angle in radians.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Sin<V>(V x) where V : unmanaged, IVector<V, float>
    {
        V quadrant = Quadrant(x, out V r, out V low);
        V sine = V.Select(Odd(quadrant), CosineNearZero(r, low), SineNearZero(r, low));
        return V.SelectEqual(x, default, x, V.Xor(sine, SignOfSecondBit(quadrant)));
    }

    /// <summary>The cosine of an angle in radians.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Cos<V>(V x) where V : unmanaged, IVector<V, float>
    {
        V quadrant = Quadrant(x, out V r, out V low);
        V cosine = V.Select(Odd(quadrant), SineNearZero(r, low), CosineNearZero(r, low));
        return V.Xor(cosine, SignOfSecondBit(V.AddBits(quadrant, V.CreateBits(1))));
    }

    // x = n π/2 + r + low: n π/2 in three parts, the first difference exact, the rounding of the second carried.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Quadrant<V>(V x, out V r, out V low) where V : unmanaged, IVector<V, float>
    {
        V magic = V.Create(12582912f), shifted = V.Fma(x, V.Create(0.636619747f), magic), n = shifted - magic;
        V first = V.Fma(n, V.Create(-1.57079637f), x), c2 = V.Create(4.37113883e-8f);
        V product = n * c2, second = first + product;
        V taken = second - first, carried = (first - (second - taken)) + (product - taken);
        carried += V.Fma(n, V.Create(1.71512451e-15f), V.Fma(n, c2, -product));
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
    private static unsafe void HugeQuadrants<V>(V x, V huge, ref V quadrant, ref V r, ref V low) where V : unmanaged, IVector<V, float>
    {
        float* memory = stackalloc float[4 * 16];
        Buffer<float> angle = new(memory), q = new(memory + 16), high = new(memory + 32), rest = new(memory + 48);
        V.Store(x, angle, 0);
        for (int i = 0; i < V.Count; i++)
        {
            int n = 0;
            double a = double.NaN, b = 0;
            if (float.IsFinite(angle[i]) && float.Abs(angle[i]) > Huge)
                HugeAngle.Reduce(angle[i], out n, out a, out b);
            q[i] = BitConverter.Int32BitsToSingle(n);
            high[i] = (float)a;
            rest[i] = (float)(a - (float)a);
        }
        quadrant = V.Select(huge, V.Load(q, 0), quadrant);
        r = V.Select(huge, V.Load(high, 0), r);
        low = V.Select(huge, V.Load(rest, 0), low);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Odd<V>(V quadrant) where V : unmanaged, IVector<V, float> =>
        V.ShiftRight(V.ShiftLeft(quadrant, 31), 31);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V SignOfSecondBit<V>(V quadrant) where V : unmanaged, IVector<V, float> =>
        V.And(V.ShiftLeft(quadrant, 30), V.CreateBits(int.MinValue));

    // sin(r + low) for |r| ≤ π/4, minimax.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V SineNearZero<V>(V r, V low) where V : unmanaged, IVector<V, float>
    {
        V z = r * r;
        V q = V.Create(2.71595081e-6f);
        q = V.Fma(q, z, V.Create(-0.00019839083f));
        q = V.Fma(q, z, V.Create(0.00833332818f));
        q = V.Fma(q, z, V.Create(-0.166666672f));
        return r + V.Fma(z * r, q, V.Fma(z * V.Create(-0.5f), low, low));
    }

    // cos(r + low) for |r| ≤ π/4, minimax; the rounding of 1 − r²/2 is carried.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V CosineNearZero<V>(V r, V low) where V : unmanaged, IVector<V, float>
    {
        V z = r * r, half = V.Create(0.5f) * z, one = V.Create(1f), w = one - half;
        V q = V.Create(-2.71884431e-7f);
        q = V.Fma(q, z, V.Create(2.47992521e-5f));
        q = V.Fma(q, z, V.Create(-0.00138888822f));
        q = V.Fma(q, z, V.Create(0.0416666679f));
        return w + (((one - w) - half) + V.Fma(z * z, q, -(r * low)));
    }
}
