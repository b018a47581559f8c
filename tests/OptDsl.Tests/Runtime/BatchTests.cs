using FsCheck.Fluent;
using Xunit;

namespace OptDsl.Tests.Runtime;

public sealed class BatchTests
{
    static readonly float[] Inputs = [1, 2, -1, 0.5f, 3, -2, 0.25f, 1], Targets = [1, -1, 2, 0.5f];

    [Fact]
    public void Position_name_precision_and_rows_lead_to_the_same_step()
    {
        double[] inputs = [.. Inputs.Select(x => (double)x)];
        float[] shuffled = [0.25f, 1, 3, -2, -1, 0.5f, 1, 2, 9, 9], targets = [0.5f, 2, -1, 1, 9];
        Batch[] same =
        [
            new(4, Inputs, Targets),
            new(4, inputs, Targets),
            new(4, new ReadOnlyMemory<float>(Inputs), new ReadOnlyMemory<double>([1, -1, 2, 0.5])),
            new(4, [Inputs, Targets]),
            new Batch(4).With("target", (BatchColumn)Targets).With("input", Inputs),
            new Batch(4).With("target", Targets).With("unused", new int[8]).With("input", inputs),
            new Batch(5, shuffled, targets).Rows([3, 2, 1, 0]),
            new Batch(5, shuffled, targets).Slice(0, 4).Rows([3, 2, 1, 0]),
            new Batch(5, shuffled, targets).Rows([4, 3, 2, 1, 0]).Slice(1, 4),
            new Batch(5, shuffled, targets).Rows([4, 2, 3, 1, 0]).Rows([2, 1, 3, 4]),
        ];
        string? expected = null;
        foreach (Batch batch in same)
        {
            using var learner = Linear.New();
            using var typed = Linear.New();
            Assert.Equal(typed.Evaluate(Inputs, Targets), learner.Evaluate(batch));
            Assert.Equal(typed.Gradient(Inputs, Targets), learner.Gradient(batch));
            Assert.Equal(typed.GradientOf("dense1.bias").ToArray(), learner.GradientOf("dense1.bias").ToArray());
            Assert.Equal(typed.Learn(Inputs, Targets), learner.Learn(batch));
            Assert.Equal(expected ??= typed.ParametersHash, learner.ParametersHash);
            float[] a = new float[4], b = new float[4], c = new float[4];
            typed.Predict(Inputs, a);
            learner.Predict(batch, b);
            learner.Predict(batch, "output", c);
            Assert.Equal(a, b);
            Assert.Equal(a, c);
        }
    }

    [Fact]
    public void Predict_needs_the_inputs_only()
    {
        using var learner = Linear.New();
        float[] a = new float[4], b = new float[4];
        learner.Predict(new Batch(4, Inputs), a);
        learner.Predict(new Batch(4).With("input", Inputs), b);
        Assert.Equal(a, b);
        Assert.Throws<ArgumentException>(() => learner.Predict(new Batch(4, Inputs), Inputs.AsSpan(0, 4)));
    }

