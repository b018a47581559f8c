using static OptDsl.Dsl;

namespace OptDsl.Benchmarks;

/// <summary>
/// Trains one model for some steps and prints the hash of its parameters: the same on every machine, at every vector width, thread
/// count and tier of the JIT. Products of all shapes, functions, a row reduction, a global norm, a schedule and partial batches take part.
/// </summary>
static class HashCommand
{
    const int Batch = 64, Inputs = 203, Classes = 7;

    public static int Run(int steps, int threads)
    {
        Console.WriteLine($"float  {Train<float>(steps, threads)}");
        Console.WriteLine($"double {Train<double>(steps, threads)}");
        return 0;
    }

    static string Train<T>(int steps, int threads) where T : unmanaged, System.Numerics.IBinaryFloatingPointIeee754<T>
    {
        var model = Input(Inputs).Dense(96).Tanh().Dense(33).Softplus().Dense(Classes).Loss(SoftmaxCrossEntropy)
            .Minimize(ClipByGlobalNorm(1).Then(AdamW(lr: Warmup(5) * Cosine(1e-2, steps: 100))));
        using var learner = model.Compile<T>(seed: 42, maxBatch: Batch, threads: threads);
        ulong state = 1;
        for (int step = 0; step < steps; step++)
        {
            int count = 1 + (step * 29 + 63) % Batch;
            var images = new float[count * Inputs];
            var labels = new int[count];
            foreach (ref var x in images.AsSpan()) x = (Next() - 8192) / 8192f;
            foreach (ref var label in labels.AsSpan()) label = Next() % Classes;
            learner.Learn(new(count, images, labels));
        }
        return learner.ParametersHash;

        // A generator that no version of the framework changes (Knuth, MMIX): 0 … 16383.
        int Next()
        {
            state = state * 6364136223846793005 + 1442695040888963407;
            return (int)(state >> 50);
        }
    }
}
