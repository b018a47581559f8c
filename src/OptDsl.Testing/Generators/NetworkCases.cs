namespace OptDsl.Testing;

/// <summary>Which words random networks may use.</summary>
/// <param name="Widest">The largest width.</param>
/// <param name="IsDifferentiable">Only what has its gradient as derivative nearly everywhere: no <c>StopGradient</c>, no value against itself.</param>
/// <param name="HasData">Null where either will do.</param>
/// <param name="HasFound">Also the layers and functions that reflection finds, so that another one changes what a number stands for.</param>
internal sealed record NetworkStyle(int Widest = 70, bool IsDifferentiable = false, bool? HasData = null, bool HasFound = true);

/// <summary>Random networks: the language itself says which words fit which values.</summary>
internal sealed class NetworkCases
{
    const int Largest = 70 * 70;

    /// <summary>Around the lengths of vectors and panels.</summary>
    static readonly int[] edges = [1, 2, 3, 4, 5, 8, 15, 16, 17, 24, 31, 32, 33, 47, 48, 49, 63, 64, 65, 70];

    readonly Dice dice;
    readonly NetworkStyle style;
    readonly int[] widths;
    readonly List<Line> lines = [];
    readonly List<Expr> values = [];
    int scopes;

    NetworkCases(Dice dice, NetworkStyle style)
    {
        (this.dice, this.style) = (dice, style);
        var fitting = edges.Where(e => e <= style.Widest).ToArray();
        widths = [.. Enumerable.Range(0, dice.Between(1, 4)).Select(_ => dice.Chance(0.6) ? dice.One<int>(fitting) : dice.Between(1, style.Widest))];
    }

    int Width => dice.One<int>(widths);

    /// <summary>A network of about this many lines.</summary>
    public static NetworkCase Random(Dice dice, int length, NetworkStyle style)
    {
        while (true)
            if (new NetworkCases(dice, style).Make(length) is { } made) return made;
    }

    NetworkCase? Make(int length)
    {
        var hasData = style.HasData ?? dice.Chance(0.9);
        if (hasData)
            for (var inputs = dice.Between(1, 2); inputs > 0; inputs--) Data();
        else Trained();
        for (var i = 0; i < length; i++)
            if (hasData && dice.Chance(0.35)) Layer();
            else Step();
        var terms = new List<LossTerm>();
        for (var i = dice.Between(1, dice.Chance(0.5) ? 1 : 3); i > 0; i--) if (Term(i, hasData) is { } term) terms.Add(term);
        var network = new NetworkCase(lines, terms);
        return terms.Count > 0 && Cases.IsModel(network) ? network.Pruned() : null;
    }

    void Data()
    {
        if (dice.Chance(0.15)) Add(Words.Image, [], [dice.Between(1, 6), dice.Between(1, 6), dice.Chance(0.7) ? dice.Between(1, 4) : Math.Min(Width, 20)]);
        else if (dice.Chance(0.75)) Add(Words.Vector, [], [Width]);
        else if (dice.Chance(0.6)) Add(Words.Matrix, [], [dice.Between(1, 6), Width]);
        else if (dice.Chance(0.3)) Add(Words.Scalar, [], []);
        else
        {
            if (dice.Chance(0.5)) Add(Words.Integers, [], [dice.Between(1, 6)]);
            else Add(Words.Integer, [], []);
            if (dice.Chance(0.8)) Add(dice.One(Words.Picks), [values.Count - 1], [Width]);
        }
    }

    /// <summary>A parameter of its own, which the lines after it may share.</summary>
    void Trained()
    {
        var kind = dice.Between(0, 9);
        if (kind < 3) Add(Words.Weights, [], [Width, Width]);
        else if (kind < 6) Add(Words.Gain, [], [Width]);
        else if (kind < 7) Add(Words.Cube, [], [dice.Between(1, 4), dice.Between(1, 5), Math.Min(Width, 20)]);
        else if (kind < 8) Add(Words.Start, [], []);
        else Add(Words.Number, [], []);
    }