    [Fact]
    public void A_batch_that_does_not_fit_is_refused()
    {
        using var learner = Linear.New();
        Refused("has no column 'target'", new Batch(4, Inputs));
        Refused("has no column 'target': it has input, labels", new Batch(4).With("input", Inputs).With("labels", Targets));
        Refused("'target' takes real numbers, not int", new Batch(4, Inputs, new int[4]));
        Refused("'input' has 2 elements per example, the batch 4", new Batch(2, Inputs, Targets[..2]));
        Refused("5 examples were given; this learner takes 1 to 4", new Batch(5, new float[10], new float[5]));
        Assert.Throws<ArgumentNullException>(() => learner.Learn((Batch)null!));
        Assert.Equal(0, learner.Steps);

        void Refused(string because, Batch batch) =>
            Assert.Contains(because, Assert.Throws<ArgumentException>(() => learner.Learn(batch)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_batch_that_contradicts_itself_is_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new Batch(0, Inputs));
        Assert.Throws<ArgumentException>(() => new Batch(3, Inputs));
        Assert.Throws<ArgumentException>(() => new Batch(4, Array.Empty<float>()));
        Assert.Throws<ArgumentException>(() => new Batch(4).With("x", new float[5]));
        Assert.Throws<ArgumentException>(() => new Batch(4).With("x", Inputs).With("x", Inputs));
        Assert.Throws<ArgumentException>(() => new Batch(4, Inputs).With("x", Inputs));
        Assert.Throws<ArgumentException>(() => new Batch(4, Inputs).Rows([4]));
        Assert.Throws<ArgumentException>(() => new Batch(4, Inputs).Rows([-1]));
        Assert.Throws<ArgumentException>(() => new Batch(4, Inputs).Rows([]));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Batch(4, Inputs).Slice(2, 3));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Batch(4, Inputs).Slice(0, 2).Slice(0, 4));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Batch(4, Inputs).Slice(-1, 2));
        Assert.Throws<ArgumentException>(() => new Batch(4, Inputs).CopyTo(0, new int[8]));
        Assert.Throws<ArgumentException>(() => new Batch(4, Inputs).CopyTo(0, new float[7]));
    }

    [Fact]
    public void An_epoch_has_every_example_once() => Properties.Hold(Prop.ForAll(
        Gen.Choose(1, 200).Zip(Gen.Choose(1, 50)).Zip(Gen.Choose(0, 1000)).ToArbitrary(), x =>
        {
            ((int count, int size), int seed) = x;
            var all = new Batch(count, Enumerable.Range(0, count).ToArray());
            List<Batch> batches = [.. all.Shuffled(size, seed, epoch: 3)];
            return batches.Take(batches.Count - 1).All(b => b.Count == size)
                && batches.SelectMany(Integers).Order().SequenceEqual(Enumerable.Range(0, count))
                && all.InOrder(size).SelectMany(Integers).SequenceEqual(Enumerable.Range(0, count));
        }));

    [Fact]
    public void The_order_depends_on_seed_and_epoch_alone()
    {
        var all = new Batch(100, Enumerable.Range(0, 100).ToArray());
        int[] Order(long seed, long epoch) => [.. all.Shuffled(7, seed, epoch).SelectMany(Integers)];
        Assert.Equal(Order(1, 1), Order(1, 1));
        Assert.NotEqual(Order(1, 1), Order(1, 2));
        Assert.NotEqual(Order(1, 1), Order(2, 1));
        Assert.NotEqual(Enumerable.Range(0, 100), Order(0, 0));
    }

    [Fact]
    public void Every_permutation_is_as_likely()
    {
        var counts = new Dictionary<string, int>();
        for (int epoch = 0; epoch < 24_000; epoch++)
        {
            string order = string.Concat(Batch.Order(4, 0, epoch));
            counts[order] = counts.GetValueOrDefault(order) + 1;
        }
        Assert.Equal(24, counts.Count);
        Assert.All(counts.Values, n => Assert.InRange(n, 860, 1140));
    }

    [Fact]
    public void Train_is_a_sequence_of_steps()
    {
        using var learner = Linear.New(maxBatch: 3);
        List<TrainStep> told = [];
        var steps = learner.Train(new Batch(8, new float[16], new float[8]).Shuffled(3)).Report(new Into(told)).Every(2);
        Assert.Equal(0, learner.Steps);
        TrainStep step = Assert.Single(steps);
        Assert.Equal(3, learner.Steps);
        Assert.Equal(2, step.Step);
        Assert.Equal([3, 3, 2], told.Select(s => s.Examples));
        Assert.Throws<ArgumentOutOfRangeException>(() => told.Every(0));
        Assert.Throws<ArgumentNullException>(() => learner.Train((IEnumerable<Batch>)null!));
    }

    static int[] Integers(Batch batch)
    {
        int[] integers = new int[batch.Count];
        batch.CopyTo(0, integers.AsSpan());
        return integers;
    }

    sealed class Into(List<TrainStep> steps) : IProgress<TrainStep>
    {
        public void Report(TrainStep value) => steps.Add(value);
    }
}
