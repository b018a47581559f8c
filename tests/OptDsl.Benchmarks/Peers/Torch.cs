using System.Diagnostics;
using System.Globalization;
using System.Runtime.Intrinsics.X86;
using System.Text.Json;

namespace OptDsl.Benchmarks;

/// <summary>PyTorch in a process of its own, set up in one of the ways that may make it fastest; it works only while it is asked.</summary>
sealed class Torch : IDisposable
{
    readonly Process process;

    Torch(Process process, string name, JsonElement hello)
    {
        (this.process, Name, Description) = (process, name, Describe(hello));
        Works = [.. hello.GetProperty("names").EnumerateArray().Select(work => work.GetString()!)];
    }

    /// <summary>How it was set up.</summary>
    public string Name { get; }

    /// <summary>Its version, and the library of its matrix products.</summary>
    public string Description { get; }

    /// <summary>What it can be asked for.</summary>
    public IReadOnlyList<string> Works { get; }

    /// <summary>PyTorch with narrow and wide vectors, with the usual memory allocation and one that keeps big temporaries; empty where it is not installed.</summary>
    /// <param name="script">What it runs.</param>
    /// <param name="arguments">Threads first.</param>
    public static IReadOnlyList<Torch> StartAll(string script, params int[] arguments)
    {
        // Keeps big temporaries on the heap and on huge pages instead of asking the system for them in each step.
        const string Keep = "glibc.malloc.hugetlb=1:glibc.malloc.mmap_max=0:glibc.malloc.trim_threshold=100000000000:glibc.malloc.top_pad=67108864";
        var ways = from capability in (string[])(Avx512F.IsSupported ? ["avx2", "avx512"] : ["avx2"])
                   from heap in (string[])["", Keep]
                   select (capability, heap);
        foreach (var python in (string[])["python3", "/usr/bin/python3"])
        {
            var started = ways.Select(way => TryStart(python, script, arguments, way.capability, way.heap)).TakeWhile(torch => torch is not null).OfType<Torch>().ToList();
            if (started.Count > 0) return started;
        }
        return [];
    }

    static Torch? TryStart(string python, string script, int[] arguments, string capability, string heap)
    {
        var start = new ProcessStartInfo(python, [Path.Combine(AppContext.BaseDirectory, script), .. arguments.Select(a => a.ToString(CultureInfo.InvariantCulture))])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["ATEN_CPU_CAPABILITY"] = capability;
        start.Environment["OMP_NUM_THREADS"] = arguments[0].ToString(CultureInfo.InvariantCulture);
        start.Environment["GLIBC_TUNABLES"] = heap;
        // Debian's PyTorch takes whatever BLAS is found first; OpenBLAS is many times faster than the reference that may be installed beside it.
        if (OpenBlas() is { } folder) start.Environment["LD_LIBRARY_PATH"] = folder;
        try
        {
            var process = Process.Start(start)!;
            process.ErrorDataReceived += (_, _) => { };
            process.BeginErrorReadLine();
            if (process.StandardOutput.ReadLine() is { } first) return new(process, heap.Length == 0 ? capability : capability + ", heap kept", JsonDocument.Parse(first).RootElement);
            process.Dispose();   // This python does not know torch.
            return null;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            // There is no such python.
            return null;
        }
    }

    /// <summary>The median step, in microseconds; infinite where this form does not run, and the reason is told.</summary>
    public double Microseconds(string work, string form, double milliseconds, Action<string> tell)
    {
        process.StandardInput.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{work} {form} {milliseconds}"));
        process.StandardInput.Flush();
        using var answer = JsonDocument.Parse(process.StandardOutput.ReadLine() ?? throw new InvalidOperationException("PyTorch ended"));
        if (answer.RootElement.TryGetProperty("us", out var time)) return time.GetDouble();
        tell($"{work} {form} ({Name}): {answer.RootElement.GetProperty("error").GetString()}");
        return double.PositiveInfinity;
    }

    public void Dispose()
    {
        process.StandardInput.Close();
        process.WaitForExit();
        process.Dispose();
    }

    static string? OpenBlas() => !Directory.Exists("/usr/lib") ? null
        : Directory.GetDirectories("/usr/lib", "*-linux-gnu").SelectMany(folder => Directory.GetDirectories(folder, "openblas-openmp")).FirstOrDefault();

    static string Describe(JsonElement hello)
    {
        var blas = hello.GetProperty("blas").EnumerateArray().Select(path => Path.GetFileName(path.GetString()));
        return $"PyTorch {hello.GetProperty("torch").GetString()} with {string.Join(", ", blas)}";
    }
}
