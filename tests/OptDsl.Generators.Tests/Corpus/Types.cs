// Types of the user's own: records, classes, structs, enums, statics.

namespace Company.Models
{
    public static class Settings
    {
        public const int Hidden = 12;
        public static readonly double Rate = Math.Pow(10, -Digits);
        public static readonly IReadOnlyList<int> Widths = [Hidden, Hidden * 2, Hidden / 3];
        static readonly Dictionary<string, double> rates = new() { ["slow"] = 0.01, ["fast"] = 0.5 };
        private const int Digits = 3;

        public static int Depth { get; } = Widths.Count + 1;

        public static double Named(string name) => rates.TryGetValue(name, out var rate) ? rate : Rate;
    }

    public partial class Outer<T>
    {
        public partial record Holder
        {
            partial class Inner
            {
                [Compile]
                static Model Model => Input(Settings.Depth).Dense(Settings.Widths[^1]).Loss(SquaredError).Minimize(Sgd(Settings.Named("fast") + Settings.Named("?")));
            }
        }
    }
}

abstract class Module(string name)
{
    protected static int made;

    public string Name { get; } = name;

    public virtual string Scope => Name;

    public abstract Expr Forward(Expr x);

    public Expr Call(Expr x) => x.Named(Scope, Forward);
}

class Linear(string name, int units) : Module(name)
{
    readonly int units = units;

    public Init? Weights { get; init; }

    public override Expr Forward(Expr x) => x.Dense(units, weights: Weights);
}

sealed class Activated(string name, int units, Func<Expr, Expr> activation) : Linear(name, units)
{
    public override string Scope => base.Scope + "_act";

    public override Expr Forward(Expr x) => activation(base.Forward(x));
}

class Sequential : Module
{
    readonly List<Module> modules = [];

    public Sequential(string name, params Module[] modules) : base(name)
    {
        this.modules.AddRange(modules);
    }

    public Sequential() : this("empty") { }

    public Module this[int i] => modules[i];

    public static Sequential operator +(Sequential s, Module m) => new(s.Name, [.. s.modules, m]);

    public static implicit operator Sequential(Linear l) => new("one", l);

    public override Expr Forward(Expr x)
    {
        foreach (var m in modules) x = m.Call(x);
        return x;
    }
}

partial class Modules
{
    [Compile]
    static Model Model
    {
        get
        {
            var net = new Sequential("net", new Linear("a", 4) { Weights = Init.Glorot }, new Activated("b", 6, Tanh));
            net += new Activated("c", 3, x => x.Relu());
            Sequential one = new Linear("d", 2);
            var x = one.Call(new Sequential().Call(net.Call(Input(5))));
            return net[1] is Activated { Name: "b" } ? x.Loss(SquaredError).Minimize(Sgd(0.1)) : null!;
        }
    }
}

record Layer2(int Units, double Gain = 1);
record Wide(int Units, int Extra) : Layer2(Units + Extra, 2) { public int Total { get; } = Units * Extra; }
readonly record struct Pair(double A, double B)
{
    public static readonly Pair Zero = default;

    public double Sum => A + B;

    public static Pair operator +(Pair x, Pair y) => new(x.A + y.A, x.B + y.B);

    public static Pair operator *(double s, Pair x) => new(s * x.A, s * x.B);

    public static bool operator <(Pair x, Pair y) => x.Sum < y.Sum;

    public static bool operator >(Pair x, Pair y) => y < x;

    public static explicit operator double(Pair x) => x.Sum;
}

partial class Records
{
    [Compile]
    static Model Model
    {
        get
        {
            var a = new Layer2(3);
            var b = a with { Units = 4, Gain = 0.5 };
            Layer2 w = new Wide(2, 3);
            var (units, gain) = w;
            var same = new Layer2(3) == a && a != b && !w.Equals(new Layer2(5, 2)) && w.Equals(new Wide(2, 3)) && a.ToString() == "Layer2 { Units = 3, Gain = 1 }";
            var p = Pair.Zero + 2 * new Pair(1, 0.5);
            var set = new HashSet<Pair> { p, new(2, 1), new(0, 0) };
            var x = Input(2);
            foreach (var layer in new[] { a, b, w }) x = layer.Gain * x.Dense(layer.Units);
            return x.Dense(units).Dense(same ? set.Count : 1).Loss(SquaredError).Minimize(Sgd((double)p / 10 + gain + (Pair.Zero < p ? 1 : 0) + ((Wide)w).Total));
        }
    }
}

struct Cursor
{
    public int At;
    public (int X, int Y) Last;

    public Cursor(int at) { At = at; Last = (at, -at); }

    public int Next()
    {
        Last.X = At;
        return At++;
    }

