using System.Diagnostics;
using System.Reflection;
using Spectre.Console;

namespace OptDsl.Benchmarks;

/// <summary>
/// A long training on some threads and the same one on a single thread, a thousand steps of each in turns, if wanted with a process beside them that takes a
/// core: whether a step ever waits, whether sharing ever costs, whether the last steps are as fast as the first, and whether the bits are the same.
/// </summary>
static class EndureCommand
{
    const int Block = 1000;

    public static int Run(Workload work, int steps, int threads, bool busy)
    {
        using var neighbour = busy ? Spin() : null;
        try
        {
            return Measure(work, Math.Max(1, steps / Block), threads);
        }
        finally
        {
            neighbour?.Kill();
        }
    }

    static int Measure(Workload work, int blocks, int threads)
    {
        using var shared = work.Model().Compile(seed: 1, maxBatch: work.Batch, threads: threads);
        using var alone = work.Model().Compile(seed: 1, maxBatch: work.Batch, threads: 1);
        var data = work.Data();
        Time(shared, data, 200);
        Time(alone, data, 200);
        var rounds = new List<(double Shared, double Alone, double Longest)>(blocks);
        for (int i = 0; i < blocks; i++)
        {
            var (mean, longest) = Time(shared, data, Block);
            rounds.Add((mean, Time(alone, data, Block).Mean, longest));
        }
        var ends = Math.Max(1, blocks / 20);
        var allocated = GC.GetTotalAllocatedBytes(precise: true);
        Time(shared, data, Block);
        Time(alone, data, Block);
        allocated = GC.GetTotalAllocatedBytes(precise: true) - allocated;
        var isSame = shared.ParametersHash == alone.ParametersHash;
        var table = new Table().AddColumns($"{work.Name}, {blocks * Block:#,0} steps", $"{threads} threads", "1 thread");
        table.AddRow("µs per step", Statistics.Spread([.. rounds.Select(r => r.Shared)]), Statistics.Spread([.. rounds.Select(r => r.Alone)]));
        table.AddRow("µs per step at first", Of(rounds.Take(ends).Select(r => r.Shared)), Of(rounds.Take(ends).Select(r => r.Alone)));
        table.AddRow("µs per step at last", Of(rounds.TakeLast(ends).Select(r => r.Shared)), Of(rounds.TakeLast(ends).Select(r => r.Alone)));
        table.AddRow("longest step, ms", Statistics.Text(rounds.Max(r => r.Longest) / 1e3), "");
        table.AddRow("of one thread's time", Statistics.Spread([.. rounds.Select(r => r.Shared / r.Alone)]), "");
        table.AddRow($"bytes allocated in {Block:#,0} steps", $"{allocated}", "");
        table.AddRow("bits", isSame ? "the same" : "others", "");
        AnsiConsole.Write(table);
        return isSame ? 0 : 1;

        static string Of(IEnumerable<double> values) => Statistics.Text(Statistics.Median(values));
    }

    /// <summary>Microseconds of a step, and of the longest one.</summary>
    static (double Mean, double Longest) Time(ILearner<float> learner, Batch data, int steps)
    {
        long start = Stopwatch.GetTimestamp(), last = start, longest = 0;
        for (int i = 0; i < steps; i++)
        {
            learner.Learn(data);
            long now = Stopwatch.GetTimestamp();
            (longest, last) = (Math.Max(longest, now - last), now);
        }
        return (Stopwatch.GetElapsedTime(start, last).TotalMicroseconds / steps, Stopwatch.GetElapsedTime(0, longest).TotalMicroseconds);
    }

    /// <summary>A process that takes a core until it is killed.</summary>
    static Process Spin()
    {
        var program = Environment.ProcessPath!;
        string[] self = Path.GetFileNameWithoutExtension(program) == "dotnet" ? [Assembly.GetExecutingAssembly().Location, "spin"] : ["spin"];
        return Process.Start(program, self);
    }

    /// <summary>What that process does.</summary>
    public static int Forever()
    {
        while (true) Thread.SpinWait(1000);
    }
}
