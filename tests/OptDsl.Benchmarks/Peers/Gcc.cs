using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace OptDsl.Benchmarks;

/// <summary>The update of Adam in C, compiled on the spot for this machine.</summary>
sealed unsafe class Gcc
{
    readonly delegate* unmanaged<void> step;

    Gcc(nint library, int size)
    {
        ((delegate* unmanaged<nint, void>)NativeLibrary.GetExport(library, "start"))(size);
        step = (delegate* unmanaged<void>)NativeLibrary.GetExport(library, "step");
        Steps = new(Step);
    }

    public Sample Steps { get; }

    /// <summary>Null where there is no gcc.</summary>
    public static Gcc? TryStart(int size)
    {
        var library = Path.Combine(Directory.CreateTempSubdirectory().FullName, "adam.so");
        string[] arguments = ["-O3", "-march=native", "-fno-math-errno", "-shared", "-fPIC", "-o", library, Path.Combine(AppContext.BaseDirectory, "adam.c"), "-lm"];
        try
        {
            using var gcc = Process.Start("gcc", arguments);
            gcc.WaitForExit();
            return gcc.ExitCode == 0 ? new(NativeLibrary.Load(library), size) : throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"gcc ended with {gcc.ExitCode}"));
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }

    void Step() => step();
}
