// Functions: methods, local functions, lambdas, groups, generics, recursion.

static class Activations
{
    public static Expr Swish(Expr x) => x * Sigmoid(x);

    public static Expr Gelu(Expr x) => 0.5 * x * (1 + Tanh(Math.Sqrt(2 / Math.PI) * (x + 0.044715 * Pow(x, 3))));

    public static Func<Expr, Expr> Leaky(double slope = 0.01) => x => Where(x > 0, x, slope * x);

    public static Func<Expr, Expr> Compose(params Func<Expr, Expr>[] functions) => x =>
    {
        foreach (var f in functions) x = f(x);
        return x;
    };
}

partial class Groups
{
    [Compile]
    static Model Model => Input(4).Dense(4).Apply(Activations.Swish).Dense(4).Apply(Activations.Gelu).Dense(4).Apply(Relu)
        .Apply(Activations.Leaky()).Apply(Activations.Compose(Tanh, Activations.Leaky(0.2), x => x.Dense(2))).Loss(SquaredError).Minimize(Sgd(0.1));
}

partial class Locals
{
    [Compile]
    static Model Model()
    {
        var made = 0;
        var x = Input(4);
        x = Layer(Layer(x, 8), 4);
        return Head().Loss(SquaredError).Minimize(Sgd(0.1 * made));

        Expr Layer(Expr y, int units)
        {
            made++;
            return Even(made) ? y.Dense(units).Tanh() : y.Dense(units).Relu();
        }

        Expr Head() => Layer(x, 2);

        static bool Even(int n) => n == 0 || Odd(n - 1);

        static bool Odd(int n) => n != 0 && Even(n - 1);
    }
}

partial class Captured
{
    [Compile]
    static Model Model
    {
        get
        {
            var layers = new List<Func<Expr, Expr>>();
            for (var i = 1; i <= 3; i++)
            {
                var width = 2 * i;
                layers.Add(y => y.Dense(width));
            }
            var counter = 0;
            Func<int> next = () => ++counter;
            Action<int> add = n => counter += n;
            add(next());
            add(next());
            var x = Input(3);
            foreach (var layer in layers) x = layer(x);
            return x.Loss(SquaredError).Minimize(Sgd(0.01 * counter));
        }
    }
}

partial class SharedLoopVariable
{
    [Compile]
    static Model Model
    {
        get
        {
            var functions = new List<Func<int>>();
            for (var i = 0; i < 3; i++) functions.Add(() => i);
            var starts = functions.Select(f => (double)f()).ToArray();
            return Square(Parameter(starts)).Sum().Minimize(Sgd(0.1));
        }
    }
}

partial class Recursive
{
    static Expr Funnel(Expr x, int width) => width < 4 ? x : Funnel(x.Dense(width).Relu(), width / 2);

    static long Factorial(int n) => n <= 1 ? 1 : n * Factorial(n - 1);

    [Compile]
    static Model Model => Funnel(Input(64), 32).Dense(1).Loss(SquaredError).Minimize(Sgd(1.0 / Factorial(10)));
}

partial class Arguments
{
    static Expr Layer(Expr x, int units = 3, double gain = 1, string? name = null, params double[] shifts)
    {
        var y = gain * x.Dense(units);
        foreach (var shift in shifts) y += shift;
        return name is null ? y : y.Named(name);
    }

    static void Split(double value, out int whole, out double rest)
    {
        whole = (int)value;
        rest = value - whole;
    }

    static void Double(ref int value) => value *= 2;

    [Compile]
    static Model Model
    {
        get
        {
            Split(3.75, out var units, out var gain);
            Double(ref units);
            if (int.TryParse("12", out var parsed)) units += parsed;
            var x = Layer(Layer(gain: gain, x: Input(2), units: units, name: "first"), 4, 2, null, 0.5, -0.25);
            return Layer(x).Loss(SquaredError).Minimize(Sgd(0.1));
        }
    }
}

delegate Expr Layer(Expr x);

delegate T Fold<T>(T state, int item);

partial class Delegates
{
    static T Over<T>(T state, Fold<T> fold, params int[] items)
    {
        foreach (var item in items) state = fold(state, item);
        return state;
    }

    static Layer Twice(Layer layer) => x => layer(layer(x));

    static TResult Pipe<T, TResult>(T value, Func<T, TResult> f) => f(value);

    [Compile]
    static Model Model
    {
        get
        {
            Layer dense = x => x.Dense(5);
            var x = Twice(Twice(dense))(Input(5));
            x = Over(x, (y, width) => y.Dense(width).Relu(), 4, 3, 2);
            return Pipe(x, y => y.Loss(SquaredError)).Minimize(Sgd(Pipe(3, n => n / 10.0)));
        }
    }
}

partial class Losses
{
    static Expr Absolute(Expr y, Expr t) => Abs(y - t).Mean();

    static readonly LossFunction smooth = new((y, t) => Softplus(y - t).Mean());

    [Compile]
    static Model Model
    {
        get
        {
            var x = Input(3).Dense(2);
            LossFunction chosen = Absolute;
            return (x.Loss(Absolute) + x.Loss(smooth) + chosen(x, Input(2)) + x.Loss(chosen, "third")).Minimize(Sgd(0.1));
        }
    }
}

interface IScaled<T> where T : IScaled<T>
{
    static abstract double Factor { get; }

    static virtual int Width() => 7;

    double Own => T.Factor * 2;
}

sealed class Half : IScaled<Half>
{
    public static double Factor => 0.5;

    public static int Width() => 3;
}

sealed class Third : IScaled<Third>
{
    public static double Factor => 1.0 / 3;
}

partial class StaticInterfaces
{
    static Expr Scaled<T>(Expr x) where T : IScaled<T>, new() => T.Factor * x.Dense(T.Width()) + ((IScaled<T>)new T()).Own;

    [Compile]
    static Model Model => Scaled<Third>(Scaled<Half>(Input(2))).Loss(SquaredError).Minimize(Sgd(0.1));
}

static class ExtensionMembers
{
    extension(Expr x)
    {
        public Expr Gated2(int units = 4) => x.Dense(units) * x.Dense(units).Sigmoid();

        public int Inputs => x.Shape[0];
    }
}

partial class Extended
{
    [Compile]
    static Model Model
    {
        get
        {
            var x = Input(6);
            return x.Gated2().Gated2(units: x.Inputs / 2).Loss(SquaredError).Minimize(Sgd(0.1));
        }
    }
}
