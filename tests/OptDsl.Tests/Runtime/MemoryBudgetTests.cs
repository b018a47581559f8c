using Xunit;
using static OptDsl.Dsl;

namespace OptDsl.Tests.Runtime;

/// <summary>Where memory is scarce, products consume the gradients that they make: with the same bits, or it is told why not.</summary>
public sealed class MemoryBudgetTests : IDisposable
{
    const int Examples = 9;

    readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    static Model Network(Rule rule) => Input(20).Dense(48).Relu().Dense(5).Loss(SoftmaxCrossEntropy).Minimize(rule);

    /// <summary>A little less than what a step would take.</summary>
    static Model Lean(Rule rule)
    {
        using var usual = New(Network(rule));
        return Network(rule).MemoryBudget(usual.Plan.PeakBytes - 1, Examples);
    }

    static bool StoresWeightGradients(ILearner<float> learner) => learner.Plan.Buffers.Any(b => b.Name.StartsWith("gradientOf", StringComparison.Ordinal) && b.Name.EndsWith("Weights", StringComparison.Ordinal));

    static ILearner<float> New(Model model, int threads = 1) => model.Compile(seed: 3, maxBatch: Examples, threads: threads);

    static void Train(ILearner<float> learner, int steps)
    {
        var random = new Random(5);
        for (int i = 0; i < steps; i++)
            learner.Learn(new Batch(Examples, Enumerable.Range(0, Examples * 20).Select(_ => random.NextSingle()).ToArray(), Enumerable.Range(0, Examples).Select(_ => random.Next(5)).ToArray()));
    }

    public static TheoryData<string, Rule> ByElement => new()
    {
        { "Sgd", Sgd(0.1) },
        { "Momentum", Momentum(0.1) },
        { "Nesterov", Nesterov(0.1) },
        { "Adam", Adam(0.01) },
        { "AdamW", AdamW(Warmup(3) * 0.01) },
        { "Lion", Lion(0.01) },
        { "Rprop", Rprop(0.01) },
        { "clipped", Clip(0.01).Then(Adam(0.01)) },
        { "averaged", Adam(0.01).Then(PolyakAverage()) },
        { "looked ahead", Sgd(0.1).Then(Lookahead(3)) },
        { "of the gradient before", OptimisticGradient(0.1) },
        { "matrices alone", Adam(0.01).Only(p => p.Rank > 1) },
    };

    [Theory]
    [MemberData(nameof(ByElement))]
    public void A_rule_by_element_takes_the_gradient_from_the_product_with_the_same_bits(string name, Rule rule)
    {
        using ILearner<float> usual = New(Network(rule)), lean = New(Lean(rule)), shared = New(Lean(rule), threads: 2);
        Assert.True(StoresWeightGradients(usual), name);
        Assert.False(StoresWeightGradients(lean), name);
        Assert.InRange(lean.Plan.PeakBytes, 1, usual.Plan.PeakBytes - 1);
        foreach (var learner in new[] { usual, lean, shared }) Train(learner, 7);
        Assert.Equal(usual.ParametersHash, lean.ParametersHash);
        Assert.Equal(usual.ParametersHash, shared.ParametersHash);
        Assert.All(usual.Slots, slot => Assert.Equal(slot.ToArray(), lean[slot.Name].ToArray()));
    }

    [Fact]
    public void A_product_does_not_write_over_what_it_reads()
    {
        var w = Parameter([40, 40], Init.Normal(0.1), "w");
        var model = Square(MatMul(StopGradient(w), w)).Sum().Minimize(Momentum(0.01));
        using ILearner<float> usual = New(model), lean = New(model.MemoryBudget(bytes: 0, examples: 1));
        for (int i = 0; i < 3; i++) Assert.Equal(usual.Learn(new Batch(1)), lean.Learn(new Batch(1)));
        Assert.Equal(usual.ParametersHash, lean.ParametersHash);
    }

    static Model Images(Rule rule) => Input([12, 12, 1]).Conv2D(5, 3).Relu().MaxPool2D(2).Flatten().Dense(3).Loss(SoftmaxCrossEntropy).Minimize(rule);

