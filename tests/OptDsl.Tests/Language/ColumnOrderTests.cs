using Xunit;
using static OptDsl.Dsl;

namespace OptDsl.Tests.Language;

public class ColumnOrderTests
{
    [Fact]
    public void A_target_follows_the_inputs_wherever_the_loss_mentions_it()
    {
        Expr x = Input(2), z = Input(3, "context");
        LossFunction targetFirst = (y, t) => Square(t - y).Mean();
        var model = (x.Dense(4).Loss(targetFirst) + z.Dense(1).Loss(targetFirst)).Minimize(Sgd(0.1));
        Assert.Equal(["input", "context", "target", "target2"], model.Naming.Inputs.Select(i => model.Naming[i]));
    }

    /// <summary>Whether an input is a target decides where its column comes, so models that differ in it are not equal, and none is compiled for the other.</summary>
    [Fact]
    public void Models_with_other_columns_are_others()
    {
        Model Made(Func<Expr, Expr> loss) => (loss(Input(1, "x").Dense(1)) * Input([], "w")).Minimize(Sgd(0.1));
        Model given = Made(y => y.Loss((y, _) => Square(y - Input(1, "t")).Mean())), target = Made(y => y.Loss((y, t) => Square(y - t).Mean(), "t"));
        Assert.Equal(["x", "t", "w"], given.Naming.Inputs.Select(i => given.Naming[i]));
        Assert.Equal(["x", "w", "t"], target.Naming.Inputs.Select(i => target.Naming[i]));
        Assert.NotEqual(given, target);
    }
}
