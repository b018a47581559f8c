using OptDsl.Fuzz;
using OptDsl.Runtime;
using OptDsl.Testing;
using Xunit;

namespace OptDsl.Tests.Fuzz;

/// <summary>Emitted text that is read means what the C# compiler makes of it, and what that refuses is refused.</summary>
public class ReadingTests
{
    [Fact]
    public void Texts_that_are_read_have_the_bits_of_the_same_texts_compiled()
    {
        NetCase[] nets = [.. Enumerable.Range(1, 40).Select(n => new NetCase(n)).Where(n => n.Run.Precision == Precision.Single)];
        string[] texts = [.. nets.Select((n, i) => n.Text(i))];
        using var emitted = new Emitted(texts, stays: true);
        for (var i = 0; i < nets.Length; i++)
        {
            var run = nets[i].Run;
            using var compiled = emitted.Create<float>(i, new(run.Seed, run.MaxBatch, 1, run.Width));
            using var read = new Learner<float>(new EmittedClass(texts[i]).Definition<float>(), run.Seed, run.MaxBatch, 1, run.Width);
            var batch = new RandomData(nets[i].Model, nets[i].Graph, run.Examples[0], run.Seed, zeros: false).Batch(Precision.Single);
            Assert.Equal(compiled.Evaluate(batch), read.Evaluate(batch));
            if (!double.IsFinite(compiled.Evaluate(batch))) continue;
            Assert.Equal(compiled.Learn(batch), read.Learn(batch));
            Assert.Equal(compiled.ParametersHash, read.ParametersHash);
        }
    }

    [Fact]
    public void Operators_bind_as_in_C_sharp()
    {
        Assert.Equal(7 - 2 - 3 * 4 / 5 % 3, Value<nint>("7 - 2 - 3 * 4 / 5 % 3"));
        Assert.Equal(-(2.5 - 0.5) * 3 / 4, Value<double>("-(2.5 - 0.5) * 3 / 4"));
        Assert.Equal((float)(1.0 / 3.0) + 0.1f, Value<float>("(float)(1.0 / 3.0) + 0.1f"));
        Assert.Equal(1 < 2 && !(2.0 == 3.0) || 3 <= 2 ? 4.0 : 5.0, Value<double>("1 < 2 && !(2.0 == 3.0) || 3 <= 2 ? 4.0 : 5.0"));
        Assert.Equal(1E-30 - -0.5, Value<double>("1E-30 - -0.5"));
        Assert.Equal(double.NegativeInfinity, Value<double>("1.0 / -0.0"));
        Assert.Equal(double.FusedMultiplyAdd(0.1, 10, -1), Value<double>("double.FusedMultiplyAdd(0.1, 10.0, -1.0)"));
        Assert.Equal(0.25, Value<double>("1 switch { 0 => 0.5, 1 => 0.25, _ => 2.0, }"));
        Assert.Equal(2, Value<double>("7 switch { 0 => 0.5, 1 => 0.25, _ => 2.0, }"));
        Assert.Equal(Float64.Exp(0.3), Value<double>("Float64.Exp(0.3)"));
        Assert.Equal(Float64.Random(0.3, 0, 7), Value<double>("Float64.Random(0.3, 0.0, 7.0)"));
    }

    [Theory]
    [InlineData("1.0 + unknown")]
    [InlineData("V.Create(1.0) + 1.0")]
    [InlineData("V.Sine(V.Create(1.0))")]
    [InlineData("double.Sqrt(true)")]
    [InlineData("(1.0 + 2.0")]
    [InlineData("1 switch { 0 => 0.5, 2 => 0.25, _ => 2.0, }")]
    [InlineData("Step + 1.0")]
    public void An_expression_that_is_none_is_refused(string text) => Assert.ThrowsAny<FormatException>(() => Value<double>(text));

    [Theory]
    [InlineData("{ var x = 1.0; var x = 2.0; }")]
    [InlineData("{ var x = 1.0; for (nint i = 0; i < 3; i += V.Count) { var x = 2.0; } }")]
    [InlineData("{ { var x = 1.0; } var y = x; }")]
    [InlineData("{ var x = 1.0; x += V.Create(1.0); }")]
    [InlineData("{ return 1.0; var x = 1.0; }")]
    [InlineData("{ var x = 1.0 }")]
    [InlineData("{ Elsewhere(1.0); }")]
    [InlineData("{ if (1.0) { } }")]
    [InlineData("{ if (true) return 1.0; }")]
    public void Statements_that_are_none_are_refused(string text) =>
        Assert.ThrowsAny<FormatException>(() => new Statements<Vec1<double>, double>(Reader.Of(text), null).Block());

    [Fact]
    public void A_place_without_memory_is_refused()
    {
        var text = new NetCase(1).Text(0);
        var line = text.Split('\n').First(l => l.Contains("= workspace.", StringComparison.Ordinal));
        Assert.Throws<FormatException>(() => new EmittedClass(text.Replace(line + "\n", "", StringComparison.Ordinal)));
    }

    static X Value<X>(string text) => new Expressions<Vec1<double>, double>(Reader.Of(text), null).Expression().As<X>()();
}