    [Fact]
    public void A_smaller_budget_takes_the_batch_in_parts_with_the_same_bits()
    {
        using var usual = New(Images(Adam(0.01)));
        long budget = usual.Plan.PeakBytes / 3;
        using ILearner<float> parts = New(Images(Adam(0.01)).MemoryBudget(budget, Examples)), single = New(Images(Adam(0.01)).MemoryBudget(bytes: 0, Examples), threads: 2);
        Assert.Equal(0, usual.Plan.Part);
        Assert.InRange(parts.Plan.Part, 2, Examples - 1);
        Assert.Equal(1, single.Plan.Part);
        Assert.Contains("stays in memory", single.Plan.OverBudget);
        Assert.Contains("the parts of the batch add it up", single.Plan.OverBudget);
        Assert.Null(parts.Plan.OverBudget);
        Assert.InRange(parts.Plan.PeakBytes, 1, budget);
        Assert.Contains($"step of 9 examples, {parts.Plan.Part} at a time", parts.Plan.ToString());
        var random = new Random(5);
        foreach (var count in new[] { 9, 1, 4, 9 })
        {
            var batch = new Batch(count, Enumerable.Range(0, count * 144).Select(_ => random.NextSingle()).ToArray(), Enumerable.Range(0, count).Select(_ => random.Next(3)).ToArray());
            double loss = usual.Learn(batch);
            Assert.Equal(loss, parts.Learn(batch));
            Assert.Equal(loss, single.Learn(batch));
        }
        Assert.Equal(usual.ParametersHash, parts.ParametersHash);
        Assert.Equal(usual.ParametersHash, single.ParametersHash);
    }

    [Fact]
    public void A_network_that_needs_much_for_an_example_is_taken_in_parts_without_being_asked()
    {
        static Model Large(Func<Expr, Expr> layer) => Input([28, 28, 1]).Conv2D(6, 5, padding: 2).Apply(layer).MaxPool2D(2).Flatten().Dense(10).Loss(SoftmaxCrossEntropy).Minimize(Sgd(0.1));
        using ILearner<float> plain = New(Large(x => x.Relu())), normed = New(Large(x => x.BatchNorm().Relu())), dropped = New(Large(x => x.Dropout(0.5)));
        // Whole vectors of examples.
        Assert.InRange(plain.Plan.Part, 16, 32);
        Assert.Equal(0, plain.Plan.Part % 16);
        // The mean over the batch needs all examples; a random number is that of the example's place in the batch.
        Assert.Equal(0, normed.Plan.Part);
        Assert.Equal(0, dropped.Plan.Part);
        using var scarce = New(Large(x => x.BatchNorm().Relu()).MemoryBudget(bytes: 1000, Examples));
        Assert.Contains("the batch is not taken in parts, because an example needs something of all", scarce.Plan.OverBudget);
    }

    [Fact]
    public void A_loss_that_is_no_number_leaves_all_parameters_as_they_were_in_whatever_part_it_is()
    {
        using var learner = New(Images(Adam(0.01)).MemoryBudget(bytes: 0, Examples));
        var before = learner.ParametersHash;
        var pixels = new float[Examples * 144];
        pixels[7 * 144] = float.NaN;
        Assert.Throws<NonFiniteLossException>(() => learner.Learn(new Batch(Examples, pixels, new int[Examples])));
        Assert.Equal(before, learner.ParametersHash);
    }

    [Fact]
    public void Parts_are_as_large_as_the_budget_allows()
    {
        var model = Input(200).Dense(300).Relu().Dense(300).Relu().Dense(100).Loss(SquaredError).Minimize(Adam(1e-3));
        using var parts = model.MemoryBudget(bytes: 1_500_000, examples: 1000).Compile(maxBatch: 1000);
        Assert.Null(parts.Plan.OverBudget);
        Assert.InRange(parts.Plan.Part, 2, 999);
        Assert.InRange(parts.Plan.PeakBytes, 1_400_000, 1_500_000);
    }

    [Fact]
    public void Without_a_batch_nothing_is_said_of_parts()
    {
        using var learner = Square(Parameter([1000], Init.Normal(1))).Sum().Minimize(Momentum(0.1)).MemoryBudget(bytes: 0, examples: 4).Compile();
        Assert.DoesNotContain("in parts", learner.Plan.OverBudget);
    }

    [Fact]
    public void A_failed_step_in_parts_leaves_the_gradients_as_they_were_asked_for()
    {
        using var learner = New(Images(Adam(0.01)).MemoryBudget(bytes: 0, Examples));
        var pixels = Enumerable.Range(0, Examples * 144).Select(i => i % 7 / 7f).ToArray();
        learner.Gradient(new Batch(Examples, pixels, new int[Examples]));
        var before = learner.GradientOf("conv1.weights").ToArray();
        pixels[0] = float.NaN;
        Assert.Throws<NonFiniteLossException>(() => learner.Learn(new Batch(Examples, pixels, new int[Examples])));
        Assert.Equal(before, learner.GradientOf("conv1.weights").ToArray());
    }

    [Fact]
    public void A_deep_network_is_taken_in_parts_too()
    {
        var x = Input(4);
        for (var i = 0; i < 120; i++) x = x.Dense(4).Tanh();
        var model = x.Dense(1).Loss(SquaredError).Minimize(Sgd(0.1));
        using ILearner<float> usual = model.Compile(maxBatch: 40), parts = model.MemoryBudget(bytes: 100_000, examples: 40).Compile(maxBatch: 40);
        Assert.InRange(parts.Plan.Part, 1, 39);
        var batch = new Batch(40, Enumerable.Range(0, 160).Select(i => i / 160f).ToArray(), new float[40]);
        for (var i = 0; i < 3; i++) Assert.Equal(usual.Learn(batch), parts.Learn(batch));
        Assert.Equal(usual.ParametersHash, parts.ParametersHash);
    }

