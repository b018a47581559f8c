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
}
