using System.Diagnostics;

namespace OptDsl.Runtime;

// One thread that helps: it spins for 50 µs after its last chunk (waking costs 24), then sleeps. Spinning without end costs 10 to 100x
// as soon as another process takes the core.
internal sealed class Worker
{
    private static readonly long SpinTicks = Stopwatch.Frequency / 20_000;

    private readonly SemaphoreSlim bed = new(0);
    private readonly int index;
    private int asleep;

    public Worker(int index)
    {
        this.index = index;
        new Thread(Loop) { IsBackground = true, Name = $"OptDsl worker {index + 1}" }.Start();
    }

    public bool IsAwake => Volatile.Read(ref asleep) == 0;

    // Whoever clears the flag releases the semaphore once.
    public void Wake()
    {
        if (Volatile.Read(ref asleep) != 0 && Interlocked.Exchange(ref asleep, 0) != 0)
            bed.Release();
    }

    private void Loop()
    {
        while (true)
        {
            long start = Stopwatch.GetTimestamp();
            while (Stopwatch.GetTimestamp() - start < SpinTicks)
            {
                for (int i = 0; i < 8 && !Crew.HasWorkFor(index); i++)
                    Thread.SpinWait(1);
                if (!Crew.HasWorkFor(index))
                    continue;
                Crew.Help(front: false);
                start = Stopwatch.GetTimestamp();
            }
            Sleep();
        }
    }

    private void Sleep()
    {
        // The exchange is a full fence: either this sees the new ticket, or the caller sees the flag.
        Interlocked.Exchange(ref asleep, 1);
        if (Crew.HasWorkFor(index) && Interlocked.Exchange(ref asleep, 0) != 0)
            return;
        bed.Wait();
    }
}
