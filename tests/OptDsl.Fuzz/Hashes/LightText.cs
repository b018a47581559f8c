using System.Text.RegularExpressions;
using OptDsl.Runtime;

namespace OptDsl.Fuzz;

/// <summary>
/// Emitted text made cheap to compile: the same kernels, called in the same order, for one vector. Compiling what is shipped takes
/// ten times as long, and most of that is not what the bits depend on. Dropped are the typed doors, comments, file scopes (a
/// namespace per network instead), the attributes that make the JIT work hard, all methods but Learn and what is not called; sinks of products are called,
/// not inlined.
/// </summary>
static partial class LightText
{
    /// <param name="emitted">What the compiler emits for the class <c>Model</c> + index.</param>
    /// <param name="index">Its place in the compilation.</param>
    /// <param name="precision">float or double.</param>
    /// <param name="width">The only vector.</param>
    public static string Of(string emitted, int index, Precision precision, VectorWidth width)
    {
        var text = emitted[emitted.IndexOf("namespace OptDsl.Generated", StringComparison.Ordinal)..];
        var number = precision == Precision.Single ? "float" : "double";
        var vector = width switch { VectorWidth.Bits512 => "Vec512", VectorWidth.Bits256 => "Vec256", VectorWidth.Bits128 => "Vec128", _ => "Vec1" };
        text = Comments().Replace(text, "");
        text = Attributes().Replace(text, "");
        text = FileScopes().Replace(text, "");
        text = text.Replace("namespace OptDsl.Generated", $"namespace {Namespace(index)}").Replace("static class", "public static class")
            .Replace("using global::OptDsl.Runtime;", $"using global::OptDsl.Runtime; using V = global::OptDsl.Runtime.{vector}<{number}>;");
        // With one vector the class is not generic: V is a name for it.
        text = GenericClass().Replace(text, "class Steps : $1").Replace($"public Model{index}Program(Workspace", "public Steps(Workspace");
        text = Widths().Replace(text, "Program = (workspace, width) => new Steps(workspace),\n");
        text = Summary().Replace(text, "Summary = [],\n");
        text = Plan().Replace(text, "");
        text = Steps().Replace(text, m => m.Groups[1].Value is "Learn" or "Start" ? m.Value : m.Groups[0].Value.Split('\n')[0] + " => throw new System.NotSupportedException();\n");
        text = Called(text);
        return OwnSinks().Replace(text, $"$1global::OptDsl.Fuzz.BoxedSink<{number}>(new $2));");
    }

    /// <summary>Without the kernels and sinks that nothing calls.</summary>
    static string Called(string text)
    {
        while (true)
        {
            // Its own declaration is the first place that names it.
            var fewer = Kernels().Replace(text, m => text.Split($" {m.Groups[2].Value}(").Length > 2 ? m.Value : "");
            if (fewer.Length == text.Length) return text;
            text = fewer;
        }
    }

    /// <summary>The class that holds the definition.</summary>
    public static string Class(int index) => $"{Namespace(index)}.Model{index}Program";

    static string Namespace(int index) => "Light" + index;

    [GeneratedRegex(@"^ *//.*\n", RegexOptions.Multiline)]
    private static partial Regex Comments();

    [GeneratedRegex(@"^ *\[MethodImpl\(.*\)\]\n", RegexOptions.Multiline)]
    private static partial Regex Attributes();

    [GeneratedRegex(@"(?<=^ *)file ", RegexOptions.Multiline)]
    private static partial Regex FileScopes();

    [GeneratedRegex(@"class \w+<V> : (StepProgram<\w+>) where V : .*")]
    private static partial Regex GenericClass();

    [GeneratedRegex(@"Program = \(workspace, width\).*?\},\n", RegexOptions.Singleline)]
    private static partial Regex Widths();

    [GeneratedRegex(@"Summary =\n *\[.*?\n *\],\n", RegexOptions.Singleline)]
    private static partial Regex Summary();

    [GeneratedRegex(@"(Kernels|Buffers) = \(\) =>\n? *\[.*?\],\n", RegexOptions.Singleline)]
    private static partial Regex Plan();

    [GeneratedRegex(@"^        public override \w+ (\w+)\(.*?^        \}\n", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Steps();

    [GeneratedRegex(@"^(    |        )(?:readonly struct|static void) (\w+)\(.*?^\1\}\n\n?", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Kernels();

    [GeneratedRegex(@"^( *MatMul<.*, new )(\w+\(.*\))\);$", RegexOptions.Multiline)]
    private static partial Regex OwnSinks();
}
