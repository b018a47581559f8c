using System.Text;

namespace OptDsl.Runtime;

/// <summary>
/// Philox4x32-10: random numbers as a function of (seed, stream, element), so that nothing depends on order, layout or threads.
/// Salmon, Moraes, Dror and Shaw 2011, https://doi.org/10.1145/2063384.2063405
/// </summary>
/// <param name="seed">The key.</param>
/// <param name="stream">The upper half of the counter; the element is the lower half.</param>
public readonly struct Philox(ulong seed, ulong stream)
{
    /// <summary>The stream of a name: its 64-bit FNV-1a hash over UTF-8. http://www.isthe.com/chongo/tech/comp/fnv/</summary>
    public static ulong Stream(string name)
    {
        ulong hash = 0xcbf29ce484222325;
        foreach (byte b in Encoding.UTF8.GetBytes(name))
            hash = (hash ^ b) * 0x100000001b3;
        return hash;
    }

    /// <summary>128 bits for an element.</summary>
    public (ulong, ulong) Block(ulong element)
    {
        uint c0 = (uint)element, c1 = (uint)(element >> 32), c2 = (uint)stream, c3 = (uint)(stream >> 32);
        uint k0 = (uint)seed, k1 = (uint)(seed >> 32);
        for (int round = 0; round < 10; round++)
        {
            ulong p0 = 0xD2511F53UL * c0, p1 = 0xCD9E8D57UL * c2;
            (c0, c1, c2, c3) = ((uint)(p1 >> 32) ^ c1 ^ k0, (uint)p1, (uint)(p0 >> 32) ^ c3 ^ k1, (uint)p0);
            k0 += 0x9E3779B9;
            k1 += 0xBB67AE85;
        }
        return (c0 | (ulong)c1 << 32, c2 | (ulong)c3 << 32);
    }

    /// <summary>U[0, 1) with 53 bits.</summary>
    public double Uniform(ulong element) => Fraction(Block(element).Item1);

    /// <summary>N(0, 1): √(−2·ln u)·cos 2πv, Box and Muller 1958, u in (0, 1]; the functions are our own, so the bits are the same everywhere.</summary>
    public double Normal(ulong element)
    {
        (ulong x, ulong y) = Block(element);
        return Math.Sqrt(-2 * Float64.Log(1 - Fraction(x))) * Float64.Cos(2 * Math.PI * Fraction(y));
    }

    /// <summary>An integer in 0 … below − 1: the upper half of 64 bits × below.</summary>
    public int Integer(ulong element, int below) => (int)Math.BigMul(Block(element).Item1, (ulong)below, out _);

    static double Fraction(ulong bits) => (bits >> 11) * (1.0 / (1UL << 53));
}
