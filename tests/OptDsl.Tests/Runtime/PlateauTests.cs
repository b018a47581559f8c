using Xunit;
using static OptDsl.Dsl;

namespace OptDsl.Tests.Runtime;

public sealed class PlateauTests : IDisposable
{
    readonly ILearner<double> learner = Square(Parameter([4.0], "w")).Sum().Minimize(Sgd(Hyper("lr", 1))).Compile<double>();

    public void Dispose() => learner.Dispose();

    [Fact]
    public void The_rate_falls_after_patience_and_rests_after_that()
    {
        var plateau = new Plateau(learner.Hyperparameters, "lr", factor: 0.5, patience: 1, cooldown: 2, min: 0.2);
        // best, better, not by enough, no better: lowered; two that count nothing; two more: lowered; two, two: not below the least.
        bool[] lowered = [.. new[] { 4, 2, 1.9999, 2, 3, 3, 3, 3, 3, 3, 3, 3 }.Select(plateau.Observe)];
        Assert.Equal([false, false, false, true, false, false, false, true, false, false, false, true], lowered);
        Assert.Equal((0.2, 2), (learner.Hyperparameters["lr"], plateau.Best));
    }

    [Fact]
    public void What_is_no_number_brings_nothing_and_a_negative_best_has_a_threshold_too()
    {
        var plateau = new Plateau(learner.Hyperparameters, "lr", patience: 0);
        Assert.False(plateau.Observe(-1));
        Assert.True(plateau.Observe(double.NaN));
        Assert.True(plateau.Observe(-1.00005));
        Assert.False(plateau.Observe(-1.001));
        Assert.Equal(0.01, learner.Hyperparameters["lr"], 1e-15);
        Assert.Throws<KeyNotFoundException>(() => new Plateau(learner.Hyperparameters, "rate"));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Plateau(learner.Hyperparameters, "lr", factor: 1));
    }

    /// <summary>On w² a rate of 1 jumps to −w, and beyond it the loss grows.</summary>
    [Fact]
    public void The_search_ends_where_the_loss_runs_away_and_leaves_the_rate_as_declared()
    {
        var found = learner.RateSearch(Enumerable.Repeat(Batch.Empty, 1000), "lr", 1e-3, 100, 60).ToArray();
        Assert.Equal(1e-3, found[0].Rate);
        Assert.All(found.Zip(found.Skip(1)), pair => Assert.Equal(Math.Pow(1e5, 1 / 59.0), pair.Second.Rate / pair.First.Rate, 1e-9));
        Assert.InRange(found.Length, 10, 59);
        Assert.InRange(found.MinBy(f => f.Loss).Rate, 0.3, 2);
        Assert.Equal(1, learner.Hyperparameters["lr"]);
        Assert.Throws<ArgumentOutOfRangeException>(() => learner.RateSearch([], "lr", 1, 0.1));
    }

    /// <summary>Losses below 0, as those of densities are, do not end the search.</summary>
    [Fact]
    public void The_search_goes_on_below_zero()
    {
        using var below = (Square(Parameter([4.0], "w")).Sum() - 100).Minimize(Sgd(Hyper("lr", 1))).Compile<double>();
        Assert.Equal(30, below.RateSearch(Enumerable.Repeat(Batch.Empty, 30), "lr", 1e-5, 1).Count());
    }
}
