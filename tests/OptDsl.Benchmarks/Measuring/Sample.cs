using System.Diagnostics;

namespace OptDsl.Benchmarks;

/// <summary>Times something short, robustly: many blocks of calls, each long enough for the clock, and their median.</summary>
sealed class Sample(Action action)
{
    const double BlockMicroseconds = 20;

    readonly List<double> blocks = new(1 << 16);
    int calls = 1;

    /// <summary>Runs until the tiers of the JIT are behind it: it promotes what ran 30 times, after a pause, in the background.</summary>
    public void WarmUp(double milliseconds = 100)
    {
        for (int i = 0; i < 4; i++)
        {
            Microseconds(milliseconds);
            Thread.Sleep(120);
        }
    }

    /// <summary>The median of one call during about so many milliseconds, at least five blocks.</summary>
    public double Microseconds(double milliseconds)
    {
        blocks.Clear();
        var began = Stopwatch.GetTimestamp();
        while (blocks.Count < 5 || (Stopwatch.GetElapsedTime(began).TotalMilliseconds < milliseconds && blocks.Count < blocks.Capacity))
        {
            var start = Stopwatch.GetTimestamp();
            for (int i = 0; i < calls; i++) action();
            var took = Stopwatch.GetElapsedTime(start).TotalMicroseconds;
            if (took < BlockMicroseconds / 2) calls *= 2;
            else blocks.Add(took / calls);
        }
        return Statistics.Median(blocks);
    }
}
