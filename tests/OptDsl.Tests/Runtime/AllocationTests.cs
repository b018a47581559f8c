using Xunit;

namespace OptDsl.Tests.Runtime;

public sealed class AllocationTests
{
    static readonly float[] Inputs = [1, 2, -1, 0.5f, 3, -2, 0.25f, 1], Targets = [1, -1, 2, 0.5f];

    [Fact]
    public void Typed_calls_allocate_nothing()
    {
        using var learner = Linear.New();
        float[] output = new float[4];
        Allocations.AssertNone(() => learner.Learn(Inputs, Targets));
        Allocations.AssertNone(() => learner.Evaluate(Inputs, Targets));
        Allocations.AssertNone(() => learner.Gradient(Inputs, Targets));
        Allocations.AssertNone(() => learner.Predict(Inputs, output));
    }

    [Fact]
    public void Calls_with_a_batch_allocate_nothing()
    {
        using var learner = Linear.New();
        float[] output = new float[4];
        Batch dense = new(4, Inputs, Targets), named = new Batch(4).With("target", Targets).With("input", Inputs),
            doubles = new(4, Inputs.Select(x => (double)x).ToArray(), Targets), rows = dense.Rows([3, 1]);
        foreach (Batch batch in new[] { dense, named, doubles, rows })
        {
            Allocations.AssertNone(() => learner.Learn(batch));
            Allocations.AssertNone(() => learner.Predict(batch, output.AsSpan(0, batch.Count)));
        }
    }

    [Fact]
    public void A_step_of_Train_allocates_nothing()
    {
        using var learner = Linear.New();
        Batch batch = new(4, Inputs, Targets);
        using var steps = learner.Train(Enumerable.Repeat(batch, 10_000)).Every(2).Report(new Silent()).GetEnumerator();
        Allocations.AssertNone(() => steps.MoveNext());
    }

    sealed class Silent : IProgress<TrainStep>
    {
        public void Report(TrainStep value)
        {
        }
    }
}
