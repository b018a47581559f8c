using Xunit;

namespace OptDsl.Tests.Runtime;

public sealed class TensorViewTests
{
    [Fact]
    public void Tensors_are_found_by_name_and_listed_in_order()
    {
        using var learner = Linear.New();
        Assert.Equal(["dense1.weights", "dense1.bias"], learner.Parameters.Select(p => p.Name));
        Assert.Equal(["dense1.weights/m", "dense1.bias/m", "dense1.weights/slow"], learner.Slots.Select(p => p.Name));
        Assert.Equal([2], learner["dense1.weights"].Shape);
        Assert.Empty(learner["dense1.bias"].Shape);
        Assert.Equal(1, learner["dense1.bias"].Count);
        Assert.Equal("dense1.weights [2]", learner["dense1.weights"].ToString());
    }

    [Fact]
    public void A_wrong_name_is_answered_with_the_nearest()
    {
        using var learner = Linear.New();
        var e = Assert.Throws<KeyNotFoundException>(() => learner["Dense1.weight"]);
        Assert.StartsWith("There is no parameter or slot 'Dense1.weight'; the nearest: dense1.weights, ", e.Message, StringComparison.Ordinal);
        Assert.Throws<KeyNotFoundException>(() => learner.GradientOf("dense1.weights/m"));
        Assert.Throws<KeyNotFoundException>(() => learner.Predict(new Batch(1, new float[2]), "outptu", new float[1]));
    }

    [Fact]
    public void A_copy_has_exactly_the_tensors_length()
    {
        using var learner = Linear.New();
        float[] before = learner["dense1.weights"].ToArray();
        Assert.Throws<ArgumentException>(() => learner["dense1.weights"].CopyFrom([1]));
        Assert.Throws<ArgumentException>(() => learner["dense1.weights"].CopyFrom([1, 2, 3]));
        Assert.Throws<ArgumentException>(() => learner["dense1.weights"].CopyTo(new float[3]));
        Assert.Equal(before, learner["dense1.weights"].ToArray());
        learner["dense1.weights"].CopyFrom([float.NaN, -0f]);
        Assert.Equal([BitConverter.SingleToInt32Bits(float.NaN), int.MinValue], learner["dense1.weights"].ToArray().Select(BitConverter.SingleToInt32Bits));
    }

    [Fact]
    public void A_view_outlives_a_learner_that_nobody_holds()
    {
        TensorView<float> view = Forgotten();
        for (int i = 0; i < 3; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }
        Assert.Equal([1, 2], view.ToArray());

        static TensorView<float> Forgotten()
        {
            TensorView<float> weights = Linear.New()["dense1.weights"];
            weights.CopyFrom([1, 2]);
            return weights;
        }
    }

    [Fact]
    public void The_hash_is_over_the_parameters_in_row_major_order()
    {
        using var learner = Linear.New();
        learner["dense1.weights"].CopyFrom([1, 2]);
        learner["dense1.bias"].CopyFrom([3]);
        byte[] bytes = [0, 0, 0x80, 0x3f, 0, 0, 0, 0x40, 0, 0, 0x40, 0x40];
        Assert.Equal(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(bytes)), learner.ParametersHash);
        learner["dense1.weights/m"].CopyFrom([5, 5]);
        Assert.Equal(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(bytes)), learner.ParametersHash);
    }
}
