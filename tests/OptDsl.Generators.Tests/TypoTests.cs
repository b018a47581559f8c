using Xunit;

namespace OptDsl.Generators.Tests;

/// <summary>A slip in a declaration is one error where it stands: neither a second one of ours beside it, nor one at each use of the class.</summary>
public class TypoTests
{
    /// <summary>Everything that people do with a learner, for a classifier.</summary>
    const string Use = """
        static class Use
        {
            public static void All(float[] x, int[] t, float[] y, Batch batch)
            {
                using var net = new Net(seed: 1, maxBatch: 4, threads: 2);
                double loss = net.Learn(x, t) + net.Learn(x.AsSpan(4), t.AsSpan(1)) + net.Learn([1, 2, 3, 4], [1]) + net.Learn(batch);
                loss += net.Evaluate(x, t) + net.Gradient(x, t) + net.GradientOf("dense1.bias").Count;
                net.Predict(x, y);
                net.Predict(batch, "output", y);
                foreach (var step in net.Train(Enumerable.Repeat(batch, 3)).Every(2)) Console.WriteLine(step);
                net["dense1.weights"].CopyTo(y);
                net.Save("net.safetensors");
                ILearner<float> learner = net;
                Console.WriteLine($"{net.Steps} {net.Summary} {learner.ParametersHash} {loss}");
            }
        }
        """;

    [Theory]
    [InlineData("Input(4).[|Dence|](10).Loss(SoftmaxCrossEntropy).Minimize(Sgd(0.1))", "CS1061")]
    [InlineData("Input(4).Dense(10).Loss([|SoftmaxCrossEntrophy|]).Minimize(Sgd(0.1))", "CS0103")]
    [InlineData("Input(4).Dense(10).Loss(SoftmaxCrossEntropy).Minimize(Sgd([|lrr|]: 0.1))", "CS1739")]
    [InlineData("Input(4).Dense(10).Loss(SoftmaxCrossEntropy).Minimize(Sgd(0.1)[|;|]", "CS1026")]
    [InlineData("Input(4).Dense([|width|]).Loss(SoftmaxCrossEntropy).Minimize(Sgd(0.1))", "CS0103")]
    [InlineData("Input(4).Dense([|\"10\"|]).Loss(SoftmaxCrossEntropy).Minimize(Sgd(0.1))", "CS1503")]
    [InlineData("Input(4).Dense(10).[|Loss|]().Minimize(Sgd(0.1))", "CS7036")]
    [InlineData("[|Input(4).Dense(10).Loss(SoftmaxCrossEntropy)|]", "CS0029")]
    [InlineData("Input(4).Dense(10).Loss(SoftmaxCrossEntropy).Minimize([|Sgd|])", "CS1503")]
    [InlineData("Input(4).Dense(10).Loss(SoftmaxCrossEntropy).Minimize(Rule.Of((g, m) => (g, [|q|])))", "CS0103")]
    [InlineData("[|Layers|].Classifier(10).Minimize(Sgd(0.1))", "CS0103")]
    public void In_the_declaration(string body, string code) => OneError($"partial class Net {{ [Compile] static Model Model => {body}{(body.EndsWith("[|;|]", StringComparison.Ordinal) ? "" : ";")} }}", code);

    [Theory]
    [InlineData("partial class Net { [Compile] static [|Modle|] Model => Input(4).Dense(10).Loss(SoftmaxCrossEntropy).Minimize(Sgd(0.1)); }", "CS0246")]
    [InlineData("static class My { public static Expr Tall(this Expr x) => x.[|Dens|](10); } partial class Net { [Compile] static Model Model => Input(4).Tall().Loss(SoftmaxCrossEntropy).Minimize(Sgd(0.1)); }", "CS1061")]
    [InlineData("namespace N { static class My { public static Expr Tall(this Expr x) => x.Dense(10); } } partial class Net { [Compile] static Model Model => Input(4).[|Tall|]().Loss(SoftmaxCrossEntropy).Minimize(Sgd(0.1)); }", "CS1061")]
    public void Around_the_declaration(string source, string code) => OneError(source, code);

    /// <summary>A mistake that the language finds is alone too.</summary>
    [Fact]
    public void A_mistake_of_the_language()
    {
        var generated = Generated.Of("partial class Net { [Compile] static Model Model => Input(4).Dense(0).Loss(SoftmaxCrossEntropy).Minimize(Sgd(0.1)); }", Use);
        Assert.StartsWith("OPT0102", Assert.Single(generated.Problems));
        Assert.Empty(generated.Whole.Errors());
    }

    /// <summary>In double, nested and generic: what stands in has the shape of the learner.</summary>
    [Fact]
    public void What_stands_in_is_the_class_that_the_learner_would_be()
    {
        var generated = Generated.Of("""
            namespace N;
            partial record Outer<T>
            {
                public partial class Net { [Compile(Precision = Precision.Double)] static Model Model => Input(4).Dence(1).Loss(SquaredError).Minimize(Sgd(0.1)); }
            }
            static class Use { static ILearner<double> Make() => new Outer<int>.Net(maxBatch: 2); static double Learn(Outer<int>.Net net, double[] x) => net.Learn(x, x); }
            """);
        Assert.Empty(generated.Problems);
        Assert.Equal(["CS1061"], generated.Whole.Errors().Select(e => e.Id));
    }

    /// <summary>Members of the user's that would not fit beside it are the user's: then nothing stands in.</summary>
    [Fact]
    public void Nothing_stands_in_where_it_would_clash()
    {
        var generated = Generated.Of("partial class Net { [Compile] static Model Model => Input(4).Dence(1).Loss(SquaredError).Minimize(Sgd(0.1)); string Summary => \"\"; }");
        Assert.Empty(generated.Problems);
        Assert.Empty(generated.Files);
        Assert.Single(generated.Whole.Errors());
    }

    static void OneError(string marked, string code)
    {
        var source = marked.Replace("[|", "").Replace("|]", "");
        var generated = Generated.Of(source, Use);
        Assert.Empty(generated.Problems);
        var error = Assert.Single(generated.Whole.Errors());
        var span = error.Location.SourceSpan;
        Assert.Equal((code, marked), (error.Id, source.Insert(span.End, "|]").Insert(span.Start, "[|")));
    }
}
