using OptDsl.Fuzz;
using Xunit;

namespace OptDsl.Tests.Rules;

/// <summary>Every rule of the library takes the steps of its paper, written down a second time.</summary>
public class TranscriptionTests
{
    static readonly Dictionary<string, Transcription> all = Transcription.All.ToDictionary(t => t.Name);

    public static TheoryData<string> Names => [.. all.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void The_rule_takes_the_steps_of_its_paper(string name) => all[name].Check();
}
