using OptDsl.Fuzz;
using OptDsl.Testing;
using Xunit;

namespace OptDsl.Tests.Rules;

/// <summary>Where conventions meet, and where they part.</summary>
public class CoincidenceTests
{
    static readonly Dictionary<string, Coincidence> same = Coincidence.Same.ToDictionary(c => c.ToString()), different = Coincidence.Different.ToDictionary(c => c.ToString());

    public static TheoryData<string> Same => [.. same.Keys];

    public static TheoryData<string> Different => [.. different.Keys];

    [Theory]
    [MemberData(nameof(Same))]
    public void Two_conventions_are_one(string name) => same[name].CheckSame();

    [Theory]
    [MemberData(nameof(Different))]
    public void Two_conventions_differ(string name) => Assert.Throws<LawException>(different[name].CheckSame);
}
