using Xunit;

namespace OptDsl.Tests;

static class Allocations
{
    const int Windows = 5;

    /// <summary>
    /// Fails if calls go on allocating on this thread. Several windows, because the runtime itself allocates where a path is first
    /// taken, which may be late: when another test has the workers, a job runs inline for the first time.
    /// </summary>
    public static void AssertNone(Action call, int calls = 1000)
    {
        var windows = new List<long>();
        do
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int i = 0; i < calls; i++)
                call();
            windows.Add(GC.GetAllocatedBytesForCurrentThread() - before);
        }
        while (windows[^1] > 0 && windows.Count < Windows);
        Assert.True(windows[^1] == 0, $"bytes allocated by {calls} calls, again and again: {string.Join(", ", windows)}");
    }
}
