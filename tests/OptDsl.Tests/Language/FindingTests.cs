using OptDsl.Testing;
using Xunit;
using static OptDsl.Dsl;

namespace OptDsl.Tests.Language;

/// <summary>What is told of a valid model, and what looks like it and is not told.</summary>
public class FindingTests
{
    static Model Net(Func<Expr, Expr> hidden, Rule? rule = null) => hidden(Input(4)).Dense(3).Loss(SoftmaxCrossEntropy).Minimize(rule ?? Sgd(0.1));

    static Expr Sigmoids(Expr x, int count, Func<Expr, Expr>? between = null)
    {
        for (var i = 0; i < count; i++) x = (between ?? (y => y))(x.Dense(4, Init.Glorot).Sigmoid());
        return x;
    }

    static Rule Decayed(Rule rule) => AddDecayedWeights(0.01).Then(rule);

    static readonly Dictionary<string, Func<Model>> told = new()
    {
        ["OPT0201 softmax"] = () => Input(4).Dense(3).Softmax().Loss(SoftmaxCrossEntropy).Minimize(Sgd(0.1)),
        ["OPT0201 softmax, smoothed"] = () => Input(4).Dense(3).Softmax().Loss(SmoothedCrossEntropy(0.2)).Minimize(Sgd(0.1)),
        ["OPT0201 softmax with a name"] = () => Input(4).Dense(3).Softmax().Named("head").Loss(SoftmaxCrossEntropy, "label").Minimize(Sgd(0.1)),
        ["OPT0201 sigmoid"] = () => Input(4).Dense(3).Sigmoid().Loss(SigmoidCrossEntropy).Minimize(Sgd(0.1)),
        ["OPT0201 sigmoid, focal"] = () => Input(4).Dense(3).Sigmoid().Loss(Focal()).Minimize(Sgd(0.1)),
        ["OPT0202 zeros before relu"] = () => Net(x => x.Dense(8, Init.Zero).Relu()),
        ["OPT0202 zeros before relu, without bias"] = () => Net(x => Relu(MatMul(x, Parameter([4, 8])))),
        ["OPT0202 equal rows next"] = () => Net(x => x.Dense(8, Init.Constant(0.5)).Tanh().Dense(3, Init.Constant(0.1)).Sum(-1, keep: true)),
        ["OPT0202 summed up"] = () => Net(x => x.Dense(8, Init.One).Silu().Sum(-1, keep: true)),
        ["OPT0203 tanh"] = () => Net(x => x.Dense(8, Init.He).Tanh()),
        ["OPT0203 sigmoid of a normal"] = () => Net(x => x.Dense(8, Init.HeNormal).Named("gate").Sigmoid()),
        ["OPT0203 without bias"] = () => Net(x => Tanh(MatMul(x, Parameter([4, 8], Init.He)))),
        ["OPT0204 Adam"] = () => Net(x => x, Decayed(Adam(0.001))),
        ["OPT0204 of the user's own"] = () => Net(x => x, Rule.Of(g => Param * 0.01 + g).Then(RmsProp(0.001))),
        ["OPT0204 with a stage between"] = () => Net(x => x, Decayed(ClipByGlobalNorm(1).Then(Adagrad(0.1)))),
        ["OPT0204 for matrices"] = () => Net(x => x, AddDecayedWeights(0.01).Only(p => p.Rank > 1).Then(Adam(0.001))),
        ["OPT0204 every second step"] = () => Net(x => x, MultiSteps(Decayed(Adam(0.001)), 2)),
        ["OPT0205 twelve"] = () => Net(x => Sigmoids(x, 12)),
        ["OPT0205 twelve with relu and names between"] = () => Net(x => Sigmoids(x, 12, y => y.Relu().Named("block"))),
        ["OPT0206 StopGradient"] = () => Net(x => StopGradient(x.Dense(8)).Relu()),
        ["OPT0206 a comparison"] = () => Net(x => x * Greater(x, Parameter(0.5))),
        ["OPT0206 a choice"] = () => Net(x => Where(Greater(x.Dense(4), 0), x, 0)),
        ["OPT0206 a factor of 0"] = () => Net(x => x + 0 * Parameter(1.0)),
        ["OPT0207 softmax"] = () => Input(4).Dense(3).Dropout(0.5).Loss(SoftmaxCrossEntropy).Minimize(Sgd(0.1)),
        ["OPT0207 sigmoid with a name"] = () => Input(4).Dense(3).Dropout(Hyper("drop", 0.1), seed: 2).Named("head").Loss(SigmoidCrossEntropy).Minimize(Sgd(0.1)),
        ["OPT0206 only predicted"] = () => (Input(4).Dense(3).Loss((y, t) => Square(t).Sum()) + Input(2, "z").Dense(1).Loss(SquaredError)).Minimize(Sgd(0.1)),
    };

