#:package System.CommandLine
#:property RunAnalyzers=false
// Adds two numbers out of fifty, which come one after the other: two are marked, one in each half, and only at the end is the sum asked for. So what
// is learned is what to remember. Hochreiter and Schmidhuber 1997, https://doi.org/10.1162/neco.1997.9.8.1735, §5.4
//   dotnet run examples/sequence.cs
// Writes sequence.svg into the current folder. To analyse the code of fifty positions would take longer than all else, hence the property.

using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using OptDsl;
using static OptDsl.Dsl;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
Option<int> steps = new("--steps") { Description = "Updates of 64 sequences each, which are drawn anew", DefaultValueFactory = _ => 1_500 };
Option<long> seed = new("--seed") { Description = "Of the first values and of the sequences", DefaultValueFactory = _ => 1 };
steps.Validators.Add(given => { if (given.Tokens is [var one] && int.TryParse(one.Value, out var n) && n < 1) given.AddError("--steps is at least 1."); });
var command = new RootCommand("Learns which two of fifty numbers to add.") { steps, seed };
command.SetAction(given => Run(given.GetValue(steps), given.GetValue(seed)));
return command.Parse(args).Invoke();

static void Run(int steps, long seed)
{
    const int Batch = 64, Report = 250;
    var (random, test) = (new Random((int)seed), Sequences.Draw(1_000, new Random(-1)));
    using var adder = new Adder(seed, maxBatch: test.Sums.Length, threads: Environment.ProcessorCount);
    Console.WriteLine($"{Adder.Length} numbers in a sequence, {adder.Parameters.Sum(p => p.Count):N0} parameters\n\n  step    loss    test  seconds");

    var (curve, measured, answers, error) = (new LossCurve("learning"), new LossCurve("test"), new float[test.Sums.Length], 0.0);
    while (adder.Steps < steps)
    {
        var clock = Stopwatch.StartNew();
        var count = (int)Math.Min(Report, steps - adder.Steps);
        var loss = adder.Train(Enumerable.Range(0, count).Select(_ => Sequences.Draw(Batch, random).All)).Report(curve).Average(step => step.Loss);
        error = adder.Evaluate(test.All);
        measured.Add(adder.Steps, error);
        Console.WriteLine($"{adder.Steps,6:N0}  {loss:F4}  {error:F4}  {clock.Elapsed.TotalSeconds,7:F2}");
    }

    adder.Predict(test.All, answers);
    curve.SaveSvg("sequence.svg", "Squared error of a sum", measured);
    Console.WriteLine($"\n{curve.Braille()}\nasked  answered");
    for (var i = 0; i < 5; i++) Console.WriteLine($"{test.Sums[i]:F3}     {answers[i]:F3}");
    Console.WriteLine($"wrote sequence.svg into {Environment.CurrentDirectory}");
    Console.WriteLine($"mean squared error {error:F4} against {test.Sums.Average(sum => (sum - 1) * (sum - 1)):F4} of who always says 1");
}

// <declaration>
partial class Adder
{
    public const int Length = 50;

    [Compile]
    static Model Model =>
        Input([Length, 2]).Gru(32)[^1].Dense(1).Loss(SquaredError)
            .Minimize(ClipByGlobalNorm(1).Then(Adam(lr: 3e-3)));
}
// </declaration>

/// <summary>Sequences of (number from [0, 1), mark), and the sums of the two marked numbers.</summary>
sealed record Sequences(Batch All, float[] Sums)
{
    public static Sequences Draw(int count, Random random)
    {
        var (rows, sums) = (new float[count * Adder.Length * 2], new float[count]);
        for (var i = 0; i < count; i++)
        {
            var own = rows.AsSpan(i * Adder.Length * 2, Adder.Length * 2);
            for (var at = 0; at < own.Length; at += 2) own[at] = random.NextSingle();
            foreach (var at in (int[])[random.Next(Adder.Length / 2), Adder.Length / 2 + random.Next(Adder.Length / 2)])
                (own[2 * at + 1], sums[i]) = (1, sums[i] + own[2 * at]);
        }
        return new(new(count, rows, sums), sums);
    }
}
