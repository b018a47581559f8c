using FsCheck;
using FsCheck.Fluent;

namespace OptDsl.Tests.Runtime;

/// <summary>Runs a property so that a false one fails the test; the message holds the shrunk case and the seed.</summary>
static class Properties
{
    public static void Hold(Property property, int cases = 200) => property.Check(Config.QuickThrowOnFailure.WithMaxTest(cases));
}
