using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace OptDsl.Benchmarks;

/// <summary>C, compiled on the spot for this machine: what a C programmer would have written.</summary>
static unsafe class Gcc
{
    /// <summary>The update of Adam; null where there is no gcc.</summary>
    public static Sample? TryAdam(int size)
    {
        if (TryCompile("adam.c", "-fno-math-errno") is not { } library) return null;
        ((delegate* unmanaged<nint, void>)NativeLibrary.GetExport(library, "start"))(size);
        return Steps(library);
    }

    /// <summary>A workload that is dense layers alone, with OpenBLAS; null where it is something else, or gcc or OpenBLAS is missing.</summary>
    public static Sample? TryPerceptron(Workload work, int threads)
    {
        var weights = work.Model().Parameters.Where(p => p.Shape.Rank == 2).Select(p => p.Shape).ToArray();
        if (work.Model().Parameters.Any(p => !p.Path.StartsWith("dense", StringComparison.Ordinal)) || TryCompile("perceptron.c", "-ffast-math") is not { } library) return null;
        int[] sizes = [.. weights.Select(w => w[0]), weights[^1].Last];
        fixed (int* first = sizes)
            ((delegate* unmanaged<int, int*, int, int, int, int, int, void>)NativeLibrary.GetExport(library, "start"))(weights.Length, first, work.Batch,
                work.Work().Functions.ContainsKey(Primitive.Tanh) ? 1 : 0, work.Columns[^1].Classes > 0 ? 1 : 0, (int)work.Update, threads);
        return Steps(library);
    }

    static Sample Steps(nint library)
    {
        var step = NativeLibrary.GetExport(library, "step");
        return new(() => ((delegate* unmanaged<void>)step)());
    }

    static nint? TryCompile(string source, string option)
    {
        var library = Path.Combine(Directory.CreateTempSubdirectory().FullName, source + ".so");
        string[] arguments = ["-O3", "-march=native", option, "-shared", "-fPIC", "-o", library, Path.Combine(AppContext.BaseDirectory, source), .. source == "adam.c" ? [] : (string[])["-l:libopenblas.so.0"], "-lm"];
        try
        {
            using var gcc = Process.Start(new ProcessStartInfo("gcc", arguments) { RedirectStandardError = true })!;
            var errors = gcc.StandardError.ReadToEnd();
            gcc.WaitForExit();
            if (gcc.ExitCode == 0) return NativeLibrary.Load(library);
            if (errors.Contains("libopenblas", StringComparison.Ordinal)) return null;
            throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"gcc ended with {gcc.ExitCode}: {errors}"));
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }
}
