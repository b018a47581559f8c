using OptDsl.Compiler;
using OptDsl.Testing;
using Xunit;

namespace OptDsl.Tests;

/// <summary>Graphs are well formed after every pass, and plans let nothing lie on what is needed still.</summary>
public class VerifierTests
{
    [Fact]
    public void Random_models_have_well_formed_graphs_and_plans() => Law.Holds(ModelCase.Any(), c => Verify(c.Model), 300);

    [Fact]
    public void So_they_have_without_memory_for_gradients() => Law.Holds(ModelCase.Any(), c => Verifier.Check(ModelCompiler.Schedule(ModelCompiler.Optimize(c.Model), consumes: true, part: 0)), 300);

    [Fact]
    public void So_they_have_in_parts() => Law.Holds(ModelCase.Any(), c => Verifier.Check(ModelCompiler.Schedule(ModelCompiler.Optimize(c.Model), consumes: false, part: 3)), 300);

    [Theory]
    [MemberData(nameof(Names))]
    public void What_was_wrong_once_is_well_formed(string name) => Verify(FoundCases.All[name]);

    public static TheoryData<string> Names => [.. FoundCases.All.Keys];

    static void Verify(Model model)
    {
        var graph = Lower.Run(model);
        Verifier.Check(graph);
        foreach (var (_, pass) in ModelCompiler.Passes) Verifier.Check(graph = pass(graph));
        Verifier.Check(ModelCompiler.Schedule(graph));
    }
}
