using Xunit;
using static OptDsl.Dsl;

namespace OptDsl.Tests.Runtime;

/// <summary>What a step computes and moves, as the plan tells it.</summary>
public sealed class PlanTests
{
    static ILearner<float> New(int maxBatch = 4) => Input(20).Dense(8).Relu().Dense(3).Loss(SoftmaxCrossEntropy).Minimize(Sgd(0.1)).Compile(maxBatch: maxBatch);

    static PlannedKernel Kernel(StepPlan plan, string name) => Assert.Single(plan.Kernels, k => k.Name == name);

    [Fact]
    public void The_plan_is_two_tables()
    {
        using var learner = New();
        Assert.Equal(
            """
            step of 4 examples
                kernel                                        FLOPs   bytes  FLOPs/byte     µs
            ──────────────────────────────────────────────────────────────────────────────────
             0  product dense1                                1,312   1,920         0.7   1.92
             1  product dense2                                  204   1,088         0.2   1.09
             2  loop dense2Exp, totalLoss, dense2ExpGradient    100     848         0.1   0.85
             3  loop meanLoss                                     1     128         0.0   0.13
             4  transpose dense2WeightsTransposed                 0     704         0.0   0.70
             5  product dense1Gradient                          192     960         0.2   0.96
             6  product gradientOfDense1Weights               1,280   1,856         0.7   1.86
             7  batchSum gradientOfDense1Bias                    32     320         0.1   0.32
             8  product gradientOfDense2Weights                 192   1,024         0.2   1.02
             9  batchSum gradientOfDense2Bias                    12     320         0.0   0.32
            10  update dense2.bias                                6     192         0.0   0.19
            11  update dense2.weights                            48   1,536         0.0   1.54
            12  update dense1.bias                               16     192         0.1   0.19
            13  update dense1.weights                           320   3,840         0.1   3.84
            ──────────────────────────────────────────────────────────────────────────────────
                total                                         3,715  14,928         0.2  14.93

              buffer                   bytes  kernels
            ─────────────────────────────────────────
              dense1                     256    0 … 8
              dense2                     256    1 … 2
              dense2Exp                  256    2 … 2
              totalLoss                   64    2 … 3
              dense2ExpGradient          256    2 … 9
              meanLoss                    64   3 … 13
              dense2WeightsTransposed    192    4 … 5
              dense1Gradient             256    5 … 7
              gradientOfDense1Weights  1,280   6 … 13
              gradientOfDense1Bias        64   7 … 12
              gradientOfDense2Weights    512   8 … 11
              gradientOfDense2Bias        64   9 … 10
            ─────────────────────────────────────────
              most at once             2,432
            reserved for all: 8,384 bytes

            """.ReplaceLineEndings("\n"), learner.Plan.On(gigaflops: 2, gigabytes: 1));
    }

    [Fact]
    public void A_product_has_its_operations_and_reads_and_writes_its_arrays_once()
    {
        using var learner = New();
        var product = Kernel(learner.Plan, "product dense1");
        Assert.Equal((0, 2 * 20 * 8 + 8), (product.Flops, product.FlopsPerExample));
        // Weights and bias in rows of 16; data of 20 numbers in place, a result of 16.
        Assert.Equal((4 * (20 * 16 + 16), 4 * (20 + 16)), (product.Bytes, product.BytesPerExample));
        Assert.Equal(4 * product.FlopsPerExample, learner.Plan.FlopsOf(product));
    }

    [Fact]
    public void An_update_reads_and_writes_parameters_and_slots()
    {
        using var learner = Input(100).Dense(200).Loss(SquaredError).Minimize(Adam(1e-3)).Compile(maxBatch: 1);
        Assert.Equal(7 * 4 * 100 * 224, learner.Plan.BytesOf(Kernel(learner.Plan, "update dense1.weights")));
    }

    [Fact]
    public void A_reshape_that_moves_nothing_costs_nothing_and_is_no_buffer_of_its_own()
    {
        using var learner = Input([4, 16]).Tanh().Flatten().Dense(3).Loss(SquaredError).Minimize(Sgd(0.1)).Compile(maxBatch: 2);
        Assert.Equal(0, learner.Plan.BytesOf(Assert.Single(learner.Plan.Kernels, k => k.Name.StartsWith("reshape", StringComparison.Ordinal))));
        Assert.Equal(learner.Plan.Buffers.Count, learner.Plan.Buffers.Select(b => b.Name).Distinct().Count());
    }

    [Fact]
    public void Buffers_live_from_their_first_kernel_to_their_last_and_fit_into_what_is_reserved()
    {
        using var learner = New();
        var plan = learner.Plan;
        Assert.All(plan.Buffers, b => Assert.InRange(b.From, 0, b.To));
        Assert.All(plan.Buffers, b => Assert.InRange(b.To, b.From, plan.Kernels.Count - 1));
        Assert.InRange(plan.PeakBytes, plan.Buffers.Max(plan.BytesOf), plan.ReservedBytes);
    }

    [Fact]
    public void Another_number_of_examples_changes_what_examples_add()
    {
        using var learner = New();
        StepPlan four = learner.Plan, one = four.For(1);
        Assert.Equal(four.Kernels.Sum(k => k.Flops + 4 * k.FlopsPerExample), four.Flops);
        Assert.Equal(four.Kernels.Sum(k => k.Flops + k.FlopsPerExample), one.Flops);
        Assert.Equal(four.Kernels.Sum(k => k.Bytes + k.BytesPerExample), one.Bytes);
        Assert.StartsWith("step of 1 example\n", one.ToString());
    }

    [Fact]
    public void A_kernel_takes_the_longer_of_its_two_times()
    {
        var kernel = new PlannedKernel("product h", 1000, 500, 100, 10);
        var plan = new StepPlan(2, [kernel], [], 0);
        Assert.Equal(1, plan.Microseconds(kernel, gigaflops: 2, gigabytes: 1000));
        Assert.Equal(0.06, plan.Microseconds(kernel, gigaflops: 1e9, gigabytes: 2));
    }

    [Fact]
    public void What_cannot_be_is_refused()
    {
        using var learner = New();
        Assert.Throws<ArgumentOutOfRangeException>(() => learner.Plan.For(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => learner.Plan.On(0, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => learner.Plan.On(1, double.NaN));
    }
}
