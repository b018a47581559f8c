using System;
using System.Text;

namespace OptDsl.Compiler;

/// <summary>Indented lines, <c>\n</c> on every host.</summary>
internal sealed class SourceWriter
{
    readonly StringBuilder text = new();
    int depth;

    public void Line(string line = "")
    {
        if (line.Length > 0) text.Append(' ', 4 * depth).Append(line);
        text.Append('\n');
    }

    /// <summary>A header line and a block in braces.</summary>
    public void Block(string header, Action body)
    {
        Line(header);
        Line("{");
        depth++;
        body();
        depth--;
        Line("}");
    }

    /// <summary>Lines written elsewhere, indented to here.</summary>
    public void Lines(string lines)
    {
        foreach (var line in lines.TrimEnd('\n').Split('\n')) Line(line);
    }

    public override string ToString() => text.ToString();
}
