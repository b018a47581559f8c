// Checks a rule and a layer of your own. The rule has a slip in it, and so has the layer's hand-written gradient:
//   dotnet run examples/check.cs

#:project ../src/OptDsl.Testing/OptDsl.Testing.csproj
using OptDsl;
using OptDsl.Testing;
using static OptDsl.Dsl;

Rule heavyBall = Rule.Of((g, v) => (Cosine(0.1, steps: 100_000) * v, v + 0.9 * g));                  // meant: 0.9 * v + g
Try(() => Check.Laws(heavyBall));
Try(() => Check.Laws(Adam(lr: 1e-3), like: AdamW(lr: 1e-3, decay: 0), closedForm: Rule.Of(g => 1e-3 * g / (Abs(g) + 1e-8))));
Try(() => Check.Gradients(Custom, [3]));

static Expr Custom(Expr x)
{
    Expr y = Tanh(x), slope = 1 + Square(Tanh(x));                                                   // meant: 1 - Square(Tanh(x))
    return StopGradient(y - slope * x) + StopGradient(slope) * x;
}

static void Try(Func<Report> check)
{
    try
    {
        Console.WriteLine(check());
    }
    catch (LawException fault)
    {
        Console.WriteLine(fault.Report);
    }
}
