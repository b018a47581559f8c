namespace OptDsl.Fuzz;

/// <summary>The variables of a block, by the rule of C#: a name that is visible means one thing, except that it may hide a field.</summary>
sealed class Scope(Scope? outer, bool isFields = false)
{
    readonly Dictionary<string, Cell> cells = [];

    public C Declare<C>(string name, C cell) where C : Cell
    {
        for (var scope = this; scope is not null && (scope == this || !scope.IsFields); scope = scope.Outer)
            if (scope.cells.ContainsKey(name)) throw new FormatException($"{name} is declared twice");
        cells.Add(name, cell);
        return cell;
    }

    public Cell? Find(string name) => cells.TryGetValue(name, out var cell) ? cell : Outer?.Find(name);

    Scope? Outer { get; } = outer;

    bool IsFields { get; } = isFields;
}
