using static OptDsl.Dsl;

namespace OptDsl.Fuzz;

/// <summary>PyTorch's optimizers and their options in the words of the library, and what the traces minimise.</summary>
static class TorchRules
{
    /// <summary>By PyTorch's name and options: the word of <see cref="Dsl"/> that is tested, and how it is said.</summary>
    public static IReadOnlyDictionary<string, (string Word, Func<double, Rule> Make)> All { get; } = new Dictionary<string, (string, Func<double, Rule>)>
    {
        ["sgd"] = (nameof(Sgd), lr => Sgd(lr)),
        ["sgd weight_decay=0.1"] = (nameof(Sgd), lr => Decayed(Sgd(lr))),
        ["sgd momentum=0.9"] = (nameof(Momentum), lr => Momentum(lr, 0.9)),
        ["sgd momentum=0.9 dampening=0.3"] = (nameof(Momentum), lr => Momentum(lr, 0.9, dampening: 0.3)),
        ["sgd momentum=0.9 nesterov"] = (nameof(Momentum), lr => Momentum(lr, 0.9, nesterov: true)),
        ["sgd momentum=0.5 dampening=0.5 weight_decay=0.1"] = (nameof(Momentum), lr => Decayed(Momentum(lr, 0.5, dampening: 0.5))),
        ["asgd"] = (nameof(PolyakAverage), lr => Asgd(lr, 1e-4, 0.75)),
        ["asgd lambd=0.1 alpha=0.5"] = (nameof(PolyakAverage), lr => Asgd(lr, 0.1, 0.5)),
        ["adagrad"] = (nameof(Adagrad), lr => Adagrad(lr)),
        ["adagrad lr_decay=0.01 weight_decay=0.1"] = (nameof(Adagrad), lr => Decayed(Adagrad(InverseTime(lr, 0.01)))),
        ["adagrad initial=0.1 eps=1e-3"] = (nameof(Adagrad), lr => Adagrad(lr, initial: 0.1, eps: 1e-3)),
        ["adadelta"] = (nameof(Adadelta), lr => Adadelta(lr)),
        ["adadelta rho=0.95 eps=1e-4 weight_decay=0.1"] = (nameof(Adadelta), lr => Decayed(Adadelta(lr, 0.95, 1e-4))),
        ["rmsprop"] = (nameof(RmsProp), lr => RmsProp(lr)),
        ["rmsprop alpha=0.9 weight_decay=0.1"] = (nameof(RmsProp), lr => Decayed(RmsProp(lr, 0.9))),
        ["rmsprop momentum=0.9"] = (nameof(RmsProp), lr => RmsProp(lr, mu: 0.9)),
        ["rmsprop centered eps=1e-2"] = (nameof(RmsProp), lr => RmsProp(lr, eps: 1e-2, centred: true)),
        ["rmsprop centered momentum=0.5 eps=1e-2"] = (nameof(RmsProp), lr => RmsProp(lr, eps: 1e-2, mu: 0.5, centred: true)),
        ["adam"] = (nameof(Adam), lr => Adam(lr)),
        ["adam betas=0.8,0.99 eps=1e-3 weight_decay=0.1"] = (nameof(Adam), lr => Decayed(Adam(lr, 0.8, 0.99, 1e-3))),
        ["adam amsgrad"] = (nameof(AmsGrad), lr => AmsGrad(lr)),
        ["adamw"] = (nameof(AdamW), lr => AdamW(lr)),
        ["adamw weight_decay=0.1 amsgrad"] = (nameof(ScaleByAmsgrad), lr => ScaleByAmsgrad().Then(AddDecayedWeights(0.1)).Then(Scale(lr))),
        ["adamax"] = (nameof(AdaMax), lr => AdaMax(lr)),
        ["adamax betas=0.8,0.9 weight_decay=0.1"] = (nameof(AdaMax), lr => Decayed(AdaMax(lr, 0.8, 0.9))),
        ["nadam"] = ("", lr => NAdam113(lr, 0.004)),
        ["nadam momentum_decay=0.1 weight_decay=0.1"] = ("", lr => Decayed(NAdam113(lr, 0.1))),
        ["radam"] = (nameof(RAdam), lr => RAdam(lr)),
        ["radam betas=0.8,0.9 weight_decay=0.1"] = (nameof(RAdam), lr => Decayed(RAdam(lr, 0.8, 0.9))),
        ["rprop"] = (nameof(Rprop), lr => Rprop(lr)),
        ["rprop etas=0.7,1.1 sizes=1e-4,0.1"] = (nameof(Rprop), lr => Rprop(lr, 1.1, 0.7, 1e-4, 0.1)),
    };

    /// <summary>The loss and where it starts.</summary>
    public static (Func<Expr, Expr> Loss, double[] Start) Problem(string name) => name switch
    {
        "rosenbrock" => (w => Square(1 - w[0]) + 100 * Square(w[1] - Square(w[0])), [-1.5, 2]),
        "beale" => (w => Square(1.5 - w[0] + w[0] * w[1]) + Square(2.25 - w[0] + w[0] * Square(w[1])) + Square(2.625 - w[0] + w[0] * Pow(w[1], 3)), [1, 1.5]),
        "quadratic" => (w => 0.5 * (640.36 * Square(w[0]) + 360.64 * Square(w[1])) - 479.52 * w[0] * w[1], [1, -2]),
        "network" => (Network, [0.75, -0.5, 0.25, 1, -1, 0.5, 0.125, -0.25, 0.375, 0.5, -0.75, 1, 0.25]),
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, "no such problem"),
    };

    /// <summary>2-3-1 with tanh, squared error on the four examples of exclusive or; w is weights, biases, weights, bias.</summary>
    static Expr Network(Expr w)
    {
        Expr loss = 0;
        foreach (var (x, y, target) in new[] { (0, 0, 0), (0, 1, 1), (1, 0, 1), (1, 1, 0) })
        {
            var output = w[12];
            for (var i = 0; i < 3; i++) output += w[9 + i] * Tanh(w[2 * i] * x + w[2 * i + 1] * y + w[6 + i]);
            loss += Square(output - target) / 4;
        }
        return loss;
    }

    static Rule Decayed(Rule rule) => AddDecayedWeights(0.1).Then(rule);

    /// <summary>Its rate is a schedule; its average is kept beside the weights and changes nothing.</summary>
    static Rule Asgd(double lr, double lambd, double alpha) => AddDecayedWeights(lambd).Then(Sgd(lr / Pow(1 + lambd * lr * Step, alpha))).Then(PolyakAverage());

    /// <summary>No word of the library: NAdam with a slip of PyTorch 1.13, gone since: of the product that m is divided by, the last factor counts twice.</summary>
    static Rule NAdam113(double lr, double psi) => Rule.Of(init: p => (0 * p, 0 * p, 1 + 0 * p.Sum()), step: (g, m, v, product) =>
    {
        Expr t = Step + 1, mu = Mu(t), next = Mu(t + 1);
        m = 0.9 * m + 0.1 * g;
        v = 0.999 * v + (1 - 0.999) * Square(g);
        product *= mu;
        return (lr * ((1 - mu) / (1 - product) * g + next / (1 - product * mu * next) * m) / (Sqrt(v / (1 - Pow(0.999, t))) + 1e-8), m, v, product);

        Expr Mu(Expr k) => 0.9 * (1 - 0.5 * Pow(0.96, k * psi));
    });
}
