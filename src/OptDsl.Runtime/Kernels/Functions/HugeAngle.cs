namespace OptDsl.Runtime;

// Angles beyond the range where n π/2 can be subtracted in three parts (Payne and Hanek): x = m·2ᵉ, and of 2/π only the 192 bits
// are multiplied that decide x·2/π modulo 4; those before them make whole turns, those after them are below the result.
internal static class HugeAngle
{
    // 2/π after 64 zero bits, 64 bits each.
    private static ReadOnlySpan<ulong> TwoOverPi =>
    [
        0x0000000000000000, 0xA2F9836E4E441529, 0xFC2757D1F534DDC0,
        0xDB6295993C439041, 0xFE5163ABDEBBC561, 0xB7246E3A424DD2E0,
        0x06492EEA09D1921C, 0xFE1DEB1CB129A73E, 0xE88235F52EBB4484,
        0xE99C7026B45F7E41, 0x3991D639835339F4, 0x9C845F8BBDF9283B,
        0x1FF897FFDE05980F, 0xEF2F118B5A0A6D1F, 0x6D367ECF27CB09B7,
        0x4F463F669E5FEA2D, 0x7527BAC7EBE5F17B, 0x3D0739F78A5292EA,
        0x6BFB5FB11F8D5D08, 0x56033046FC7B6BAB, 0xF0CFBC209AF4361D,
    ];

    /// <summary>x = quadrant·π/2 + r + low for a finite |x| ≥ 2¹⁶.</summary>
    public static void Reduce(double x, out int quadrant, out double r, out double low)
    {
        long bits = BitConverter.DoubleToInt64Bits(x);
        ulong m = ((ulong)bits & 0xFFFFFFFFFFFFFUL) | 0x10000000000000UL;
        int first = (int)((bits >> 52) & 0x7FF) - 1075 - 2 + 64;     // the place of 2/π's bit that is worth 2
        ulong high = Math.BigMul(m, Word(first + 64), out ulong p1);
        ulong p2 = unchecked(m * Word(first) + high);
        high = Math.BigMul(m, Word(first + 128), out _);
        p1 = unchecked(p1 + high);
        if (p1 < high)
            p2 = unchecked(p2 + 1);

        // Two whole bits, then the fraction, made −½ … ½.
        quadrant = (int)(p2 >> 62);
        UInt128 fraction = new UInt128(p2, p1) << 2;
        bool above = (fraction >> 127) != 0;
        if (above)
        {
            quadrant++;
            fraction = UInt128.Zero - fraction;
        }
        int zeros = (int)UInt128.LeadingZeroCount(fraction);
        fraction <<= zeros;
        double f = (double)(ulong)(fraction >> 75) * PowerOfTwo(-53 - zeros);
        double g = (double)((ulong)(fraction >> 22) & 0x1FFFFFFFFFFFFFUL) * PowerOfTwo(-106 - zeros);

        // (f + g)·π/2
        const double pi = 1.5707963267948966, pi2 = 6.123233995736766e-17;
        r = f * pi;
        low = Math.FusedMultiplyAdd(f, pi, -r) + Math.FusedMultiplyAdd(f, pi2, g * pi);
        if (above != x < 0)
            (r, low) = (-r, -low);
        if (x < 0)
            quadrant = -quadrant;
    }

    private static ulong Word(int place)
    {
        int word = place >> 6, shift = place & 63;
        return shift == 0 ? TwoOverPi[word] : (TwoOverPi[word] << shift) | (TwoOverPi[word + 1] >> (64 - shift));
    }

    private static double PowerOfTwo(int n) => BitConverter.Int64BitsToDouble((long)(n + 1023) << 52);
}
