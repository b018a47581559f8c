using System.Diagnostics;
using System.Runtime.Loader;
using System.Xml.Linq;
using OptDsl.Data;
using OptDsl.Tests.Runtime;
using Xunit;
using static OptDsl.Dsl;

namespace OptDsl.Tests.Examples;

[Collection(nameof(Example))]
public sealed class DigitsTests : IDisposable
{
    readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Digits_learns_and_leaves_a_checkpoint_and_a_picture()
    {
        Printed printed = Example.Run(folder.Path, "digits.cs", "--data", Idx("data"), "--epochs", "4");
        Assert.True(printed.ExitCode == 0, printed.ToString());
        Assert.Equal($"MNIST from {folder["data"]}: 5,500 to learn from, 500 held out, 300 to test", printed.Lines[0]);
        double[][] epochs = [.. printed.Lines.Where(line => System.Text.RegularExpressions.Regex.IsMatch(line, @"^ +\d+  \d\.\d{4}    [01]\.\d{4}    [01]\.\d{4}  +\d+\.\d\d$"))
            .Select(line => Array.ConvertAll(line.Split(' ', StringSplitOptions.RemoveEmptyEntries), number => double.Parse(number, System.Globalization.CultureInfo.InvariantCulture)))];
        Assert.Equal([1.0, 2, 3, 4], epochs.Select(e => e[0]));
        // Learning: the loss falls, the accuracy rises on what is learned from and on what is held out.
        Assert.True(epochs[^1][1] < epochs[0][1] && epochs[^1][2] > epochs[0][2] && epochs[^1][3] > epochs[0][3]);
        Assert.Matches(@"^test accuracy: 0\.9\d{3}$", printed.Lines[^1]);
        Assert.DoesNotContain(printed.Lines, line => line.StartsWith("parameters sha256", StringComparison.Ordinal));
        Assert.Equal("", printed.Errors);

        Assert.Equal("svg", XElement.Load(folder["loss.svg"]).Name.LocalName);
        using var same = Declaration().Compile(maxBatch: 300);
        same.Load(folder["digits.safetensors"]);
        Assert.Equal((4 * 86, 42), (same.Steps, same.Seed));
        Assert.Equal(printed.After("test accuracy: "), FormattableString.Invariant($"{same.Accuracy(Mnist.Read(folder["data"]).Test):F4}"));
    }

    [Fact]
    public void The_program_and_the_script_have_the_same_parameters_after_200_steps()
    {
        string data = Idx("data");
        Printed program = Example.Run(folder.Path, "digits.cs", "--data", data, "--steps", "200"), script = Example.RunScript(folder.Path, "digits.fsx", data);
        Assert.True(program.ExitCode == 0, program.ToString());
        Assert.True(script.ExitCode == 0, script.ToString());
        Assert.Matches("^[0-9a-f]{64}$", program.After("parameters sha256 "));
        Assert.Equal(program.After("parameters sha256 "), script.After("parameters sha256 "));
        Assert.Matches(@"^test accuracy: [01]\.\d{4}$", program.Lines[^1]);
    }

    [Fact]
    public void The_seed_decides()
    {
        string[] common = ["--data", Idx("data"), "--steps", "20", "--seed"];
        string[] hashes = [.. new[] { "7", "7", "-8" }.Select(seed => Example.Run(folder.Path, "digits.cs", [.. common, seed]).After("parameters sha256 "))];
        Assert.Equal(hashes[0], hashes[1]);
        Assert.NotEqual(hashes[0], hashes[2]);
    }

    [Fact]
    public void Help_names_every_option()
    {
        Printed printed = Example.Run(folder.Path, "digits.cs", "--help");
        Assert.Equal(0, printed.ExitCode);
        foreach (string option in new[] { "--epochs", "--seed", "--steps", "--data", "--help" }) Assert.Contains(option, printed.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_fault_in_the_data_is_one_line_that_names_the_file()
    {
        string path = Path.Combine(Idx("data"), "train-images-idx3-ubyte");
        using (var images = File.OpenWrite(path)) images.SetLength(100_000);
        Printed printed = Example.Run(folder.Path, "digits.cs", "--data", folder["data"]);
        Assert.NotEqual(0, printed.ExitCode);
        Assert.Equal("", printed.Output);
        Assert.Matches($"^{System.Text.RegularExpressions.Regex.Escape(path)}: the file is truncated[^\n]*\n$", printed.Errors.ReplaceLineEndings("\n"));
        Assert.False(File.Exists(folder["digits.safetensors"]));
    }

    [Theory]
    [InlineData("--epochs", "0")]
    [InlineData("--steps", "-1")]
    [InlineData("--speed", "9")]
    public void A_wrong_option_is_refused(string option, string value)
    {
        Printed printed = Example.Run(folder.Path, "digits.cs", option, value);
        Assert.NotEqual(0, printed.ExitCode);
        Assert.Contains(option, printed.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void A_terminal_sees_the_progress_bar()
    {
        string command = $"dotnet run {Path.Combine(Repository.Root, "examples", "digits.cs")} -- --data {Idx("data")} --epochs 2";
        // script gives the command a terminal; Windows has none to give.
        Printed printed = OperatingSystem.IsWindows() ? Shell.Run(folder.Path, "cmd", "/c", command)
            : OperatingSystem.IsMacOS() ? Shell.Run(folder.Path, "script", "-q", "/dev/null", "sh", "-c", command)
            : Shell.Run(folder.Path, "script", "-qec", command, "/dev/null");
        Assert.True(printed.ExitCode == 0, printed.ToString());
        Assert.True(OperatingSystem.IsWindows() || printed.Output.Contains('━'), printed.ToString());
        Assert.Contains("test accuracy: ", printed.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Examples_are_optimised()
    {
        Printed built = Example.Build("examples/digits.cs");
        string path = built.Lines.Select(line => line.Split("digits.cs -> ")).Single(parts => parts.Length == 2)[1].Trim();
        var context = new AssemblyLoadContext(nameof(Examples_are_optimised), isCollectible: true);
        bool isSlow = context.LoadFromAssemblyPath(path).GetCustomAttributesData()
            .Where(a => a.AttributeType.Name == nameof(DebuggableAttribute))
            .Any(a => ((DebuggableAttribute.DebuggingModes)(int)a.ConstructorArguments[0].Value!).HasFlag(DebuggableAttribute.DebuggingModes.DisableOptimizations));
        context.Unload();
        Assert.False(isSlow);
    }

    static Model Declaration() => Input(784).Dense(128).Relu().Dense(10).Loss(SoftmaxCrossEntropy)
        .Minimize(AdamW(lr: Warmup(500) * Cosine(2e-3, steps: 8_600, final: 1e-5)));

    string Idx(string name) => DrawnDigits.Write(folder[name]);
}
