using System.Runtime.CompilerServices;
using OptDsl.Runtime;

namespace OptDsl.Benchmarks;

/// <summary>Multiply-adds in 16 chains that wait for nothing but themselves: what no matrix product can exceed.</summary>
readonly struct MultiplyAdds<V>(Buffer<float> place) : IJob where V : unmanaged, IVector<V, float>
{
    const int Rounds = 2000;

    /// <summary>Floating-point operations of a run: a multiply-add is two.</summary>
    public static double Flops => 2.0 * 16 * V.Count * Rounds;

    [MethodImpl(Loop.Kernel)]
    public void Run(int chunk)
    {
        V x = V.Create(0.999f), y = V.Create(1e-3f);
        V a0 = V.Create(0f), a1 = V.Create(1f), a2 = V.Create(2f), a3 = V.Create(3f), a4 = V.Create(4f), a5 = V.Create(5f), a6 = V.Create(6f), a7 = V.Create(7f);
        V b0 = V.Create(8f), b1 = V.Create(9f), b2 = V.Create(10f), b3 = V.Create(11f), b4 = V.Create(12f), b5 = V.Create(13f), b6 = V.Create(14f), b7 = V.Create(15f);
        for (int i = 0; i < Rounds; i++)
        {
            a0 = V.Fma(a0, x, y); a1 = V.Fma(a1, x, y); a2 = V.Fma(a2, x, y); a3 = V.Fma(a3, x, y);
            a4 = V.Fma(a4, x, y); a5 = V.Fma(a5, x, y); a6 = V.Fma(a6, x, y); a7 = V.Fma(a7, x, y);
            b0 = V.Fma(b0, x, y); b1 = V.Fma(b1, x, y); b2 = V.Fma(b2, x, y); b3 = V.Fma(b3, x, y);
            b4 = V.Fma(b4, x, y); b5 = V.Fma(b5, x, y); b6 = V.Fma(b6, x, y); b7 = V.Fma(b7, x, y);
        }
        // Stored, so that nothing above is dead.
        V.Store(a0 + a1 + a2 + a3 + (a4 + a5 + a6 + a7) + (b0 + b1 + b2 + b3) + (b4 + b5 + b6 + b7), place, chunk * 64);
    }
}
