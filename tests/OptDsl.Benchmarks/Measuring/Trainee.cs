namespace OptDsl.Benchmarks;

/// <summary>A workload compiled and fed the same batch over and over.</summary>
sealed class Trainee : IDisposable
{
    readonly ILearner<float> learner;
    readonly Batch batch;
    readonly int threads;

    public Trainee(Workload work, int threads)
    {
        learner = work.Model().Compile(seed: 1, maxBatch: work.Batch, threads: threads);
        batch = work.Data();
        this.threads = threads;
        Steps = new(() => learner.Learn(batch));
    }

    public Sample Steps { get; }

    /// <summary>Managed bytes that a step allocates: on its own thread, which is exact, or on all of them, where the framework's own threads may add some.</summary>
    public double BytesPerStep(int steps = 100)
    {
        var before = Allocated();
        for (int i = 0; i < steps; i++) learner.Learn(batch);
        return (Allocated() - before) / (double)steps;
    }

    long Allocated() => threads == 1 ? GC.GetAllocatedBytesForCurrentThread() : GC.GetTotalAllocatedBytes(precise: true);

    public void Dispose() => learner.Dispose();
}
