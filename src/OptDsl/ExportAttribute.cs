using System;
using System.ComponentModel;

namespace OptDsl;

/// <summary>
/// Lets declarations of other projects use a static member at build time: a layer, a rule, a schedule, a setting. On a class or
/// struct it exports all public members. The source files that it needs travel inside the assembly.
/// </summary>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Property | AttributeTargets.Field | AttributeTargets.Class | AttributeTargets.Struct)]
public sealed class ExportAttribute : Attribute;

/// <summary>One source file that exported members need. The generator writes it; there is no reason to write it by hand.</summary>
/// <param name="version">The version of the language that the source is written in.</param>
/// <param name="dialect">How its C# is read: the version of C#, <c>checked</c>, and the symbols of <c>#if</c>.</param>
/// <param name="path">The name of the file.</param>
/// <param name="text">What stands in it.</param>
[AttributeUsage(AttributeTargets.Assembly, AllowMultiple = true)]
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class ExportedAttribute(string version, string dialect, string path, string text) : Attribute
{
    /// <summary>The version of the language that the source is written in.</summary>
    public string Version { get; } = version;

    /// <summary>How its C# is read.</summary>
    public string Dialect { get; } = dialect;

    /// <summary>The name of the file.</summary>
    public string Path { get; } = path;

    /// <summary>What stands in it.</summary>
    public string Text { get; } = text;
}
