using Xunit;
using static OptDsl.Dsl;

namespace OptDsl.Tests.Language;

/// <summary>Integers in a row: embedded, and labelled one by one.</summary>
public class SequenceTests
{
    const int Length = 3, Size = 5, Units = 4;

    static readonly int[] tokens = [4, 0, 2, 1, 1, 3], labels = [0, 2, 3, 1, 3, 0];

    static Expr Logits => IntegerInput("tokens", [Length]).Embedding(Size, Units);

    [Fact]
    public void An_embedding_is_the_row_of_its_integer()
    {
        using var learner = Logits.Loss(SoftmaxCrossEntropy).Minimize(Sgd(0.1)).Compile(seed: 5);
        var (table, rows) = (learner["embedding1.weights"].ToArray(), new float[tokens.Length * Units]);
        learner.Predict(new Batch(2, tokens), rows);
        Assert.Equal(tokens.SelectMany(t => table[(t * Units)..((t + 1) * Units)]), rows);
    }

    [Fact]
    public void A_row_learns_from_where_it_was_looked_up_and_the_others_stay()
    {
        using var learner = (Logits * Parameter(shape: [Length, Units], Init.One, "ones")).Sum().Minimize(Sgd(0.1)).Compile(seed: 5);
        learner.Gradient(new Batch(2, (int[])[4, 0, 4, 0, 0, 0]));
        Assert.Equal([2, 0, 0, 0, 1], learner.GradientOf("embedding1.weights").ToArray().Chunk(Units).Select(row => row.Distinct().Single()));
    }

    [Fact]
    public void Rows_have_a_label_each_and_the_loss_is_their_mean()
    {
        foreach (var loss in new[] { SoftmaxCrossEntropy, SmoothedCrossEntropy(0.2), (z, t) => NegativeLogLikelihood(LogSoftmax(z), t) })
        {
            using var rows = Logits.Loss(loss).Minimize(Sgd(0.1)).Compile<double>(seed: 5);
            using var each = IntegerInput("tokens").Embedding(Size, Units).Loss(loss).Minimize(Sgd(0.1)).Compile<double>(seed: 5, maxBatch: tokens.Length);
            Batch of(int examples) => new(examples, tokens, labels);
            Assert.Equal(each.Learn(of(6)), rows.Learn(of(2)), 1e-14);
            Assert.Equal(each["embedding1.weights"].ToArray(), rows["embedding1.weights"].ToArray(), (a, b) => Math.Abs(a - b) < 1e-14);
        }
    }

    [Fact]
    public void An_integer_outside_the_table_or_the_classes_is_refused_wherever_it_stands()
    {
        using var learner = Logits.Loss(SoftmaxCrossEntropy).Minimize(Sgd(0.1)).Compile();
        string Refusal(int[] tokens, int[] labels) => Assert.ThrowsAny<ArgumentException>(() => learner.Learn(new Batch(2, tokens, labels))).Message;
        Assert.Contains("'target' must be in 0 … 3; element 4 is 4", Refusal(tokens, [0, 2, 3, 1, 4, 0]), StringComparison.Ordinal);
        Assert.Contains("'tokens' must be in 0 … 4; element 5 is -1", Refusal([4, 0, 2, 1, 1, -1], labels), StringComparison.Ordinal);
        Assert.Equal(0, learner.Steps);
    }

    [Fact]
    public void What_is_embedded_is_an_integer() =>
        Assert.Equal("OPT0103", Assert.Throws<OptDslException>(() => Input(3).Embedding(5, 4)).Code);
}
