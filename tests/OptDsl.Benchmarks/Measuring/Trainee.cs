namespace OptDsl.Benchmarks;

/// <summary>A learner that is fed the same batch over and over.</summary>
sealed class Trainee(ILearner<float> learner, Batch batch, int threads) : IDisposable
{
    /// <summary>A workload, compiled.</summary>
    public Trainee(Workload work, int threads) : this(work.Model().Compile(seed: 1, maxBatch: work.Batch, threads: threads), work.Data(), threads)
    {
    }

    public Sample Steps { get; } = new(() => learner.Learn(batch));

    /// <summary>The loss alone.</summary>
    public Sample Losses { get; } = new(() => learner.Evaluate(batch));

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
