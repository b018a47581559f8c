using OptDsl.Fuzz;
using OptDsl.Testing;
using Xunit;

namespace OptDsl.Tests.Fuzz;

/// <summary>Bugs that libraries had are caught by the one line that a user writes, and what they should have been is not.</summary>
public class LedgerTests
{
    public static TheoryData<string> Bugs => [.. Ledger.Bugs.Select(b => b.What)];

    [Theory]
    [MemberData(nameof(Bugs))]
    public void The_bug_is_caught(string what)
    {
        var bug = Ledger.Bugs.Single(b => b.What == what);
        Assert.NotNull(LedgerCommand.Verdict(bug));
        if (bug.Right is { } right) Check.Laws(right, like: right);
    }
}
