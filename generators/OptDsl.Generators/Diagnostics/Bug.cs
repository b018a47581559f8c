using System;
using System.Linq;
using Microsoft.CodeAnalysis;

namespace OptDsl.Generators;

/// <summary>
/// Whatever goes wrong in reading the user's code is our mistake, and must show as an error of ours: an exception that leaves a generator is
/// a mere warning (CS8785), and all output of the generator is missing.
/// </summary>
internal static class Bug
{
    /// <summary>Reads what carries an attribute; a bug becomes a diagnostic at its name.</summary>
    public static T Shown<T>(GeneratorAttributeSyntaxContext context, Func<LocationInfo, T> read, Func<LocationInfo, DiagnosticInfo, T> failed)
    {
        var place = Places.Name(context.TargetNode);
        try
        {
            return LargeStack.Run(() => read(place));
        }
        catch (Exception bug) when (bug is not OperationCanceledException)
        {
            return failed(place, DiagnosticInfo.Of(Descriptors.Internal, place, context.TargetSymbol.Name, Describe(bug)));
        }
    }

    /// <summary>One line about an exception of ours, the same on every machine.</summary>
    public static string Describe(Exception bug) =>
        bug.GetType().Name + ": " + bug.Message.Split('\r', '\n').First() + " in " + (bug.TargetSite?.DeclaringType?.Name ?? "?") + "." + (bug.TargetSite?.Name ?? "?");
}
