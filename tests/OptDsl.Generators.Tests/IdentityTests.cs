using System.Text.RegularExpressions;
using Xunit;

namespace OptDsl.Generators.Tests;

/// <summary>
/// Which parameters a declaration has, and what they are called: each call makes a new one, sharing means using the same
/// value, names are paths of scopes, kinds and ordinals. The same at both doors.
/// </summary>
public class IdentityTests
{
    [Theory]
    // A chain, and the same layer in a variable.
    [InlineData("Input(4).Dense(3).Dense(2)", "dense1.weights dense1.bias dense2.weights dense2.bias")]
    // Tied: one value used twice is one parameter.
    [InlineData("MatMul(MatMul(Input(4), W), Transpose(W))", "w", "Expr W = Parameter([4, 2], name: \"w\");")]
    // A property that makes its parameter anew makes two.
    [InlineData("MatMul(Input(4), Fresh) + MatMul(Input(4, \"b\"), Fresh)", "parameter1 parameter2", "", "static Expr Fresh => Parameter([4, 2]);")]
    // A field holds one.
    [InlineData("MatMul(Input(4), kept) + MatMul(Input(4, \"b\"), kept)", "parameter1", "", "static readonly Expr kept = Parameter([4, 2]);")]
    // So does a property with an initializer.
    [InlineData("MatMul(Input(4), Kept) + MatMul(Input(4, \"b\"), Kept)", "parameter1", "", "static Expr Kept { get; } = Parameter([4, 2]);")]
    // A loop makes one layer per turn.
    [InlineData("x", "dense1.weights dense1.bias dense2.weights dense2.bias dense3.weights dense3.bias", "var x = Input(4); for (var i = 0; i < 3; i++) x = x.Dense(4);")]
    // A layer inserted before counts on: names without scopes are ordinals.
    [InlineData("Input(4).Dense(9).Dense(3).Dense(2)", "dense1.weights dense1.bias dense2.weights dense2.bias dense3.weights dense3.bias")]
    // Inside scopes an edit outside renames nothing.
    [InlineData("Input(4).Named(\"encoder\", x => x.Dense(3)).Dense(2)", "encoder.dense1.weights encoder.dense1.bias dense1.weights dense1.bias")]
    [InlineData("Input(4).Dense(4).Named(\"encoder\", x => x.Dense(3)).Dense(2)", "dense1.weights dense1.bias encoder.dense1.weights encoder.dense1.bias dense2.weights dense2.bias")]
    // A name reaches back to the name before.
    [InlineData("Input(4).Dense(3).Dense(3).Named(\"encoder\").Dense(2).Named(\"decoder\")", "encoder.dense1.weights encoder.dense1.bias encoder.dense2.weights encoder.dense2.bias decoder.dense1.weights decoder.dense1.bias")]
    // Scopes nest.
    [InlineData("Input(4).Named(\"outer\", x => x.Dense(3).Named(\"inner\", y => y.Dense(3)).Dense(2))", "outer.dense1.weights outer.dense1.bias outer.inner.dense1.weights outer.inner.dense1.bias outer.dense2.weights outer.dense2.bias")]
    // A function called twice makes two layers; its value used twice is one.
    [InlineData("Layer(Layer(Input(4)))", "dense1.weights dense1.bias dense2.weights dense2.bias", "", "static Expr Layer(Expr x) => x.Dense(4);")]
    [InlineData("h.Dense(2) + h.Dense(2)", "dense1.weights dense1.bias dense2.weights dense2.bias dense3.weights dense3.bias", "var h = Input(4).Dense(3);")]
    // A parameter's own name, by argument and by Named.
    [InlineData("Input(2) * Parameter(1.0, \"gain\") + Parameter([2]).Named(\"shift\")", "gain shift")]
    // Two heads on one trunk.
    [InlineData("trunk.Dense(2).Named(\"left\") + trunk.Dense(2).Named(\"right\")", "trunk.dense1.weights trunk.dense1.bias left.dense1.weights left.dense1.bias right.dense1.weights right.dense1.bias", "var trunk = Input(4).Dense(3).Named(\"trunk\");")]
    // Parameters in an array, and one layer applied to two inputs through a lambda that captures its weights.
    [InlineData("Input(2) * a[0] + a[1]", "parameter1 parameter2", "var a = Enumerable.Range(0, 2).Select(_ => Parameter([2])).ToArray();")]
    [InlineData("layer(Input(4)) + layer(Input(4, \"b\"))", "w", "var w = Parameter([4, 2], name: \"w\"); Func<Expr, Expr> layer = x => MatMul(x, w);")]
    public void Paths(string network, string paths, string statements = "", string members = "")
    {
        var generated = Generated.Of($$"""
            partial class Net
            {
                {{members}}

                [Compile]
                static Model Model
                {
                    get
                    {
                        {{statements}}
                        return ({{network}}).Loss(SquaredError).Minimize(Sgd(0.1));
                    }
                }
            }
            """);
        Assert.Empty(generated.Problems);
        Assert.Equal(Executed.Models(generated.Compilation)["Net"], generated.Models["Net"]);
        var found = Regex.Matches(generated.Models["Net"].Split("minimize")[0], " parameter \"([^\"]*)\"").Select(m => m.Groups[1].Value);
        Assert.Equal(paths.Split(' ').Order(), found.Order());
    }
}
