using System.Runtime.CompilerServices;

namespace OptDsl.Benchmarks;

static class Loop
{
    /// <summary>Full speed from the first call, and for good: a loop that the JIT inlines into its caller when it promotes that one passes its vectors through memory, 15 times slower.</summary>
    public const MethodImplOptions Kernel = MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining;
}
