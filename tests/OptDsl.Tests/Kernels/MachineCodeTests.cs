using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;
using System.Text.RegularExpressions;
using OptDsl.Runtime;
using Xunit;

namespace OptDsl.Tests.Kernels;

/// <summary>
/// What the JIT made of the kernels: a call in a tile, or a vector on the stack, costs up to eight times and nothing else shows it.
/// A child process runs them and prints its machine code.
/// </summary>
public partial class MachineCodeTests
{
    private const string Request = "OPTDSL_TEST_COMPILE_KERNELS";

    [Fact]
    public void TilesOf512BitsStayInRegisters()
    {
        if (Avx512F.IsSupported)
            Check("Vec512", avx512: true, kernels: 36);
    }

    // Sixteen registers, as where there is no AVX-512.
    [Fact]
    public void TilesOf256BitsStayInSixteenRegisters()
    {
        if (Fma.IsSupported)
            Check("Vec256", avx512: false, kernels: 19);
    }

    private static void Check(string vector, bool avx512, int kernels)
    {
        string file = Path.GetTempFileName();
        try
        {
            var start = new ProcessStartInfo("dotnet", [typeof(MachineCodeTests).Assembly.Location]) { UseShellExecute = false };
            start.Environment[Request] = vector;
            start.Environment["DOTNET_JitDisasm"] = "Tile*";
            start.Environment["DOTNET_JitStdOutFile"] = file;
            start.Environment["DOTNET_EnableAVX512"] = avx512 ? "1" : "0";
            using Process child = Process.Start(start)!;
            child.WaitForExit();
            Assert.Equal(0, child.ExitCode);

            var listings = Listing().Split(File.ReadAllText(file)).Where(text => text.Contains(vector)).ToList();
            Assert.Equal(kernels, listings.Count);
            foreach (string listing in listings)
            {
                Assert.False(Call().IsMatch(listing), "calls: " + listing);
                Assert.False(Spill().IsMatch(listing), "vectors on the stack: " + listing);
                Assert.Contains("vfmadd231", listing);
                Assert.False(Moved().IsMatch(listing), "sums that are moved: " + listing);
            }
        }
        finally
        {
            File.Delete(file);
        }
    }

    // The test assembly's own Main does nothing; in the child this runs before it.
    [ModuleInitializer]
    internal static void CompileKernels()
    {
        if (Environment.GetEnvironmentVariable(Request) == "Vec512")
            Compile<Vec512<float>>();
        else if (Environment.GetEnvironmentVariable(Request) == "Vec256")
            Compile<Vec256<float>>();
    }

    private static void Compile<V>() where V : unmanaged, IVector<V, float>
    {
        using var a = new Native<float>(1 << 17);
        for (int m = 1; m <= 8; m++)
        {
            // Sums of one row and one vector are inlined where they are called.
            foreach (int n in (int[])[16, 32])
                MatMul<V, float>.MultiplyTransposed(Team.Get(1), m, n, 4096, a.Buffer, 8, a.Buffer, n, new RowSink<float>(a.Buffer, n));
            foreach (int n in (int[])[16, 48, 64])
            {
                var rows = new RowSink<float>(a.Buffer, n);
                var panels = new PanelSink<float>(a.Buffer, m, 4);
                MatMul<V, float>.Multiply(Team.Get(1), m, n, 4, a.Buffer, 4, a.Buffer, n, rows);
                MatMul<V, float>.Multiply(Team.Get(1), m, n, 4, a.Buffer, 4, a.Buffer, n, panels);
            }
        }
        // Windows with few filters and with many, over images of one place.
        var framed = new Framed<float>(a.Buffer, [1, 1], [2, 2], 1, 3);
        foreach (int n in (int[])[6, 8, 32])
        {
            MatMul<V, float>.Multiply(Team.Get(1), 40, n, framed, a.Buffer, 32, new RowSink<float>(a.Buffer, 32));
            MatMul<V, float>.AddTransposed(Team.Get(1), 40, n + 8, framed, a.Buffer, 48, a.Buffer, 48);
        }
    }

    [GeneratedRegex(@"; Assembly listing for method (?:OptDsl\.\w+\.(?:Kernels\.)?)")]
    private static partial Regex Listing();

    [GeneratedRegex(@"\bcall\b")]
    private static partial Regex Call();

    // A form of the instruction that overwrites a factor: a move brings the sum back to its register.
    [GeneratedRegex(@"vfmadd(132|213)")]
    private static partial Regex Moved();

    [GeneratedRegex(@"[yz]mmword ptr \[r[bs]p\b")]
    private static partial Regex Spill();
}
