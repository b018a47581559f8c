using OptDsl.Testing;
using Xunit;

namespace OptDsl.Tests;

/// <summary>A value written back as C# declares the same mathematics.</summary>
public class DeclarationTests
{
    [Fact]
    public void What_is_written_compiles_and_is_written_the_same_again()
    {
        var models = Enumerable.Range(0, 300).Select(seed => ModelCase.Random(new(seed), seed % 100, new()).Model).Where(IsWritable).ToList();
        Assert.True(models.Count > 60);
        var texts = models.Select(Declaration.Of).ToList();
        var again = Written.Models(texts);
        for (var i = 0; i < texts.Count; i++) Assert.Equal(texts[i], Declaration.Of(again[i]));
    }

    [Fact]
    public void It_computes_the_same()
    {
        var model = Dsl.Input(5).Dense(4).Tanh().Dense(3).Loss(Dsl.SoftmaxCrossEntropy).Minimize(Dsl.AdamW(1e-3));
        var again = Written.Models([Declaration.Of(model)])[0];
        static string Graph(Model m) => string.Join("\n", Compiler.Lower.Run(m).Values.Select(v => v.Op.Name + " " + v.Extent));
        Assert.Equal(Graph(model), Graph(again));
    }

    /// <summary>A condition on parameters is code, not a value, and has no text.</summary>
    static bool IsWritable(Model model) => model.Rule.Stages.All(s => s.IsForAll);
}
