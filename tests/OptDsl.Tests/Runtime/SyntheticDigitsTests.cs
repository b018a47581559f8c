using System.Security.Cryptography;
using System.Runtime.InteropServices;
using OptDsl.Data;
using Xunit;

namespace OptDsl.Tests.Runtime;

public sealed class SyntheticDigitsTests
{
    [Fact]
    public void The_same_seed_draws_the_same_digits()
    {
        Assert.Equal(Hash(Mnist.Synthetic(50, 20, 1)), Hash(Mnist.Synthetic(50, 20, 1)));
        Assert.NotEqual(Hash(Mnist.Synthetic(50, 20, 1)), Hash(Mnist.Synthetic(50, 20, 2)));
        Mnist few = Mnist.Synthetic(50, 20, 1), many = Mnist.Synthetic(60, 50, 1);
        Assert.True(many.Train.Image(49).SequenceEqual(few.Train.Image(49)));
        Assert.False(many.Train.Image(3).SequenceEqual(many.Test.Image(3)));

        static string Hash(Mnist digits) => Convert.ToHexString(SHA256.HashData(MemoryMarshal.AsBytes(digits.Train.Images.Span)));
    }

    [Fact]
    public void Pixels_and_labels_are_in_range_and_every_digit_is_there()
    {
        Dataset digits = Mnist.Synthetic(2000, 10).Train;
        Assert.Equal(784 * 2000, digits.Images.Length);
        foreach (float pixel in digits.Images.Span)
            Assert.InRange(pixel, 0, 1);
        for (int digit = 0; digit < 10; digit++)
            Assert.InRange(digits.Labels.ToArray().Count(l => l == digit), 140, 260);
    }

    [Fact]
    public void A_small_network_reads_unseen_ones_with_95_percent()
    {
        Mnist digits = Mnist.Synthetic(4000, 1000, seed: 3);
        using var network = Perceptron.New(digits.Train.Classes);
        for (int epoch = 0; epoch < 2; epoch++)
            foreach (TrainStep _ in network.Train(digits.Train.Batches(1, seed: 1, epoch)))
                ;
        double accuracy = network.Accuracy(digits.Test);
        Assert.InRange(accuracy, 0.95, 0.9999);
    }

    [Fact]
    public void A_network_that_learned_nothing_guesses()
    {
        using var network = Perceptron.New(10);
        Assert.InRange(network.Accuracy(Mnist.Synthetic(1, 500).Test), 0.02, 0.25);
    }
}
