using OptDsl.Compiler;
using Xunit;
using static OptDsl.Dsl;

namespace OptDsl.Tests.Emission;

/// <summary>
/// What is emitted, in full, beside this file: a change of the compiler shows in review as a change of these texts. They are
/// written anew by running the tests with OPTDSL_BASELINES=write.
/// </summary>
public class BaselineTests
{
    [Fact]
    public void Digits() => IsBaseline("Digits", Precision.Single,
        Input(784).Dense(128).Relu().Dense(10).Loss(SoftmaxCrossEntropy).Minimize(AdamW(lr: Warmup(500) * Cosine(3e-4, steps: 20_000))));

    [Fact]
    public void Regression() => IsBaseline("Regression", Precision.Double,
        Input(2).Dense(16).Tanh().Dense(1).Loss(SquaredError).Minimize(Sgd(lr: 0.1)));

    [Fact]
    public void Rosenbrock()
    {
        var w = Parameter(start: [-1.5, 2]);
        IsBaseline("Rosenbrock", Precision.Double, (Square(1 - w[0]) + 100 * Square(w[1] - Square(w[0]))).Minimize(Adam(lr: 1e-2)));
    }

    [Fact]
    public void Clipped() => IsBaseline("Clipped", Precision.Single,
        Input(20).Dense(40).Sigmoid().Dense(3).Loss(SoftmaxCrossEntropy).Minimize(ClipByGlobalNorm(1).Then(Momentum(lr: 0.1))));

    [Fact]
    public void Noisy() => IsBaseline("Noisy", Precision.Single,
        Input(20).Named("augmented", x => x + 0.1 * RandomNormal(x)).Dense(40).Tanh().Dense(3).Loss(SoftmaxCrossEntropy).Minimize(NoisySgd(lr: 0.1, seed: 7)));

    [Fact]
    public void Dropped() => IsBaseline("Dropped", Precision.Single,
        Input(20).Dropout(0.1).Dense(40).Tanh().Dropout(0.5).Dense(3).Loss(SoftmaxCrossEntropy).Minimize(Momentum(lr: 0.1)));

    [Fact]
    public void Amortised() => IsBaseline("Amortised", Precision.Single,
        MatMul(Input(20), Parameter([20, 3], Init.Normal(0.1))).Loss(SoftmaxCrossEntropy).Minimize(Shampoo(lr: 0.1, iterations: 2, every: 10)));

    [Fact]
    public void Turned() => IsBaseline("Turned", Precision.Single,
        Input(20).Dense(3).Loss(SoftmaxCrossEntropy).Minimize(Soap(lr: 3e-3)));

    [Fact]
    public void Lean() => IsBaseline("Lean", Precision.Single,
        Input(20).Dense(40).Relu().Dense(3).Loss(SoftmaxCrossEntropy).Minimize(AdamW(lr: 1e-3)).MemoryBudget(bytes: 6000, examples: 8));

    [Fact]
    public void InParts() => IsBaseline("InParts", Precision.Single,
        Input([8, 8, 1]).Conv2D(4, 3).Relu().MaxPool2D(2).Flatten().Dense(3).Loss(SoftmaxCrossEntropy).Minimize(Momentum(lr: 0.1)).MemoryBudget(bytes: 40_000, examples: 8));

    static void IsBaseline(string name, Precision precision, Model model)
    {
        var text = ModelCompiler.Emit(model, new ClassTarget("Baselines", [], name, "class", precision));
        var path = Path.Combine(Repository.Root, "tests", "OptDsl.Tests", "Emission", "Baselines", name + ".txt");
        if (Environment.GetEnvironmentVariable("OPTDSL_BASELINES") == "write") File.WriteAllText(path, text);
        Assert.Equal(File.ReadAllText(path), text);
    }
}
