#:package Spectre.Console
#:package System.CommandLine
// Learns to read handwritten digits:
//   dotnet run examples/digits.cs
// Writes digits.safetensors and loss.svg into the current folder.

using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using OptDsl;
using OptDsl.Data;
using Spectre.Console;
using static OptDsl.Dsl;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
Option<int> epochs = new("--epochs") { Description = "Times through the images", DefaultValueFactory = _ => 10 };
Option<long> seed = new("--seed") { Description = "Of the first values and of the order of the images", DefaultValueFactory = _ => 42 };
Option<int> steps = new("--steps") { Description = "So many updates instead of epochs; prints the parameters' SHA-256" };
Option<string?> data = new("--data") { Description = "Folder with MNIST's four idx files, gz or not [default: cache, download, synthetic]" };
foreach (var option in (Option[])[epochs, steps])
    option.Validators.Add(given => { if (given.Tokens is [var one] && int.TryParse(one.Value, out var n) && n < 1) given.AddError($"{option.Name} is at least 1."); });
var command = new RootCommand("Learns to read handwritten digits.") { epochs, seed, steps, data };
command.SetAction(given =>
{
    try
    {
        Run(given.GetValue(epochs), given.GetValue(seed), given.GetValue(steps), given.GetValue(data));
        return 0;
    }
    catch (Exception fault) when (fault is IOException or InvalidDataException or UnauthorizedAccessException)
    {
        Console.Error.WriteLine(fault.Message);
        return 1;
    }
});
return command.Parse(args).Invoke();

static void Run(int epochs, long seed, int steps, string? folder)
{
    var mnist = Show.Download(progress => Mnist.Load(folder, progress));
    var (train, heldOut) = (mnist.Train[..^(mnist.Train.Count / 12)], mnist.Train[^(mnist.Train.Count / 12)..]);
    Console.WriteLine($"{mnist.Source}: {train.Count:N0} to learn from, {heldOut.Count:N0} held out, {mnist.Test.Count:N0} to test\n");

    using var digits = new Digits(seed, maxBatch: 64);
    Console.WriteLine(digits.Summary);

    // Ctrl-C ends the training after the step it is in; a second one ends the program.
    var stopped = false;
    Console.CancelKeyPress += (_, press) => (press.Cancel, stopped) = (!stopped, true);

    var curve = new LossCurve();
    var total = steps > 0 ? steps : epochs * ((train.Count + 63) / 64);
    Console.WriteLine("epoch    loss  training  held out   seconds");
    Show.Training(total, bar =>
    {
        for (var epoch = 0; digits.Steps < total; epoch++)
        {
            var (clock, loss, examples) = (Stopwatch.StartNew(), 0.0, 0);
            var batches = train.Batches(64, seed, epoch).Take(total - (int)digits.Steps).TakeWhile(_ => !stopped);
            foreach (var step in digits.Train(batches).Report(curve).Report(bar))
                (loss, examples) = (loss + step.Examples * step.Loss, examples + step.Examples);
            clock.Stop();
            if (examples == 0) break;
            AnsiConsole.WriteLine($"{epoch + 1,5}  {loss / examples,6:F4}    {digits.Accuracy(train):F4}    {digits.Accuracy(heldOut):F4}    {clock.Elapsed.TotalSeconds,6:F2}");
        }
    });
    Console.WriteLine($"\n{curve.Braille(width: 60, rows: 8)}");

    digits.Save("digits.safetensors");
    curve.SaveSvg("loss.svg", "Handwritten digits");
    Console.WriteLine($"wrote digits.safetensors and loss.svg into {Environment.CurrentDirectory}");
    if (steps > 0) Console.WriteLine($"parameters sha256 {digits.ParametersHash}");
    Console.WriteLine($"test accuracy: {digits.Accuracy(mnist.Test):F4}");
}

// <declaration>
partial class Digits
{
    [Compile]
    static Model Model =>
        Input(784).Dense(128).Relu().Dense(10)
            .Loss(SoftmaxCrossEntropy)
            .Minimize(AdamW(lr: Warmup(500) * Cosine(2e-3, steps: 8_600, final: 1e-5)));
}
// </declaration>

/// <summary>Progress bars where there is a terminal.</summary>
static class Show
{
    public static void Training(int total, Action<IProgress<TrainStep>> train) => Bar<TrainStep, bool>(
        (task, step) =>
        {
            task.MaxValue = total;
            task.Value = step.Step;
            if (step.Step % 16 == 0) task.Description = $"step {step.Step,6:N0}  loss {step.Loss:F4}";
        },
        bar => { train(bar); return true; });

    public static Mnist Download(Func<IProgress<DownloadProgress>, Mnist> load) => Bar<DownloadProgress, Mnist>(
        (task, piece) => (task.Description, task.Value, task.MaxValue) = (piece.File, piece.Received, piece.Total ?? 10_000_000),
        load);

    static R Bar<T, R>(Action<ProgressTask, T> show, Func<IProgress<T>, R> work) =>
        !AnsiConsole.Profile.Capabilities.Interactive || Console.IsOutputRedirected ? work(new Reporter<T>(_ => { })) :
        AnsiConsole.Progress().AutoClear(true)
            .Columns(new ProgressBarColumn { Width = 40 }, new PercentageColumn(), new RemainingTimeColumn(), new TaskDescriptionColumn())
            .Start(context =>
            {
                var task = context.AddTask("reading");
                return work(new Reporter<T>(piece => show(task, piece)));
            });

    /// <summary>Unlike <see cref="Progress{T}"/>, at once and in order.</summary>
    sealed class Reporter<T>(Action<T> report) : IProgress<T>
    {
        public void Report(T value) => report(value);
    }
}
