using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace OptDsl.Runtime;

// The transpose of a 4x4 block: eight shuffles for floats where the machine has them, moves elsewhere.
internal static unsafe class Block
{
    public const int Size = 4;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Transpose<T>(Buffer<T> src, nint srcLd, Buffer<T> dst, nint dstLd) where T : unmanaged
    {
        if (Sse.IsSupported && sizeof(T) == 4)
            Floats((float*)src.Pointer, srcLd, (float*)dst.Pointer, dstLd);
        else if (Sse2.IsSupported && sizeof(T) == 8)
            for (nint i = 0; i < 4; i += 2)
                for (nint j = 0; j < 4; j += 2)
                    Doubles((double*)src.Pointer + i * srcLd + j, srcLd, (double*)dst.Pointer + j * dstLd + i, dstLd);
        else
            for (nint i = 0; i < 4; i++)
                for (nint j = 0; j < 4; j++)
                    dst[j * dstLd + i] = src[i * srcLd + j];
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Floats(float* src, nint srcLd, float* dst, nint dstLd)
    {
        Vector128<float> a = Vector128.Load(src), b = Vector128.Load(src + srcLd);
        Vector128<float> c = Vector128.Load(src + 2 * srcLd), d = Vector128.Load(src + 3 * srcLd);
        Vector128<float> ab = Sse.UnpackLow(a, b), cd = Sse.UnpackLow(c, d);
        Vector128<float> ab2 = Sse.UnpackHigh(a, b), cd2 = Sse.UnpackHigh(c, d);
        Sse.MoveLowToHigh(ab, cd).Store(dst);
        Sse.MoveHighToLow(cd, ab).Store(dst + dstLd);
        Sse.MoveLowToHigh(ab2, cd2).Store(dst + 2 * dstLd);
        Sse.MoveHighToLow(cd2, ab2).Store(dst + 3 * dstLd);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Doubles(double* src, nint srcLd, double* dst, nint dstLd)
    {
        Vector128<double> a = Vector128.Load(src), b = Vector128.Load(src + srcLd);
        Sse2.UnpackLow(a, b).Store(dst);
        Sse2.UnpackHigh(a, b).Store(dst + dstLd);
    }
}