    static readonly Dictionary<string, Func<Model>> untold = new()
    {
        ["logits"] = () => Input(4).Dense(3).Loss(SoftmaxCrossEntropy).Minimize(Sgd(0.1)),
        ["log-softmax, whose softmax is the same"] = () => Input(4).Dense(3).LogSoftmax().Loss(SoftmaxCrossEntropy).Minimize(Sgd(0.1)),
        ["dropout inside"] = () => Net(x => x.Dropout(0.1).Dense(8).Relu().Dropout(0.5)),
        ["dropout and another loss"] = () => Input(4).Dense(3).Dropout(0.5).Loss(SquaredError).Minimize(Sgd(0.1)),
        ["noise on logits while it learns"] = () => (Input(4).Dense(3) is var z ? Where(Learning, z + 0.1 * RandomNormal(z), z) : z).Loss(SoftmaxCrossEntropy).Minimize(Sgd(0.1)),
        ["softmax and another loss"] = () => Input(4).Dense(3).Softmax().Loss(SquaredError).Minimize(Sgd(0.1)),
        ["softmax inside, as attention"] = () => Net(x => x * x.Dense(4).Softmax()),
        ["softmax at a temperature"] = () => Net(x => 10 * x.Dense(4).Softmax()),
        ["log of a sum of a softmax"] = () => LogSumExp(Input(4).Dense(3).Softmax()).Minimize(Sgd(0.1)),
        ["sigmoid and another loss"] = () => Input(4).Dense(3).Sigmoid().Loss(SquaredError).Minimize(Sgd(0.1)),
        ["focal of logits"] = () => Input(4).Dense(3, Init.He).Loss(Focal()).Minimize(Sgd(0.1)),
        ["zeros in the last layer"] = () => Input(4).Dense(8).Relu().Dense(3, Init.Zero).Loss(SoftmaxCrossEntropy).Minimize(Sgd(0.1)),
        ["zeros in the only layer"] = () => Input(4).Dense(3, Init.Zero).Loss(SquaredError).Minimize(Sgd(0.1)),
        ["zeros that random weights tell apart"] = () => Net(x => x.Dense(8, Init.Zero).Tanh()),
        ["zeros before relu, with a bias above 0"] = () => Net(x => x.Dense(8, Init.Zero, Init.Constant(0.1)).Relu()),
        ["zeros before leaky relu"] = () => Net(x => x.Dense(8, Init.Zero).LeakyRelu()),
        ["a branch that starts at 0"] = () => Net(x => (x + x.Dense(8).Relu().Dense(4, Init.Zero)).Relu()),
        ["LoRA"] = () => Net(x => x.Dense(4) + MatMul(MatMul(x, Parameter([4, 2], Init.He)), Parameter([2, 4]))),
        ["equal units and different biases"] = () => Net(x => x.Dense(8, Init.One, Init.Normal(1)).Tanh().Sum(-1, keep: true)),
        ["equal units and random numbers"] = () => Net(x => x.Dense(8, Init.One).Apply(y => y * RandomUniform(y)).Sum(-1, keep: true)),
        ["equal units and a rule with noise"] = () => Net(x => x.Dense(8, Init.Zero).Relu(), NoisySgd(0.1)),
        ["one unit"] = () => Net(x => x.Dense(1, Init.One).Tanh()),
        ["equal weights that are also used otherwise"] = () => Net(x => Parameter([4, 8]).Named("w").Apply(w => Relu(MatMul(x, w)) + Transpose(w).Sum(-1))),
        ["inputs standardized by what no rule changes"] = () => Net(x => x.Standardize().Dense(8).Tanh()),
        ["the start of Dense itself"] = () => Net(x => x.Dense(8).Tanh()),
        ["He before relu"] = () => Net(x => x.Dense(8, Init.He).Relu()),
        ["He before x·sigmoid(x)"] = () => Net(x => x.Dense(8, Init.He).Silu()),
        ["He before mish and GELU"] = () => Net(x => x.Dense(8, Init.He).Mish().Dense(8, Init.He).GeluTanh()),
        ["He, and a norm before tanh"] = () => Net(x => x.Dense(8, Init.He).LayerNorm().Tanh()),
        ["Glorot before tanh"] = () => Net(x => x.Dense(8, Init.Glorot).Tanh()),
        ["decay and Sgd"] = () => Net(x => x, Decayed(Sgd(0.1))),
        ["decay and momentum"] = () => Net(x => x, Decayed(Momentum(0.1)).Then(ClipByGlobalNorm(1))),
        ["decay of 0"] = () => Net(x => x, AddDecayedWeights(0).Then(Adam(0.001))),
        ["AdamW"] = () => Net(x => x, AdamW(0.001)),
        ["Lamb"] = () => Net(x => x, Lamb(0.001, decay: 0.01)),
        ["decay and a rate from norms"] = () => Net(x => x, Decayed(DoG())),
        ["decay and a norm of a slot"] = () => Net(x => x, Decayed(Rule.Of((g, m) => (g / (Norm(m) + 1e-8), 0.9 * m + Square(g))))),
        ["decay and a secant"] = () => Net(x => x, Decayed(QuickProp(0.1))),
        ["decay and trust"] = () => Net(x => x, Decayed(Lars(0.1))),
        ["decay of other parameters"] = () => Net(x => x, AddDecayedWeights(0.01).Only(p => p.Rank > 1).Then(Adam(0.001).Only(p => p.Rank < 2))),
        ["eleven sigmoids"] = () => Net(x => Sigmoids(x, 11)),
        ["sigmoids with skips"] = () => Net(x => Sigmoids(x, 6).Apply(y => y + Sigmoids(y, 11))),
        ["sigmoids with norms"] = () => Net(x => Sigmoids(x, 20, y => y.LayerNorm())),
        ["sigmoids times 4"] = () => Net(x => Sigmoids(x, 20, y => 4 * y)),
        ["fixed sigmoids before the first layer"] = () => Net(x => Enumerable.Range(0, 20).Aggregate(x, (y, _) => Sigmoid(y))),
        ["swish"] = () => Net(x => Enumerable.Range(0, 20).Aggregate(x, (y, _) => y.Dense(4).Silu())),
        ["StopGradient beside another way"] = () => Net(x => x.Dense(4).Apply(y => StopGradient(Floor(y) - y) + y)),
        ["a comparison beside another way"] = () => Net(x => Relu(x - Parameter(0.5))),
        ["left out by the rule"] = () => Net(x => StopGradient(x.Dense(8)).Named("fixed").Relu(), Adam(0.1).Only(p => !p.Path.StartsWith("fixed", StringComparison.Ordinal))),
    };

