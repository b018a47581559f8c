using OptDsl.Data;
using Xunit;
using static OptDsl.Dsl;

namespace OptDsl.Tests;

/// <summary>A hundred layers of tanh: where they start decides whether they learn at all.</summary>
public class TrainabilityTests
{
    const int Layers = 100, Width = 32;

    /// <summary>The mean losses of the first fifty steps and of the last fifty of three epochs through drawn digits.</summary>
    static (double First, double Last) Train(Init weights, bool hasSkips = false)
    {
        Expr Layer(Expr x) => x.Dense(Width, weights).Tanh();
        var y = Layer(Input(784));
        for (var i = 1; i < Layers; i++) y = hasSkips ? y + Layer(y) / Math.Sqrt(Layers) : Layer(y);
        using var learner = y.Dense(10, weights).Loss(SoftmaxCrossEntropy).Minimize(Adam(lr: 3e-4)).Compile(seed: 2);
        Dataset digits = Mnist.Synthetic(train: 10_000, test: 1).Train;
        double[] losses = [.. Enumerable.Range(0, 3).SelectMany(epoch => learner.Train(digits.Batches(64, seed: 1, epoch))).Select(step => step.Loss)];
        return (losses[..50].Average(), losses[^50..].Average());
    }

    /// <summary>
    /// Chance is ln 10 = 2.30. A product of a hundred random matrices has one large singular value, so all inputs look alike; one of orthogonal
    /// matrices has none but 1, and tanh is nearly linear where what it gets is small: https://arxiv.org/abs/1711.04735
    /// </summary>
    [Fact]
    public void Deep_tanh_layers_learn_from_orthogonal_weights_and_not_from_Glorots()
    {
        Assert.InRange(Train(Init.Glorot).Last, 2.0, 2.4);
        var (first, last) = Train(Init.Orthogonal());
        Assert.True(first > 1 && last < 0.6, $"{first} {last}");
    }

    /// <summary>Skips make the same layers nearly the identity wherever they start.</summary>
    [Fact]
    public void With_skips_they_learn_from_Glorots_weights_too() => Assert.InRange(Train(Init.Glorot, hasSkips: true).Last, 0, 0.4);
}
