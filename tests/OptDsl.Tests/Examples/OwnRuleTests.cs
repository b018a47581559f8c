using OptDsl.Tests.Runtime;
using Xunit;

namespace OptDsl.Tests.Examples;

[Collection(nameof(Example))]
public sealed class OwnRuleTests : IDisposable
{
    readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_rule_layer_and_loss_of_ones_own_do_the_same_in_both_languages()
    {
        Example.Build("src/OptDsl.Testing", "-c", "Release");
        Printed program = Example.Run(folder.Path, "own-rule.cs"), script = Example.RunScript(folder.Path, "own-rule.fsx");
        Assert.True(program.ExitCode == 0, program.ToString());
        Assert.True(script.ExitCode == 0, script.ToString());
        Assert.Equal(program.Lines.Where(line => line.Length > 0), script.Lines.Where(line => line.Length > 0));
        Assert.Contains(program.Lines, line => line.StartsWith("  ✓ it takes the steps of the other rule", StringComparison.Ordinal));
        Assert.DoesNotContain(program.Lines, line => line.StartsWith("  ✗", StringComparison.Ordinal));
        Assert.InRange(double.Parse(program.After("step 1200  loss "), System.Globalization.CultureInfo.InvariantCulture), 0, 0.1);
        Assert.Matches("^[0-9a-f]{64}$", program.After("parameters sha256 "));
    }
}
