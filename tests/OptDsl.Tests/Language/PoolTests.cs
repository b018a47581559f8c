using OptDsl.Compiler;
using OptDsl.Runtime;
using OptDsl.Testing;
using Xunit;
using static OptDsl.Dsl;

namespace OptDsl.Tests.Language;

/// <summary>Pools read and write pixels in place: whatever is around them, a step has the bits of the interpreter, and gradients are those of differences.</summary>
public class PoolTests
{
    static Expr Image => Tanh(Input([4, 4, 3]).Conv2D(3, 1));

    static Expr Point => Input([1, 1, 4]);

    static readonly Dictionary<string, Func<Expr>> losses = new()
    {
        ["an activation before it"] = () => Input([6, 8, 1]).Conv2D(2, 1).Relu().MaxPool2D(2).Conv2D(3, 2).Relu().MaxPool2D(2).Flatten().Dense(2).Loss(SquaredError),
        ["pixels that no place sees"] = () => Tanh(Input([5, 7, 2]).Conv2D(2, 1)).MaxPool2D(2).Flatten().Loss(SquaredError),
        ["places apart"] = () => Tanh(Input([7, 8, 2]).Conv2D(2, 1)).MaxPool2D(2, stride: 3).Flatten().Loss(SquaredError),
        ["data and nothing before it"] = () => Input([6, 6, 2]).MaxPool2D(2).Conv2D(3, 1).Flatten().Loss(SquaredError),
        ["a parameter as image"] = () => (Parameter([4, 4, 3], Init.Normal(1), "w").MaxPool2D(2).Flatten() * Input(12)).Loss(SquaredError),
        ["an image of one pixel"] = () => Tanh(Point.Conv2D(5, 1)).Conv2D(3, 1, stride: 2).Flatten().Loss(SquaredError),
        ["one pixel of data"] = () => Point.MaxPool2D(1, stride: 2).Conv2D(5, 1).Relu().Flatten().Loss(SquaredError),
        ["one pixel of a parameter"] = () => (Parameter([1, 1, 3], Init.Normal(1), "w").MaxPool2D(1, stride: 2).Flatten() * Input(3)).Loss(SquaredError),
        ["numbers of rows that are wider"] = () => Tanh(Image.MaxPool2D(2).Reshape(2, 2, 3, 1) * Parameter([2, 2, 3, 5], Init.Normal(1), "w")).Sum(-1).Flatten().Loss(SquaredError),
        ["the largest of such rows"] = () => Tanh(Image.MaxPool2D(2).Reshape(2, 2, 3, 1) * Parameter([5], Init.Normal(1), "w")).Max(-1).Flatten().Loss(SquaredError),
        ["two users"] = () => { var y = Image; return (StopGradient(y.MaxPool2D(2)) * y.AveragePool2D(2) + y.MaxPool2D(2)).Flatten().Loss(SquaredError); },
        ["dropout before it"] = () => Input([6, 6, 2]).Conv2D(3, 1).Dropout(0.5).MaxPool2D(2).Flatten().Dense(2).Loss(SquaredError),
        ["a batch norm on either side"] = () => Sigmoid(Input([7, 5, 2]).Conv2D(3, 1).BatchNorm()).MaxPool2D(2).BatchNorm().Flatten().Dense(2).Loss(SquaredError),
        ["a convolution that leaves pixels out"] = () => Input([6, 6, 3]).Conv2D(4, 1, stride: 2).Relu().Conv2D(2, 1, stride: 2).Flatten().Loss(SquaredError),
        ["a window wider than what is left of the image"] = () => Input([8, 8, 1]).MaxPool2D(3, stride: 1, padding: 2).Conv2D(2, 3).Flatten().Dense(1).Loss(SquaredError),
        ["a window of 12 × 12"] = () => Tanh(Input([12, 12, 1]).Conv2D(2, 1)).MaxPool2D(12).Flatten().Loss(SquaredError),
    };

    public static TheoryData<string> Names => [.. losses.Keys];

    [Theory, MemberData(nameof(Names))]
    public void A_step_has_the_bits_of_the_interpreter(string name)
    {
        var model = losses[name]().Minimize(Adam(0.01));
        var graph = ModelCompiler.Optimize(model);
        var plans = new[] { (false, 0), (true, 0), (false, 2), (true, 3) }.Select(p => ModelCompiler.Schedule(graph, p.Item1, p.Item2)).ToList();
        Verifier.Check(graph);
        plans.ForEach(Verifier.Check);
        using var emitted = new Emitted([.. plans.Select((plan, i) => new ClassWriter(model, graph, plan, new(null, [], "Model" + i, "class", Precision.Single)).Write())]);
        for (var i = 0; i < plans.Count; i++)
        {
            using var learner = emitted.Create<float>(i, new(Seed: 3, MaxBatch: 6, Threads: 1 + i % 2, Width: i < 2 ? VectorWidth.Auto : VectorWidth.Bits128));
            SameBits.Check<float, Real32>(learner, model, graph, [5, 1, 6], 3);
        }
    }

    [Fact]
    public void A_pool_is_one_loop_each_way()
    {
        var plan = ModelCompiler.Schedule(ModelCompiler.Optimize(losses["an activation before it"]().Minimize(Adam(0.01))));
        Assert.DoesNotContain(plan.Learn.Kernels.OfType<MoveKernel>(), k => k.Value.Op == Primitive.Concat || k.Value.Op == Primitive.Fold && ((WindowInfo)k.Value.Data!).Stride > 1);
        // The convolution's own window, of 2 × 2, is copied, and no other.
        Assert.Single(plan.Learn.Kernels.OfType<MoveKernel>(), k => k.Value.Op == Primitive.Unfold);
    }
}
