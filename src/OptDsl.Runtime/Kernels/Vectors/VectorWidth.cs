using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace OptDsl.Runtime;

/// <summary>How many bits a learner's vectors have; every width gives the same bits of the result.</summary>
public enum VectorWidth
{
    /// <summary>The widest that is fast here.</summary>
    Auto,

    /// <summary>One element at a time.</summary>
    Scalar,

    /// <summary>128 bits.</summary>
    Bits128,

    /// <summary>256 bits.</summary>
    Bits256,

    /// <summary>512 bits.</summary>
    Bits512,
}

/// <summary>Turns <see cref="VectorWidth.Auto"/> into the width that this machine runs fast.</summary>
public static class VectorWidths
{
    /// <summary>The width itself, or for <see cref="VectorWidth.Auto"/> the widest one with fused multiply-add in hardware.</summary>
    public static VectorWidth Resolve(VectorWidth width) =>
        width != VectorWidth.Auto ? width
        // Not Vector512.IsHardwareAccelerated: it reads false where the JIT prefers 256 bits, although 512 run at full speed.
        : Avx512F.IsSupported ? VectorWidth.Bits512
        : Vector256.IsHardwareAccelerated && Fma.IsSupported ? VectorWidth.Bits256
        : Vector128.IsHardwareAccelerated ? VectorWidth.Bits128
        : VectorWidth.Scalar;
}
