using System;
using System.Collections.Generic;
using System.Linq;

namespace OptDsl.Compiler;

/// <summary>
/// The statements of a method, each with the test that guards it; a run of one test is one <c>if</c>. Many lines become functions of so many each,
/// since the JIT does not optimise a method of more than 20,000 instructions.
/// </summary>
internal sealed class Lines
{
    const int Most = 400, Together = 200;

    readonly List<(object Line, string Test)> lines = [];

    public void Add(object line, string test = "") => lines.Add((line, test));

    /// <summary>The text, after <paramref name="join"/> has made one of neighbours where it can; parts get a <paramref name="fresh"/> name.</summary>
    public string ToString(Func<object, object, object?> join, Func<string, string> fresh)
    {
        var joined = new List<(object Line, string Test)>();
        foreach (var (line, test) in lines)
            if (joined.Count > 0 && joined[joined.Count - 1] is var last && last.Test == test && join(last.Line, line) is { } one) joined[joined.Count - 1] = (one, test);
            else joined.Add((line, test));
        var statements = joined.Select(j => (Text: j.Line.ToString()!.TrimEnd('\n'), j.Test)).ToList();
        var text = new SourceWriter();
        if (statements.Sum(s => Length(s.Text)) <= Most) Write(text, statements);
        else Parts(text, statements, fresh);
        return text.ToString();
    }

    static int Length(string text) => text.Count(c => c == '\n') + 1;

    static void Write(SourceWriter text, IReadOnlyList<(string Text, string Test)> statements)
    {
        for (var i = 0; i < statements.Count;)
        {
            var test = statements[i].Test;
            var run = new List<string>();
            for (; i < statements.Count && statements[i].Test == test; i++) run.Add(statements[i].Text);
            var body = string.Join("\n", run);
            if (test.Length == 0) text.Lines(body);
            else text.Block($"if ({test})", () => text.Lines(body));
        }
    }

    /// <summary>Functions inside the method, which see its locals. What declares one, the loss, and what returns it stay outside.</summary>
    static void Parts(SourceWriter text, IReadOnlyList<(string Text, string Test)> statements, Func<string, string> fresh)
    {
        var (parts, part, length, role) = (new List<(string Name, List<(string, string)> Statements)>(), new List<(string, string)>(), 0, "Forward");
        foreach (var statement in statements)
        {
            var isOutside = statement.Text.StartsWith("var ", StringComparison.Ordinal) || statement.Text.StartsWith("return ", StringComparison.Ordinal);
            if (length >= Together || isOutside) End();
            if (!isOutside)
            {
                part.Add(statement);
                length += Length(statement.Text);
                continue;
            }
            text.Lines(statement.Text);
            role = "Backward";
        }
        End();
        foreach (var (name, inside) in parts)
        {
            text.Line();
            text.Block($"void {name}()", () => Write(text, inside));
        }

        void End()
        {
            if (part.Count == 0) return;
            parts.Add((fresh(role), part));
            text.Line(parts[parts.Count - 1].Name + "();");
            (part, length) = ([], 0);
        }
    }
}
