using System;
using System.Collections.Generic;
using System.Linq;

namespace OptDsl.Compiler;

/// <summary>The statements of a method, each with the test that guards it; a run of one test is one <c>if</c>.</summary>
internal sealed class Lines
{
    readonly List<(object Line, string Test)> lines = [];

    public void Add(object line, string test = "") => lines.Add((line, test));

    /// <summary>The text, after <paramref name="join"/> has made one of neighbours where it can.</summary>
    public string ToString(Func<object, object, object?> join)
    {
        var text = new SourceWriter();
        for (var i = 0; i < lines.Count;)
        {
            var test = lines[i].Test;
            var run = new List<object>();
            for (; i < lines.Count && lines[i].Test == test; i++)
                if (run.Count > 0 && join(run[run.Count - 1], lines[i].Line) is { } one) run[run.Count - 1] = one;
                else run.Add(lines[i].Line);
            var body = string.Join("\n", run.Select(l => l.ToString()!.TrimEnd('\n')));
            if (test.Length == 0) text.Lines(body);
            else text.Block($"if ({test})", () => text.Lines(body));
        }
        return text.ToString();
    }
}
