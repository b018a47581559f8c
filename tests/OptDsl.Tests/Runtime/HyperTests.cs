using Xunit;
using static OptDsl.Dsl;

namespace OptDsl.Tests.Runtime;

/// <summary>Hyperparameters with a name: as declared until set, readable at any step, carried by checkpoints.</summary>
public sealed class HyperTests : IDisposable
{
    static readonly Batch batch = new(4, new[] { 1.0, 2, -1, 0.5, 3, -2, 0.25, 1 }, new[] { 1.0, -1, 2, 0.5 });

    readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    static ILearner<double> New(Func<Expr, Rule> rule, Expr lr) => Input(2).Dense(1).Loss(SquaredError).Minimize(rule(lr)).Compile<double>(seed: 3);

    [Fact]
    public void What_is_set_acts_as_if_it_were_declared()
    {
        using var set = New(lr => Adam(lr), Hyper("lr", 1e-3));
        using var declared = New(lr => Adam(lr), Hyper("lr", 0.05));
        set.Hyperparameters["lr"] = 0.05;
        for (int step = 0; step < 5; step++)
            Assert.Equal(declared.Learn(batch), set.Learn(batch));
        Assert.Equal(declared.ParametersHash, set.ParametersHash);
    }

    [Fact]
    public void A_schedule_is_readable_at_any_step()
    {
        using var learner = New(lr => Sgd(lr), Hyper("lr", InverseTime(0.1, 1)));
        Assert.Equal(["lr"], learner.Hyperparameters.Names);
        for (int step = 0; step < 4; step++, learner.Learn(batch))
            Assert.Equal(0.1 / (1 + step), learner.Hyperparameters["lr"]);
        learner.Hyperparameters["lr"] = 0.5;
        learner.Learn(batch);
        Assert.Equal(0.5, learner.Hyperparameters["lr"]);
        learner.Hyperparameters.Reset("lr");
        Assert.Equal(0.1 / 6, learner.Hyperparameters["lr"]);
    }

    [Fact]
    public void A_penalty_of_the_loss_may_be_set_too()
    {
        var w = Parameter([3.0], "w");
        using var learner = (Hyper("penalty", 2) * Square(w).Sum()).Minimize(Sgd(0.1)).Compile<double>();
        Assert.Equal(18.0, learner.Evaluate(Batch.Empty));
        learner.Hyperparameters["penalty"] = 1;
        Assert.Equal(9.0, learner.Evaluate(Batch.Empty));
    }

    [Fact]
    public void A_checkpoint_carries_what_was_set_and_only_that()
    {
        Rule Rule(Expr lr) => Adam(lr, Hyper("b1", 0.9));
        using var saved = New(Rule, Hyper("lr", 0.1));
        using var loaded = New(Rule, Hyper("lr", 0.1));
        saved.Hyperparameters["lr"] = 1.0 / 3;
        saved.Learn(batch);
        saved.Save(folder["a.safetensors"]);
        loaded.Hyperparameters["b1"] = 0.5;
        loaded.Load(folder["a.safetensors"]);
        Assert.Equal((1.0 / 3, 0.9), (loaded.Hyperparameters["lr"], loaded.Hyperparameters["b1"]));
        Assert.Equal(saved.Learn(batch), loaded.Learn(batch));
        Assert.Equal(saved.ParametersHash, loaded.ParametersHash);
    }

    [Fact]
    public void Setting_allocates_nothing_and_refuses_what_is_no_number()
    {
        using var learner = New(lr => Sgd(lr), Hyper("lr", 0.1));
        Allocations.AssertNone(() => learner.Hyperparameters["lr"] = learner.Hyperparameters["lr"] / 2);
        learner.Hyperparameters["lr"] = 0.25;
        Assert.Throws<ArgumentException>(() => learner.Hyperparameters["lr"] = double.NaN);
        Assert.Equal(0.25, learner.Hyperparameters["lr"]);
        Assert.Contains("the nearest: lr", Assert.Throws<KeyNotFoundException>(() => learner.Hyperparameters["rl"]).Message);
        Assert.Contains("there is none at all", Assert.Throws<KeyNotFoundException>(() => Linear.New().Hyperparameters["lr"]).Message);
    }

    [Fact]
    public void A_number_that_a_float_cannot_hold_is_refused_by_a_learner_in_float()
    {
        var model = Square(Parameter(1.0)).Minimize(Sgd(Hyper("lr", 0.1)));
        using var narrow = model.Compile();
        Assert.Contains("in the learner's precision", Assert.Throws<ArgumentException>(() => narrow.Hyperparameters["lr"] = -1e39).Message);
        Assert.Equal(0.1, narrow.Hyperparameters["lr"]);
        using var wide = model.Compile<double>();
        wide.Hyperparameters["lr"] = 1e39;
        Assert.Equal(1e39, wide.Hyperparameters["lr"]);
    }

    [Fact]
    public void One_name_means_one_number()
    {
        var loss = Square(Parameter(1.0));
        Assert.Equal("OPT0118", Assert.Throws<OptDslException>(() => loss.Minimize(Adam(Hyper("h", 0.1), Hyper("h", 0.2)))).Code);
        Assert.Single(loss.Minimize(Adam(Hyper("h", 0.1), Hyper("h", 0.1))).Hypers);
        Assert.Equal("OPT0117", Assert.Throws<OptDslException>(() => Rule.Of(g => Hyper("lr", 0.1 / Norm(g)) * g)).Code);
        Assert.Equal("OPT0114", Assert.Throws<OptDslException>(() => Hyper("learning rate", 0.1)).Code);
        Assert.Equal("OPT0114", Assert.Throws<OptDslException>(() => Hyper(null!, 0.1)).Code);
        var lr = Hyper("lr", Cosine(0.1, 100));
        Assert.Contains("within Sam, MultiSteps or Join", Assert.Throws<OptDslException>(() => loss.Minimize(Sam(Sgd(lr)).Then(AddDecayedWeights(0.01 * lr)))).Message);
    }
}
