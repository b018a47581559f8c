namespace OptDsl.Benchmarks;

/// <summary>A workload compiled and fed the same batch over and over.</summary>
sealed class Trainee : IDisposable
{
    readonly ILearner<float> learner;
    readonly Batch batch;

    public Trainee(Workload work, int threads)
    {
        learner = work.Model().Compile(seed: 1, maxBatch: work.Batch, threads: threads);
        batch = work.Data();
        Steps = new(() => learner.Learn(batch));
    }

    public Sample Steps { get; }

    /// <summary>Managed bytes that a step allocates, on all threads together: the least of three counts, because the framework's own threads allocate now and then.</summary>
    public double BytesPerStep(int steps = 100) => Enumerable.Range(0, 3).Min(_ => Count(steps));

    double Count(int steps)
    {
        var before = GC.GetTotalAllocatedBytes(precise: true);
        for (int i = 0; i < steps; i++) learner.Learn(batch);
        return (GC.GetTotalAllocatedBytes(precise: true) - before) / (double)steps;
    }

    public void Dispose() => learner.Dispose();
}
