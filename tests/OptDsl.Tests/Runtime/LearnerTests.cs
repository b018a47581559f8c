using OptDsl.Runtime;
using Xunit;

namespace OptDsl.Tests.Runtime;

using Start = OptDsl.Runtime.Start;

public sealed class LearnerTests
{
    static readonly float[] Inputs = [1, 2, -1, 0.5f, 3, -2, 0.25f, 1], Targets = [1, -1, 2, 0.5f];

    [Fact]
    public void Learns_what_generated_the_data()
    {
        using var learner = Linear.New();
        var random = new Philox(1, 2);
        float[] x = new float[8], y = new float[4];
        double loss = 0;
        for (int step = 0; step < 500; step++)
        {
            for (int i = 0; i < 8; i++)
                x[i] = (float)random.Normal((ulong)(step * 8 + i));
            for (int e = 0; e < 4; e++)
                y[e] = 3 * x[2 * e] - 2 * x[2 * e + 1] + 1;
            loss = learner.Learn(x, y);
        }
        Assert.True(loss < 1e-8, $"{loss}");
        Assert.Equal(3, learner["dense1.weights"].ToArray()[0], 3);
        Assert.Equal(-2, learner["dense1.weights"].ToArray()[1], 3);
        Assert.Equal(1, learner["dense1.bias"].ToArray()[0], 3);
        Assert.Equal(500, learner.Steps);
    }

    [Fact]
    public void Learn_is_parameters_minus_rate_times_Gradient()
    {
        using var learner = Linear.New();
        float[] before = learner["dense1.weights"].ToArray();
        double loss = learner.Gradient(Inputs, Targets);
        Assert.Equal(before, learner["dense1.weights"].ToArray());
        Assert.Equal(0, learner.Steps);
        Assert.Equal(loss, learner.Evaluate(Inputs, Targets));
        float[] gradient = learner.GradientOf("dense1.weights").ToArray();
        Assert.Equal(loss, learner.Learn(Inputs, Targets));
        Assert.Equal(1, learner.Steps);
        for (int i = 0; i < 2; i++)
            Assert.Equal(before[i] - (float)Linear.Rate * gradient[i], learner["dense1.weights"].ToArray()[i]);
    }

    [Fact]
    public void Predicts_a_partial_batch_through_strided_output()
    {
        using var learner = Linear.New();
        learner["dense1.weights"].CopyFrom([2, 3]);
        learner["dense1.bias"].CopyFrom([1]);
        float[] output = new float[3];
        learner.Predict(Inputs.AsSpan(0, 6), output);
        Assert.Equal([9, 0.5f, 1], output);
    }

    [Fact]
    public void The_number_of_examples_follows_from_the_lengths()
    {
        using var learner = Linear.New();
        for (int n = 1; n <= 4; n++)
            learner.Learn(Inputs.AsSpan(0, 2 * n), Targets.AsSpan(0, n));
        Refused<ArgumentException>(learner, "no multiple of its 2", l => l.Learn(Inputs.AsSpan(0, 3), Targets));
        Refused<ArgumentException>(learner, "'input' holds 4 examples, 'target' 3", l => l.Learn(Inputs, Targets.AsSpan(0, 3)));
        Refused<ArgumentException>(learner, "'input' holds 3 examples, 'target' 4", l => l.Learn(Inputs.AsSpan(0, 6), Targets));
        Refused<ArgumentException>(learner, "1 to 4", l => l.Learn(new float[10], new float[5]));
        Refused<ArgumentException>(learner, "1 to 4", l => l.Learn([], []));
        Refused<ArgumentException>(learner, "2 columns are needed, 1", l => l.Learn(new Columns().Add(Inputs)));
        Refused<ArgumentException>(learner, "'input' takes float, not double", l => l.Learn(new Columns().Add(new double[2]).Add(Targets)));
        Refused<ArgumentException>(learner, "'target' takes float, not int", l => l.Learn(new Columns().Add(Inputs).Add(new int[4])));
    }

    [Fact]
    public void An_output_of_another_length_or_over_an_input_is_refused()
    {
        using var learner = Linear.New();
        float[] memory = [1, 2, 3, 4, 5, 6];
        Refused<ArgumentException>(learner, "'output' needs 2 × 1 elements, the span has 3", l => l.Predict(memory.AsSpan(0, 4), new float[3]));
        for (int at = 0; at <= 3; at++)
            Refused<ArgumentException>(learner, "'output' overlaps 'input'", l => l.Predict(memory.AsSpan(0, 4), memory.AsSpan(at, 2)));
        Assert.Equal([1, 2, 3, 4, 5, 6], memory);
        float[] room = new float[8];
        Refused<ArgumentException>(learner, "'output' overlaps 'input'", l => l.Predict(room.AsSpan(3, 4), room.AsSpan(2, 2)));
        learner.Predict(memory.AsSpan(0, 4), memory.AsSpan(4, 2));
        learner.Predict(memory.AsSpan(2, 4), memory.AsSpan(0, 2));
        Refused<ArgumentException>(learner, "1 outputs are needed, 2", l => l.Predict(new Columns().Add(memory), new OutputSpans<float>().Add(memory).Add(memory)));
    }

    [Fact]
    public void A_loss_that_is_no_number_throws_and_writes_nothing()
    {
        using var learner = Linear.New();
        learner.Learn(Inputs, Targets);
        string before = learner.ParametersHash;
        foreach (float bad in new[] { float.NaN, float.PositiveInfinity })
        {
            var e = Assert.Throws<NonFiniteLossException>(() => learner.Learn(Inputs, [1, bad, 2, 3]));
            Assert.Equal(1, e.Step);
            Assert.False(double.IsFinite(e.Loss));
            Assert.Contains("step 1", e.Message, StringComparison.Ordinal);
        }
        Assert.Equal(before, learner.ParametersHash);
        Assert.Equal(1, learner.Steps);
        learner.Learn(Inputs, Targets);
    }

