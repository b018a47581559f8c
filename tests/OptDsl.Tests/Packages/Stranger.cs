using OptDsl.Tests.Examples;

namespace OptDsl.Tests.Packages;

/// <summary>What somebody writes who has only the packages.</summary>
static class Stranger
{
    public static string Project(string version) => Project($"""<PackageReference Include="OptDsl" Version="{version}" />""", "<OutputType>Exe</OutputType>");

    /// <summary>A library in a package, whose reference to OptDsl is the README's.</summary>
    public static string Parts(string version) => Project(Fence.Marked("shared reference").Replace("0.1.0", version) + Usings, "<Version>1.2.3</Version><Description>Parts</Description><NoWarn>$(NoWarn);CS1591</NoWarn>");

    /// <summary>A project that has OptDsl through the library alone.</summary>
    public static string User { get; } = Project("""<PackageReference Include="Parts" Version="1.2.3" /><Using Include="Nets" />""" + Usings, "<OutputType>Exe</OutputType>");

    /// <summary>What the README's blocks have at the top of their files.</summary>
    const string Usings = """<Using Include="OptDsl" /><Using Include="OptDsl.Dsl" Static="true" />""";

    public const string UserProgram = """
        float[] x = [.. Enumerable.Range(0, 64).Select(i => i / 32f - 1)], cubes = [.. x.Select(v => v * v * v)];
        using var curve = new Curve(seed: 1, maxBatch: 64);
        double before = curve.Evaluate(x, cubes);
        for (int i = 0; i < 300; i++) curve.Learn(x, cubes);
        Console.WriteLine($"curve {(curve.Evaluate(x, cubes) < before / 10 ? "fell" : "stayed")}");
        """;

    static string Project(string reference, string properties) => $"""
        <Project Sdk="Microsoft.NET.Sdk">
          <PropertyGroup>
            {properties}
            <TargetFramework>net10.0</TargetFramework>
            <Nullable>enable</Nullable>
            <ImplicitUsings>enable</ImplicitUsings>
            <TreatWarningsAsErrors>true</TreatWarningsAsErrors>
            <AnalysisLevel>latest-recommended</AnalysisLevel>
            <EnforceCodeStyleInBuild>true</EnforceCodeStyleInBuild>
            <GenerateDocumentationFile>true</GenerateDocumentationFile>
          </PropertyGroup>
          <ItemGroup>
            {reference}
          </ItemGroup>
        </Project>
        """;

    /// <summary>One model beside the program, with a layer and a rule of the stranger's own.</summary>
    public const string Program = """
        using OptDsl;
        using Shop.Models;
        using static OptDsl.Dsl;

        float[] x = [.. Enumerable.Range(0, 64).Select(i => i / 32f - 1)], cubes = [.. x.Select(v => v * v * v)];
        using var curve = new Curve(seed: 1, maxBatch: 64);
        double before = curve.Evaluate(x, cubes);
        for (int i = 0; i < 300; i++) curve.Learn(x, cubes);
        Console.WriteLine($"curve {(curve.Evaluate(x, cubes) < before / 10 ? "fell" : "stayed")}");

        int[] labels = [.. x.Select(v => v > 0 ? 1 : 0)];
        using var sides = new Shop.Models.Inner.Sides(seed: 2, maxBatch: 64);
        before = sides.Evaluate(x, labels);
        foreach (var step in sides.Train(Enumerable.Repeat(new Batch(64, x, labels), 300)).Every(100)) Console.WriteLine(step);
        Console.WriteLine($"sides {(sides.Evaluate(x, labels) < before / 10 ? "fell" : "stayed")}");

        internal sealed partial class Curve
        {
            [Compile]
            static Model Model => Input(1).Gated(16).Dense(1).Loss(SquaredError).Minimize(Rules.Lion(lr: 3e-3));
        }
        """;

    /// <summary>The other model, public, in a nested namespace.</summary>
    public const string Library = """
        using OptDsl;
        using static OptDsl.Dsl;

        namespace Shop.Models
        {
            internal static class Layers
            {
                public static Expr Gated(this Expr x, int units) => Tanh(x.Dense(units)) * Sigmoid(x.Dense(units));
            }

            internal static class Rules
            {
                /// <summary>The sign of an interpolated momentum.</summary>
                public static Rule Lion(Expr lr, double b1 = 0.9, double b2 = 0.99) =>
                    Rule.Of((g, m) => (lr * Sign(b1 * m + (1 - b1) * g), b2 * m + (1 - b2) * g));
            }

            namespace Inner
            {
                /// <summary>Which side of zero a number is on.</summary>
                public sealed partial class Sides
                {
                    [Compile]
                    static Model Model => Input(1).Dense(8).Relu().Dense(2).Loss(SoftmaxCrossEntropy).Minimize(Adam(1e-2));
                }
            }
        }
        """;

    /// <summary>The first model as an F# script.</summary>
    public static string Script(string feed) => $$"""
        #i "nuget: {{feed}}"
        #r "nuget: OptDsl.Scripting"
        open OptDsl
        open type OptDsl.Dsl

        let gated (units: int) (x: Expr) = tanh (x.Dense units) * Sigmoid(x.Dense units)
        let lion (lr: float) = Rule.Of(fun g m -> lr * Sign(0.9 * m + 0.1 * g), 0.99 * m + 0.01 * g)

        let x = [| for i in 0 .. 63 -> float32 i / 32.0f - 1.0f |]
        let cubes = [| for v in x -> v * v * v |]
        let batch = Batch(64, x, cubes)

        let curve = (Input 1 |> gated 16).Dense(1).Loss(SquaredError).Minimize(lion 3e-3).Compile(seed = 1)
        let before = curve.Evaluate batch
        for step in curve.Train(Seq.replicate 300 batch).Every(100) do printfn $"{step}"
        printfn "curve %s" (if curve.Evaluate batch < before / 10.0 then "fell" else "stayed")
        """;

    /// <summary>A script that checks a rule, right and with a slip.</summary>
    public static string Checks(string feed) => $$"""
        #i "nuget: {{feed}}"
        #r "nuget: OptDsl.Testing"
        open OptDsl
        open OptDsl.Testing
        open type OptDsl.Dsl

        let lion b2 = Rule.Of(fun g m -> 1e-3 * Sign(0.9 * m + 0.1 * g), b2 * m + (1.0 - b2) * g)
        Check.Laws(lion 0.99, like = lion 0.99) |> ignore
        printfn "lion keeps its laws"
        try Check.Laws(lion 0.01, like = lion 0.99) |> ignore
        with :? LawException as fault -> printfn $"the slip is found\n{fault.Message}"
        """;
}
