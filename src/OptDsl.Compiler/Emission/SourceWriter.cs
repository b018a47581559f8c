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
        var end = lines.Length;
        while (end > 0 && lines[end - 1] == '\n') end--;
        for (var start = 0; start <= end;)
        {
            var stop = lines.IndexOf('\n', start, end - start);
            if (stop < 0) stop = end;
            if (stop > start) text.Append(' ', 4 * depth).Append(lines, start, stop - start);
            text.Append('\n');
            start = stop + 1;
        }
    }

    public override string ToString() => text.ToString();
}
