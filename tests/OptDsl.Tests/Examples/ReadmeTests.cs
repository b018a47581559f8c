using System.Reflection;
using System.Text.RegularExpressions;
using OptDsl.Tests.Runtime;
using Xunit;

namespace OptDsl.Tests.Examples;

/// <summary>Every block of README.md is a part of something that runs, or is what it printed.</summary>
[Collection(nameof(Example))]
public sealed partial class ReadmeTests : IDisposable
{
    static readonly IReadOnlyList<Fence> fences = Fence.Of(Repository.Text("README.md"));

    readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Every_block_of_code_is_marked_and_its_mark_is_checked()
    {
        Assert.Equal(Repository.Text("README.md").Split('\n').Count(line => line.StartsWith("```", StringComparison.Ordinal)), 2 * fences.Count);
        Assert.All(fences, fence => Assert.True(fence.Language switch
        {
            "csharp" or "fsharp" => fence.Mark is "refused" or "emitted Update" or "shared parts" or "shared use" || IsRegion(fence.Mark),
            "xml" => fence.Mark is "shared reference",
            "sh" => fence.Mark is "main" or "test" or "script",
            "" => fence.Mark is "output examples/digits.cs" or "output examples/learner.cs" or "output examples/check.fsx" or "output of refused",
            _ => false,
        }, $"'{fence.Mark}' {fence.Language}"));
    }

    [Fact]
    public void Code_is_what_stands_in_the_examples()
    {
        foreach (Fence fence in fences.Where(f => IsRegion(f.Mark)))
        {
            string[] parts = fence.Mark.Split(' ');
            Assert.Equal(Region.Of(Repository.Text(parts[0]), parts[1]), fence.Text);
        }
    }

    [Fact]
    public void Every_layer_loss_and_start_is_named()
    {
        string readme = Repository.Text("README.md");
        var words = new[] { typeof(Fluent), typeof(Init), typeof(Dsl) }.SelectMany(type => type.GetMembers(BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly))
            .Where(m => m.DeclaringType == typeof(Dsl) ? Returned(m) == typeof(LossFunction) : Returned(m) == typeof(Expr) || Returned(m) == typeof(Init));
        Assert.All(words.Select(m => m.Name).Except(["Apply", "Loss", .. typeof(Expr).GetMembers().Select(m => m.Name)]).Distinct(), name => Assert.Matches($@"\b{name}\b", readme));

        static Type? Returned(MemberInfo member) => member is MethodInfo { IsSpecialName: false } method ? method.ReturnType : (member as PropertyInfo)?.PropertyType;
    }

    [Fact]
    public void Every_example_is_run_by_a_test()
    {
        string tests = string.Concat(Directory.GetFiles(Path.Combine(Repository.Root, "tests/OptDsl.Tests/Examples")).Select(File.ReadAllText));
        foreach (string path in Directory.GetFiles(Path.Combine(Repository.Root, "examples")).Where(p => Path.GetExtension(p) is ".cs" or ".fsx" && !Path.GetFileName(p).StartsWith("optdsl.", StringComparison.Ordinal)))
            Assert.Contains($"\"{Path.GetFileName(path)}\"", tests, StringComparison.Ordinal);
    }

    [Fact]
    public void The_first_command_prints_lines_like_these()
    {
        // The figures are MNIST's; here are drawn digits, and other times.
        Printed printed = Example.Run(folder.Path, "digits.cs", "--data", DrawnDigits.Write(folder["data"]));
        Assert.True(printed.ExitCode == 0, printed.ToString());
        var lines = new Queue<string>(printed.Lines.Select(Shape));
        foreach (string line in Fence.Marked("output examples/digits.cs").TrimEnd('\n').Split('\n').Where(l => l != "…"))
        {
            while (lines.TryPeek(out string? next) && next != Shape(line)) lines.Dequeue();
            Assert.True(lines.TryDequeue(out _), $"nothing like '{line}' was printed (in this order):\n{printed}");
        }
        Assert.Empty(lines);
    }

    [Fact]
    public void The_learner_prints_this()
    {
        Printed printed = Example.Run(folder.Path, "learner.cs");
        Assert.True(printed.ExitCode == 0, printed.ToString());
        Assert.Equal(Fence.Marked("output examples/learner.cs"), printed.Output.ReplaceLineEndings("\n"));
    }

    [Fact]
    public void The_generator_writes_this()
    {
        Example.Build("examples/digits.cs");
        string file = Directory.GetFiles(Path.Combine(Repository.Root, "artifacts/generated/digits.cs"), "Digits.*.g.cs", SearchOption.AllDirectories).Single();
        Assert.Contains(Unindented(Fence.Marked("emitted Update")), Unindented(File.ReadAllText(file).ReplaceLineEndings("\n")), StringComparison.Ordinal);
    }

    [Fact]
    public void The_mistake_is_refused_with_this_text()
    {
        File.WriteAllText(folder["Directory.Build.props"], $"""<Project><Import Project="{Repository.Root}/examples/Directory.Build.props" /></Project>""");
        string usings = "using OptDsl;\nusing static OptDsl.Dsl;\nreturn;\n";
        File.WriteAllText(folder["refused.cs"], usings + Fence.Marked("refused"));
        Printed printed = Shell.Dotnet(folder.Path, "build", "refused.cs");
        Assert.NotEqual(0, printed.ExitCode);
        string error = Assert.Single(printed.Lines.Where(line => line.Contains(": error ", StringComparison.Ordinal)).Distinct());
        Assert.StartsWith($"{folder["refused.cs"]}(7,47): {Fence.Marked("output of refused").TrimEnd()} (http", error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_script_is_told_the_same()
    {
        var mistake = Assert.Throws<OptDslException>(() => Dsl.Input(8).Apply(x => x + x.Dense(4)));
        Assert.Equal(Fence.Marked("output of refused").TrimEnd(), $"error {mistake.Message}");
    }

    static bool IsRegion(string mark) => RegionMark().IsMatch(mark);

    /// <summary>The line without its figures, and how wide they are.</summary>
    static string Shape(string line) => Spaces().Replace(Number().Replace(Braille().Replace(line, "~"), "0"), " ").Trim();

    static string Unindented(string text) => string.Join('\n', text.Split('\n').Select(line => line.TrimStart()));

    [GeneratedRegex(@"^examples/[\w.-]+\.(cs|fsx) \w+$")]
    private static partial Regex RegionMark();

    [GeneratedRegex(@"\d+(\.\d+)?(E-?\d+)?")]
    private static partial Regex Number();

    [GeneratedRegex(@"[\u2800-\u28ff]+")]
    private static partial Regex Braille();

    [GeneratedRegex(@" +")]
    private static partial Regex Spaces();
}
