#:package System.CommandLine
#:property RunAnalyzers=false
// A hundred layers of tanh without skips learn from orthogonal weights, with which they start nearly linear; from Glorot's they do not, or
// slowly with a smaller --rate:
//   dotnet run examples/deep.cs
// Writes deep.svg into the current folder. To analyse three hundred generated layers would take longer than all else, hence the property.

using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using OptDsl;
using OptDsl.Data;
using static OptDsl.Dsl;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
Option<int> epochs = new("--epochs") { Description = "Times through the images", DefaultValueFactory = _ => 10 };
Option<double> rate = new("--rate") { Description = "Adam's learning rate, of all three", DefaultValueFactory = _ => 3e-4 };
Option<long> seed = new("--seed") { Description = "Of the first values and of the order of the images", DefaultValueFactory = _ => 1 };
Option<string?> data = new("--data") { Description = "Folder with MNIST's four idx files, gz or not [default: digits drawn by the program]" };
epochs.Validators.Add(given => { if (given.Tokens is [var one] && int.TryParse(one.Value, out var n) && n < 1) given.AddError("--epochs is at least 1."); });
var command = new RootCommand("A hundred layers of tanh from three starts.") { epochs, rate, seed, data };
command.SetAction(given =>
{
    try
    {
        Run(given.GetValue(epochs), given.GetValue(rate), given.GetValue(seed), given.GetValue(data));
        return 0;
    }
    catch (Exception fault) when (fault is IOException or InvalidDataException or UnauthorizedAccessException)
    {
        Console.Error.WriteLine(fault.Message);
        return 1;
    }
});
return command.Parse(args).Invoke();

static void Run(int epochs, double rate, long seed, string? folder)
{
    var digits = folder is null ? Mnist.Synthetic() : Mnist.Read(folder);
    Console.WriteLine($"{digits.Source}: {digits.Train.Count:N0} to learn from, {digits.Test.Count:N0} to test; {Deep.Layers} layers of {Deep.Width}\n");
    Console.WriteLine("start                   loss    test  seconds  loss from step to step");

    var (usual, nearlyLinear, skipping) = (new LossCurve("Glorot"), new LossCurve("orthogonal"), new LossCurve("Glorot, with skips"));
    var accuracies = new List<double>();
    foreach (var (curve, learner) in new (LossCurve, ILearner<float>)[]
        { (usual, new Usual(seed, maxBatch: 64)), (nearlyLinear, new NearlyLinear(seed, maxBatch: 64)), (skipping, new Skipping(seed, maxBatch: 64)) })
        using (learner)
        {
            learner.Hyperparameters["lr"] = rate;
            var (clock, loss) = (Stopwatch.StartNew(), 0.0);
            for (var epoch = 0; epoch < epochs; epoch++)
                loss = learner.Train(digits.Train.Batches(64, seed, epoch)).Report(curve).Average(step => step.Loss);
            accuracies.Add(learner.Accuracy(digits.Test));
            Console.WriteLine($"{curve.Name,-20}  {loss:F4}  {accuracies[^1]:F4}  {clock.Elapsed.TotalSeconds,7:F2}  {curve}");
        }

    usual.SaveSvg("deep.svg", $"{Deep.Layers} layers of tanh", nearlyLinear, skipping);
    Console.WriteLine($"\nwrote deep.svg into {Environment.CurrentDirectory}");
    Console.WriteLine($"test accuracy: {accuracies[0]:F4} from Glorot, {accuracies[1]:F4} from orthogonal, {accuracies[2]:F4} with skips");
}

// <declaration>
static class Deep
{
    public const int Layers = 100, Width = 32;

    public static Model Tanh(Init weights, bool hasSkips = false)
    {
        Expr Layer(Expr x) => x.Dense(Width, weights).Tanh();
        var y = Layer(Input(784));
        for (var i = 1; i < Layers; i++) y = hasSkips ? y + Layer(y) / Math.Sqrt(Layers) : Layer(y);
        return y.Dense(10, weights).Loss(SoftmaxCrossEntropy).Minimize(Adam(Hyper("lr", 3e-4)));
    }
}

partial class Usual { [Compile] static Model Model => Deep.Tanh(Init.Glorot); }

partial class NearlyLinear { [Compile] static Model Model => Deep.Tanh(Init.Orthogonal()); }

partial class Skipping { [Compile] static Model Model => Deep.Tanh(Init.Glorot, hasSkips: true); }
// </declaration>
