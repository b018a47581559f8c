namespace OptDsl.Benchmarks;

/// <summary>The time below which no step of a workload can fall here, from limits measured in the same moment.</summary>
static class Bound
{
    /// <summary>Products at the peak of multiply-adds, functions at the speed of the project's own, the update at what is slower: memory or the divider.</summary>
    public static double Microseconds(Workload work, MachineLimits limits, double milliseconds)
    {
        double update = limits.Stream.Nanoseconds(milliseconds);
        if (work.Update == UpdateKind.Adam) update = Math.Max(update, limits.RootAndQuotient.Nanoseconds(milliseconds));
        var need = work.Work();
        double time = need.ProductFlops * limits.Product.Nanoseconds(milliseconds) + need.Parameters * update;
        return (time + need.Functions.Sum(f => f.Value * limits.Function(f.Key).Nanoseconds(milliseconds))) / 1e3;
    }
}