    [Fact]
    public void The_plan_tells_product_and_update_as_one()
    {
        using var learner = New(Lean(AdamW(0.01)));
        var kernel = Assert.Single(learner.Plan.Kernels, k => k.Name == "product and update dense1.weights");
        // A product of 20 × 48, and AdamW's operations on each of those elements.
        Assert.Equal(2 * 20 * 48, kernel.FlopsPerExample);
        Assert.True(kernel.Flops >= 10 * 20 * 48);
    }

    [Fact]
    public void A_norm_of_all_gradients_needs_them_in_memory_and_the_plan_says_so()
    {
        using var learner = New(Network(ClipByGlobalNorm(1).Then(Adam(0.01))).MemoryBudget(bytes: 1000, Examples));
        Assert.True(StoresWeightGradients(learner));
        Assert.Contains("the gradient of 'dense1.weights' stays in memory (3,840 bytes): the rule adds up or compares all of it, as a norm does, before it changes the parameter", learner.Plan.OverBudget);
        Assert.Contains("over budget: a step of 9 examples needs ", learner.Plan.ToString());
        Assert.Contains("of 4 examples", learner.Plan.For(4).ToString());
        Assert.Equal(learner.Plan.OverBudget, learner.Plan.For(4).OverBudget);
    }

    [Theory]
    [InlineData("takes all of it at once, in matmul", "Soap")]
    [InlineData("needs log, which is too long for the end of a product", "logarithm")]
    public void Other_reasons_have_their_own_words(string words, string name)
    {
        var rule = name == "Soap" ? Soap(3e-3) : Rule.Of(g => 0.1 * Log(1 + Square(g)));
        using var learner = MatMul(Input(20), Parameter([20, 48], Init.Glorot, "weights")).Loss(SquaredError).Minimize(rule).MemoryBudget(bytes: 0, examples: 1).Compile(maxBatch: 1);
        Assert.Contains(words, learner.Plan.OverBudget);
    }

    [Fact]
    public void A_budget_that_is_kept_is_not_told_and_one_that_is_large_changes_nothing()
    {
        using ILearner<float> usual = New(Network(Adam(0.01))), rich = New(Network(Adam(0.01)).MemoryBudget(bytes: 1_000_000, Examples));
        Assert.Null(usual.Plan.OverBudget);
        Assert.Null(rich.Plan.OverBudget);
        Assert.Equal(usual.Plan.ToString(), rich.Plan.ToString());
        using var lean = New(Lean(Adam(0.01)));
        using var exact = New(Network(Adam(0.01)).MemoryBudget(lean.Plan.PeakBytes, Examples));
        Assert.Null(exact.Plan.OverBudget);
        Assert.False(StoresWeightGradients(exact));
    }

    [Fact]
    public void Gradients_can_be_asked_for_still()
    {
        using ILearner<float> usual = New(Network(Adam(0.01))), lean = New(Lean(Adam(0.01)));
        var batch = new Batch(1, Enumerable.Repeat(0.5f, 20).ToArray(), new[] { 2 });
        Assert.Equal(usual.Gradient(batch), lean.Gradient(batch));
        Assert.Equal(usual.GradientOf("dense1.weights").ToArray(), lean.GradientOf("dense1.weights").ToArray());
    }

    [Fact]
    public void A_checkpoint_is_the_same_model_s_with_any_budget()
    {
        using ILearner<float> usual = New(Network(Adam(0.01))), lean = New(Lean(Adam(0.01)));
        Train(usual, 2);
        usual.Save(folder["a.safetensors"]);
        lean.Load(folder["a.safetensors"]);
        Assert.Equal(usual.ParametersHash, lean.ParametersHash);
    }

    [Fact]
    public void Models_of_other_budgets_are_other_models()
    {
        Assert.Equal(Network(Sgd(0.1)).MemoryBudget(0, 9), Network(Sgd(0.1)).MemoryBudget(0, 9));
        Assert.NotEqual(Network(Sgd(0.1)), Network(Sgd(0.1)).MemoryBudget(0, 9));
        Assert.EndsWith("memory 0 bytes for 9 examples\n", Network(Sgd(0.1)).MemoryBudget(0, 9).ToString());
    }

    [Fact]
    public void What_is_no_budget_is_refused()
    {
        Assert.Contains("a budget is 0 or more, but got -1", Assert.Throws<OptDslException>(() => Network(Sgd(0.1)).MemoryBudget(-1, 4)).Message);
        Assert.Contains("a step has at least one example, but got 0", Assert.Throws<OptDslException>(() => Network(Sgd(0.1)).MemoryBudget(100, 0)).Message);
    }
}