    public static TheoryData<string> Told => [.. told.Keys];

    public static TheoryData<string> Untold => [.. untold.Keys];

    [Theory]
    [MemberData(nameof(Told))]
    public void Told_once_for_each_place(string name)
    {
        var findings = told[name]().Findings;
        Assert.NotEmpty(findings);
        Assert.All(findings, f => Assert.Equal(name[..7], f.Code));
        Assert.Equal(findings.Count, findings.Select(f => f.About).Distinct().Count());
        Assert.All(findings, f => Assert.Equal($"{f.Code}: {f.Advice}", f.ToString()));
    }

    [Theory]
    [MemberData(nameof(Untold))]
    public void Not_told(string name) => Assert.Empty(untold[name]().Findings.Select(f => f.ToString()));

    public static TheoryData<string> Certain => [.. told.Keys.Where(n => n[..7] is "OPT0202" or "OPT0206")];

    /// <summary>What is told is so: columns stay equal, parameters stay where they start.</summary>
    [Theory]
    [MemberData(nameof(Certain))]
    public void Training_shows_it(string name)
    {
        var model = told[name]();
        using var learner = model.Compile(seed: 1, maxBatch: 8);
        var start = model.Findings.ToDictionary(f => f, f => learner[model.Naming[f.About]].ToArray());
        var data = new RandomData(model, Compiler.ModelCompiler.Optimize(model), 8, 1).Batch(Precision.Single);
        for (var i = 0; i < 20; i++) learner.Learn(data);
        foreach (var finding in model.Findings)
        {
            var now = learner[model.Naming[finding.About]].ToArray();
            if (finding.Advice.Contains("equal columns")) Assert.All(now.Chunk(finding.About.Shape[1]), row => Assert.All(row, w => Assert.Equal(row[0], w)));
            else Assert.Equal(start[finding], now);
        }
    }

