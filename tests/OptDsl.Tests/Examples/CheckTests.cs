using OptDsl.Tests.Runtime;
using Xunit;

namespace OptDsl.Tests.Examples;

[Collection(nameof(Example))]
public sealed class CheckTests : IDisposable
{
    readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void The_slips_of_the_examples_are_found_in_both_languages()
    {
        Example.Build("src/OptDsl.Testing", "-c", "Release");
        Printed program = Example.Run(folder.Path, "check.cs"), script = Example.RunScript(folder.Path, "check.fsx");
        foreach (Printed printed in new[] { program, script })
        {
            Assert.True(printed.ExitCode == 0, printed.ToString());
            Assert.Equal(["without a gradient the weights settle", "a parabola is descended", "the gradient is the derivative"],
                printed.Lines.Where(line => line.StartsWith("  ✗ ", StringComparison.Ordinal)).Select(line => line[4..50].Trim()));
        }
        // Where no random case is told, both print the same.
        Assert.Equal(program.Lines.TakeWhile(line => line.Length > 0), script.Lines.TakeWhile(line => line.Length > 0));
        string[] shown = Fence.Of(Repository.Text("README.md")).Single(f => f.Mark == "output examples/check.fsx").Text.TrimEnd('\n').Split('\n');
        Assert.Equal(shown.Where(line => line != "…"), script.Lines.Where(line => shown.Contains(line)).Distinct().Take(shown.Length - 1));
    }
}
