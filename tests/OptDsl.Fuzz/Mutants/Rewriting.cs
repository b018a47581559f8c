using OptDsl.Compiler;

namespace OptDsl.Fuzz;

/// <summary>What a wrong pass does to one value: another value, or null to leave it. Gets the value as it was and its operands as they are now.</summary>
delegate Value? Rewrite(GraphBuilder b, Value value, Value[] x);

/// <summary>Graphs with values replaced.</summary>
static class Rewriting
{
    public static Graph Run(Graph graph, Rewrite rewrite)
    {
        var build = new GraphBuilder();
        var made = new Dictionary<Value, Value>();
        foreach (var value in graph.Values)
        {
            Value[] x = [.. value.Operands.Select(o => made[o])];
            var now = rewrite(build, value, x) ?? build.Rebuild(value, x);
            // Below it all shapes stay as they are, so a rewrite that does not fit is none.
            made[value] = now.Extent.Equals(value.Extent) && (now.Element == Element.Truth) == (value.Element == Element.Truth) ? now : build.Rebuild(value, x);
        }
        return new(graph.Roots.Map(v => made[v]));
    }
}
