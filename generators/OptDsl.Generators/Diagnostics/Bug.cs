using System;
using System.Linq;

namespace OptDsl.Generators;

/// <summary>One line about an exception of ours, the same on every machine.</summary>
internal static class Bug
{
    public static string Describe(Exception bug) =>
        bug.GetType().Name + ": " + bug.Message.Split('\r', '\n').First() + " in " + (bug.TargetSite?.DeclaringType?.Name ?? "?") + "." + (bug.TargetSite?.Name ?? "?");
}