    /// <summary>What only looks like it is not.</summary>
    [Theory]
    [InlineData("zeros that random weights tell apart")]
    [InlineData("equal units and different biases")]
    [InlineData("equal units and random numbers")]
    [InlineData("equal units and a rule with noise")]
    public void Training_tells_units_apart(string name)
    {
        var model = untold[name]();
        using var learner = model.Compile(seed: 1, maxBatch: 8);
        var data = new RandomData(model, Compiler.ModelCompiler.Optimize(model), 8, 1).Batch(Precision.Single);
        for (var i = 0; i < 20; i++) learner.Learn(data);
        Assert.True(learner["dense1.weights"].ToArray()[..8].Distinct().Count() == 8);
    }

    /// <summary>No rule of the library is told by itself; which of them divide a decay that stands before them is listed.</summary>
    [Fact]
    public void Decay_before_each_rule_of_the_library()
    {
        var rules = Vocabulary.Of(typeof(Dsl)).Where(w => w.Value is Rule).Select(w => (Name: w.Name.Split('(')[0], Rule: (Rule)w.Value!)).ToList();
        static IEnumerable<string> Codes(Rule rule) => MatMul(Input(4), Parameter([4, 3], Init.LeCun)).Loss(SquaredError).Minimize(rule).Findings.Select(f => f.Code);
        Assert.All(rules, r => Assert.Empty(Codes(r.Rule)));
        var divided = string.Join(" ", rules.Where(r => Codes(Decayed(r.Rule)).Any()).Select(r => r.Name).Distinct().Order(StringComparer.Ordinal));
        Assert.Equal(
            "AdEMAMix AdaBelief AdaMax Adadelta Adafactor Adagrad Adam AdamW Adan Adopt AmsGrad DAdaptAdam Lamb Madgrad NAdam Prodigy RAdam RmsProp " +
            "ScaleByAdadelta ScaleByAdam ScaleByAdamax ScaleByAdan ScaleByAdemamix ScaleByAdopt ScaleByAmsgrad ScaleByBelief ScaleByFactoredRms ScaleByNadam " +
            "ScaleByRadam ScaleByRms ScaleByRss ScaleBySoap ScaleBySophia ScaleByStddev ScaleByYogi ScheduleFreeAdamW Sm3 Soap Sophia Yogi",
            divided);
    }

    [Fact]
    public void Every_kind_is_told_by_a_test() => Assert.Equal(FindingKind.All.Select(k => k.Code), told.Keys.Select(n => n[..7]).Distinct().Order());

    [Fact]
    public void Codes_are_told_in_order_and_with_the_names_of_the_model()
    {
        var model = Input(4).Dense(8, Init.Zero).Relu().Dense(3).Softmax().Loss(SoftmaxCrossEntropy).Minimize(Sgd(0.1));
        Assert.Equal(
        [
            "OPT0201: the loss takes the softmax of the output, but the output is already a softmax of dense of relu of dense [3]; leave out Softmax before the loss, and apply it to what Predict returns",
            "OPT0202: 'dense1.weights' [4, 8] starts at 0 before a relu, which passes no gradient there, so it never moves; start it with Init.He",
        ], model.Findings.Select(f => f.ToString()));
    }

    [Fact]
    public void Random_models_are_searched_without_a_fault() => Law.Holds(Any.Model, sample => Assert.All(sample.Value.Findings, f => Assert.NotEmpty(f.Advice)));

    /// <summary>The searches walk, they do not call themselves.</summary>
    [Fact]
    public void A_deep_model_is_searched()
    {
        var x = Input(2).Dense(2);
        for (var i = 0; i < 20_000; i++) x = Tanh(x + 1);
        Assert.Empty(x.Loss(SquaredError).Minimize(Sgd(0.1)).Findings);
    }
}