    void Layer()
    {
        var images = Where(v => v.KnownShape!.Rank == 3 && v.Element == Element.Real);
        if (images.Count > 0 && dice.Chance(0.6))
        {
            if (Add(dice.One(Words.Windows), [Recent(images)], [Math.Min(Width, 20)])) Activation();
            return;
        }
        var rows = Where(v => v.Batched && v.KnownShape!.Rank is 1 or 2 && v.Element == Element.Real);
        if (rows.Count == 0) return;
        var x = Recent(rows);
        if (dice.Chance(0.25))
        {
            // One matrix for several products: the same one when there is a fitting one already.
            var fitting = Where(v => !v.Batched && v.KnownShape!.Rank == 2 && v.Shape[0] == values[x].Shape.Last);
            if (fitting.Count > 0 && dice.Chance(0.7)) Add(Words.Product, [x, dice.One<int>(fitting)], []);
            else if (Add(Words.Weights, [], [values[x].Shape.Last, Width])) Add(Words.Product, [x, lines.Count - 1], []);
            return;
        }
        var back = Where(v => !v.Batched && v.KnownShape!.Rank == 2 && v.Shape[1] == values[x].Shape.Last);
        if (back.Count > 0 && dice.Chance(0.5)) Add(Words.Back, [x, dice.One<int>(back)], []);
        else Add(dice.One(Words.Layers), [x], [Width, scopes++]);
        Activation();
    }

    void Activation()
    {
        if (dice.Chance(0.7)) Add(dice.One(dice.Chance(0.6) ? Words.Smooth : Words.Kinked), [values.Count - 1], []);
    }

    void Step()
    {
        for (var tries = 0; tries < 20; tries++)
        {
            var x = dice.Recent(values.Count);
            var kind = dice.Between(0, 19);
            if (kind < 1) { Trained(); return; }
            if (!style.IsDifferentiable && kind == 1 && Add(Words.Constant, [x], [])) return;
            if (style.HasFound && dice.Chance(0.2) && Found()) return;
            var words = kind < 5 ? Words.Smooth : kind < 8 ? Words.Kinked : kind < 11 ? Words.Rows : kind < 13 ? Words.Shapes : Words.Pairs;
            var word = dice.One(words);
            var y = word.Operands < 2 ? [] : dice.Chance(0.8) ? Where(v => Equals(v.KnownShape, values[x].KnownShape)) : [.. Enumerable.Range(0, values.Count)];
            // A value compared with itself is a kink everywhere.
            if (style.IsDifferentiable) y.Remove(x);
            if (word.Operands == 2 && y.Count == 0) continue;
            var rows = values[x].KnownShape!.Rank > 0 ? values[x].Shape[0] : 1;
            var start = dice.Between(0, rows - 1);
            if (Add(word, word.Operands < 2 ? [x] : [x, dice.One<int>(y)], word.Sizes == 0 ? [] : word.Sizes == 1 ? [start] : [start, dice.Between(1, rows - start)])) return;
        }
    }

    /// <summary>A word that reflection found, of the values that it fits.</summary>
    bool Found()
    {
        var word = dice.One(FoundWords.Methods);
        for (var i = values.Count - 1; i >= 0; i--)
        {
            var fitting = Where(v => Equals(v.KnownShape, values[i].KnownShape) && (!style.IsDifferentiable || v != values[i]));
            if (word.Operands == 2 && fitting.Count == 0) continue;
            if (Add(word, word.Operands == 2 ? [i, dice.One<int>(fitting)] : [i], [])) return true;
        }
        return false;
    }

    LossTerm? Term(int number, bool hasData)
    {
        for (var tries = 0; tries < 20; tries++)
        {
            var against = hasData && dice.Chance(0.8);
            var real = Where(v => v.Element == Element.Real && (!against || v.Batched));
            if (real.Count == 0) continue;
            var word = dice.One(!against ? Words.Penalties : style.HasFound && dice.Chance(0.5) ? FoundWords.Losses : Words.Losses);
            var line = new Line(word, [Recent(real)], word.Sizes > 0 ? [number] : []);
            if (Fits(line) is { KnownShape.Rank: 0 }) return new(dice.Chance(0.5) ? 1 : dice.Number(0.05, 2), line);
        }
        return null;
    }

    int Recent(List<int> among) => among[dice.Recent(among.Count)];

    List<int> Where(Func<Expr, bool> condition) => [.. Enumerable.Range(0, values.Count).Where(i => condition(values[i]))];

    bool Add(Word word, IReadOnlyList<int> operands, IReadOnlyList<int> sizes)
    {
        var line = new Line(word, operands, [.. sizes.Take(word.Sizes)]);
        if (Fits(line) is not { } value || value.Shape.Size > Largest) return false;
        lines.Add(line);
        values.Add(value);
        return true;
    }

    Expr? Fits(Line line)
    {
        try
        {
            return line.Word.Make([.. line.Operands.Select(o => values[o])], [.. line.Sizes]);
        }
        catch (OptDslException)
        {
            return null;
        }
    }
}