    [Fact]
    public void After_Dispose_every_call_throws()
    {
        var learner = Linear.New();
        TensorView<float> weights = learner["dense1.weights"];
        learner.Dispose();
        learner.Dispose();
        Assert.Throws<ObjectDisposedException>(() => learner.Learn(Inputs, Targets));
        Assert.Throws<ObjectDisposedException>(() => learner.Evaluate(Inputs, Targets));
        Assert.Throws<ObjectDisposedException>(() => learner.Gradient(new Batch(4, Inputs, Targets)));
        Assert.Throws<ObjectDisposedException>(() => learner.Predict(Inputs, new float[4]));
        Assert.Throws<ObjectDisposedException>(() => weights.ToArray());
        Assert.Throws<ObjectDisposedException>(() => weights.CopyFrom([1, 2]));
        Assert.Throws<ObjectDisposedException>(() => learner.ParametersHash);
        Assert.Throws<ObjectDisposedException>(() => learner.Save("never.safetensors"));
        Assert.Throws<ObjectDisposedException>(() => learner.Load("never.safetensors"));
    }

    [Fact]
    public void A_call_during_a_call_throws_and_harms_nothing()
    {
        using var learner = Linear.New();
        using var alone = Linear.New();
        List<Exception?> thrown = [];
        Linear.Inside = () =>
        {
            Linear.Inside = null;
            var other = new Thread(() => thrown.AddRange(
                Record.Exception(() => learner.Learn(Inputs, Targets)),
                Record.Exception(() => learner.Predict(Inputs, new float[4])),
                Record.Exception(() => learner["dense1.bias"].CopyFrom([9])),
                Record.Exception(() => learner.ParametersHash),
                Record.Exception(learner.Dispose)));
            other.Start();
            other.Join();
        };
        learner.Learn(Inputs, Targets);
        alone.Learn(Inputs, Targets);
        Assert.Equal(5, thrown.Count);
        Assert.All(thrown, e => Assert.IsType<InvalidOperationException>(e));
        Assert.Equal(alone.ParametersHash, learner.ParametersHash);
        Assert.Equal(1, learner.Steps);
    }

    [Fact]
    public void Labels_outside_their_range_are_refused()
    {
        using var learner = Counting.New();
        Assert.Equal(3, learner.Learn(new Columns().Add([0, 1, 2])));
        var e = Assert.Throws<ArgumentException>(() => learner.Learn(new Columns().Add([0, 3, 1])));
        Assert.Contains("must be in 0 … 2; element 1 is 3", e.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => learner.Learn(new Columns().Add([0, 1, -1])));
        Assert.Equal(1, learner.Steps);
    }

    [Fact]
    public void A_problem_without_data_is_one_example()
    {
        using var learner = Counting.New(columns: []);
        Assert.Equal(1, learner.Learn(default(Columns)));
        Assert.Equal([2L, 3L, 4L], learner.Train(steps: 3).Select(step => step.Step));
    }

    [Fact]
    public void Eight_columns_arrive_in_their_places()
    {
        using var learner = Counting.New([.. Enumerable.Range(0, 8).Select(i => new Column($"c{i}", true, [], 0, i % 2 == 1))]);
        var columns = new Columns();
        var predicting = new Columns();
        int[] numbers = [0, 1, 2, 3, 4, 5, 6, 7];
        for (int i = 0; i < 8; i++)
        {
            columns = columns.Add(numbers.AsSpan(i, 1));
            if (i % 2 == 1)
                predicting = predicting.Add(numbers.AsSpan(i, 1));
        }
        learner.Learn(columns);
        Assert.Equal([0, 1, 2, 3, 4, 5, 6, 7], Counting.Seen);
        learner.Predict(predicting, new OutputSpans<double>());
        Assert.Equal([1, 3, 5, 7], Counting.Seen);
        Assert.Throws<InvalidOperationException>(() => _ = new Columns().Add([0]).Add([0]).Add([0]).Add([0]).Add([0]).Add([0]).Add([0]).Add([0]).Add([0]));
    }

    [Fact]
    public void A_definition_that_contradicts_itself_is_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Linear.New(maxBatch: 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Learner<float>(Linear.Definition(), 0, 1, 0, VectorWidth.Auto));
        Assert.Throws<ArgumentException>(() => Linear.New(definition: Linear.Definition(start: Start.Values([1, 2, 3]))));
        Assert.Throws<ArgumentOutOfRangeException>(() => Linear.New(maxBatch: int.MaxValue));
        Assert.ThrowsAny<ArgumentException>(() => Counting.New([.. Enumerable.Range(0, 9).Select(i => new Column($"c{i}", true, [], 0, false))]));
    }

    [Fact]
    public void The_program_gets_a_width_and_the_slots_get_their_start()
    {
        using var learner = Linear.New();
        Assert.Equal(learner["dense1.weights"].ToArray(), learner["dense1.weights/slow"].ToArray());
        Assert.NotEqual(VectorWidth.Auto, ((Linear.Program)Linear.Definition().Program(
            new Workspace<float>(new Arena<float>(1000), 112, 16, Team.Get(1)), VectorWidths.Resolve(VectorWidth.Auto))).Width);
    }

    static void Refused<E>(Learner<float> learner, string because, Action<Learner<float>> call) where E : Exception
    {
        (string hash, long step) = (learner.ParametersHash, learner.Steps);
        var e = Assert.Throws<E>(() => call(learner));
        Assert.Contains(because, e.Message, StringComparison.Ordinal);
        Assert.Equal((hash, step), (learner.ParametersHash, learner.Steps));
    }
}
