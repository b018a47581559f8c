// Loops, branches, switches and patterns.

partial class Loops
{
    [Compile]
    static Model Model
    {
        get
        {
            var x = Input(10);
            var width = 64;
            while (width > 10) { x = x.Dense(width); width /= 2; if (width == 16) continue; x = x.Relu(); }
            do { width--; } while (width > 3);
            var sum = 0;
            for (int i = 0, j = 10; i < j; i++, j--)
            {
                if (i == 3) continue;
                foreach (var c in "abc") { if (c == 'c') break; sum += c - 'a'; }
                sum += i * j;
            }
            for (; ; ) { if (++sum % 7 == 0) break; }
            return x.Dense(width).Loss(SquaredError).Minimize(Sgd(sum / 1000.0));
        }
    }
}

partial class Switches
{
    enum Kind { Linear, Relu, Tanh = 5, Soft }

    static Expr Activate(Expr x, Kind kind) => kind switch
    {
        Kind.Relu => x.Relu(),
        Kind.Tanh => x.Tanh(),
        Kind.Soft when x.Shape[0] > 3 => x.Softplus(),
        Kind.Soft or Kind.Linear => x,
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    static int Units(string name)
    {
        switch (name)
        {
            case "small":
            case "tiny":
                return 2;
            case { Length: > 4 and < 7 } when name.StartsWith('m'):
                var half = name.Length / 2;
                return half * 2;
            case null:
                return -1;
            default:
                if (name.Length == 5) break;
                return 4;
        }
        return 5;
    }

    [Compile]
    static Model Model
    {
        get
        {
            var x = Input(4);
            foreach (var kind in new[] { Kind.Relu, Kind.Tanh, Kind.Soft, (Kind)6, Kind.Linear })
                foreach (var name in new[] { "small", "medium", "large", "huge" })
                    x = Activate(x.Dense(Units(name)), kind);
            return x.Loss(SquaredError).Minimize(Sgd(0.1));
        }
    }
}

abstract record Spec;
sealed record DenseSpec(int Units, string? Activation = null) : Spec;
sealed record ScaleSpec(double By) : Spec;
sealed record Many(params Spec[] Parts) : Spec;

partial class Patterns
{
    static Expr Build(Expr x, Spec spec) => spec switch
    {
        DenseSpec(var units, null) => x.Dense(units),
        DenseSpec { Units: > 0 and <= 8, Activation: "relu" or "RELU" } d => x.Dense(d.Units).Relu(),
        DenseSpec { Activation.Length: 4 } d => x.Dense(d.Units).Tanh(),
        ScaleSpec { By: 1 or 0 } => x,
        ScaleSpec(double by) when by is not < 0 => by * x,
        Many { Parts: [] } => x,
        Many { Parts: [var only] } => Build(x, only),
        Many { Parts: [var first, .. var rest] } => Build(Build(x, first), new Many(rest)),
        _ => throw new NotSupportedException(),
    };

    static double Describe(object? o) => o switch
    {
        null => 0,
        int i and (< 0 or > 100) => -i,
        int i => i,
        double.NaN => 77,
        double d => d,
        string { Length: 0 } => 1000,
        string s => s.Length,
        (int a, int b) => a * b,
        int[] { Length: var n } and [1, .., 3] => n + 0.5,
        int[] and [.., > 5 and var last] => last,
        IEnumerable<int> sequence => sequence.Sum(),
        true => 42,
        not null => -1,
    };

    [Compile]
    static Model Model
    {
        get
        {
            Spec spec = new Many(new DenseSpec(8), new DenseSpec(5, "relu"), new ScaleSpec(0.5), new Many(), new DenseSpec(9, "tanh"), new ScaleSpec(1));
            object?[] things = [null, 7, 101, -3, 2.5, double.NaN, "", "four", (6, 7), new[] { 1, 2, 3 }, new[] { 4, 9 }, new List<int> { 1, 2 }, true, 'x', 5L];
            var w = Parameter(things.Select(Describe).ToArray());
            var pair = (Left: 3, Right: "r");
            var more = pair is { Left: 3, Right: ['r'] } && pair is not (4, _) && things is [null, int, .., long] ? 0.25 : 0.5;
            return (Build(Input(4), spec).Loss(SquaredError) + more * Square(w).Sum()).Minimize(Sgd(0.1));
        }
    }
}

partial class Nulls
{
    sealed class Options
    {
        public Options? Inner { get; set; }

        public int? Units { get; set; }

        public string Name() => Inner?.Name() ?? "leaf";
    }

    [Compile]
    static Model Model
    {
        get
        {
            var options = new Options { Inner = new() { Units = 3 } };
            int? absent = null, present = 4;
            var units = options.Units ?? options.Inner?.Units ?? 9;
            options.Units ??= options.Inner!.Inner?.Units ?? 2;
            options.Units ??= 100;
            Expr? maybe = absent is null ? null : Input(1);
            var x = (maybe ?? Input(5)).Dense(units + (absent ?? 0) + (present.HasValue ? present.Value : 0));
            double? d = present * 2.5;
            var lifted = (absent + present is null) && !(absent > 1) && (present > 3) == true && absent != present;
            x = x.Dense(options.Units.Value).Named(options.Name()).Dense(lifted ? absent.GetValueOrDefault(6) : 1);
            return x.Loss(SquaredError).Minimize(Sgd((d ?? 0) / 100));
        }
    }
}