    public void Reset() => this = default;
}

partial class Structs
{
    sealed class Holder { public Cursor Cursor; public Cursor[] Many = new Cursor[2]; }

    [Compile]
    static Model Model
    {
        get
        {
            var c = new Cursor(3);
            var copy = c;
            c.Next();
            c.Next();
            copy.At = 40;
            copy.Last.Y = 7;
            var h = new Holder { Cursor = c };
            h.Cursor.Next();
            h.Many[1].At = 5;
            h.Many[1].Next();
            var fresh = h.Cursor;
            fresh.Reset();
            Cursor unset = default;
            unset.Next();
            return Square(Parameter(start: [c.At, copy.At, copy.Last.X, copy.Last.Y, h.Cursor.At, h.Cursor.Last.X, h.Many[0].At, h.Many[1].At, h.Many[1].Last.X, fresh.At, unset.At])).Sum().Minimize(Sgd(0.1));
        }
    }
}

partial class Enums
{
    [Flags] enum Parts : byte { None, Bias = 1, Scale = 2, Both = Bias | Scale }

    enum Size : long { Small = 2, Large = 1L << 33 }

    [Compile]
    static Model Model
    {
        get
        {
            var parts = Parts.Bias;
            parts |= Parts.Scale;
            var off = parts & ~Parts.Bias;
            var next = Size.Small + 1;
            next++;
            double[] numbers = [(int)parts, (double)off, (long)next, parts.HasFlag(Parts.Bias) ? 1 : 0, off == Parts.Scale ? 1 : 0, Size.Large - Size.Small, (byte)Parts.Both, Size.Large > next ? 3 : 4];
            return Square(Parameter(numbers, name: parts.ToString())).Sum().Minimize(Sgd(0.1)); // the name is "Both"
        }
    }
}

static class Ordered
{
    public static readonly int First = Second + 1;
    public static readonly int Second = 10;
    public static readonly int Third = Second + First;
    public static readonly int[] Squares = new int[4];
    public static readonly double Built;

    static Ordered()
    {
        for (var i = 0; i < Squares.Length; i++) Squares[i] = i * i;
        Built = Squares.Sum();
    }
}

partial class Statics
{
    [Compile]
    static Model Model { get; } = Square(Parameter(start: [Ordered.First, Ordered.Second, Ordered.Third, Ordered.Squares[3], Ordered.Built])).Sum().Minimize(Sgd(0.1));
}

class Box<T>(T value)
{
    public T Value { get; } = value;

    public Box<TNext> Map<TNext>(Func<T, TNext> f) => new(f(Value));

    public T? OrDefault(bool use) => use ? Value : default;

    public bool Holds<TAsked>() => Value is TAsked;
}

partial class Generics
{
    static T Largest<T>(IEnumerable<T> items, Func<T, double> size)
    {
        var best = default(T)!;
        var any = false;
        foreach (var item in items)
            if (!any || size(item) > size(best)) (best, any) = (item, true);
        return best;
    }

    [Compile]
    static Model Model
    {
        get
        {
            var box = new Box<int>(4).Map(n => Input(n)).Map(x => x.Dense(3));
            var units = Largest([new Pair(1, 5), new Pair(2, 2)], p => p.Sum).B;
            double[] numbers = [units, new Box<double>(2).OrDefault(false), new Box<string>("s").Holds<string>() ? 1 : 0, box.Holds<int>() ? 1 : 0, new Box<Pair>(new(1, 2)).OrDefault(false).A];
            return (box.Value.Loss(SquaredError) + Square(Parameter(numbers)).Sum()).Minimize(Sgd(0.1));
        }
    }
}

interface IBlock
{
    int Units { get; }

    Expr Apply(Expr x) => x.Dense(Units);
}

sealed class Plain(int units) : IBlock { public int Units => units; }

struct Doubled : IBlock
{
    public int Units { get; set; }

    Expr IBlock.Apply(Expr x) => x.Dense(2 * Units).Relu();
}

partial class Interfaces
{
    [Compile]
    static Model Model
    {
        get
        {
            IBlock[] blocks = [new Plain(3), new Doubled { Units = 2 }, new Plain(1)];
            return blocks.Aggregate(Input(2), (x, b) => b.Apply(x)).Loss(SquaredError).Minimize(Sgd(0.1));
        }
    }
}

partial class FieldBacked
{
    sealed class Limited
    {
        public int Value { get => field + 1; set => field = Math.Min(value, 5); }

        public required string Name { get; init; }
    }

    [Compile]
    static Model Model => new Limited { Name = "x", Value = 9 } is { Value: var n } ? Input(n).Dense(1).Loss(SquaredError).Minimize(Sgd(0.1)) : throw new InvalidOperationException();
}
