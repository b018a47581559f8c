#:package System.CommandLine
// Learns to write, one character after the other: a transformer that looks at the last 64 characters and tells the next one.
// Vaswani et al. 2017, https://arxiv.org/abs/1706.03762; normalised before each part as in https://arxiv.org/abs/2002.04745
//   dotnet run examples/chars.cs --data FILE
// Writes chars.svg into the current folder.

using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using OptDsl;
using static OptDsl.Dsl;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
Option<int> steps = new("--steps") { Description = "Updates of 32 windows each", DefaultValueFactory = _ => Chars.Updates };
Option<double> temperature = new("--temperature") { Description = "Of the sample: nearer 0 it writes only what is likeliest", DefaultValueFactory = _ => 0.8 };
Option<long> seed = new("--seed") { Description = "Of the first values, the windows and the sample", DefaultValueFactory = _ => 1 };
Option<string?> data = new("--data") { Description = "File with text [default: sentences that the program makes]" };
steps.Validators.Add(given => { if (given.Tokens is [var one] && int.TryParse(one.Value, out var n) && n < 1) given.AddError("--steps is at least 1."); });
temperature.Validators.Add(given => { if (given.Tokens is [var one] && double.TryParse(one.Value, out var t) && !(t > 0)) given.AddError("--temperature is above 0."); });
var command = new RootCommand("Learns to write, character by character.") { steps, temperature, seed, data };
command.SetAction(given =>
{
    try
    {
        Run(given.GetValue(steps), given.GetValue(temperature), given.GetValue(seed), given.GetValue(data));
        return 0;
    }
    catch (Exception fault) when (fault is IOException or InvalidDataException or UnauthorizedAccessException)
    {
        Console.Error.WriteLine(fault.Message);
        return 1;
    }
});
return command.Parse(args).Invoke();

static void Run(int steps, double temperature, long seed, string? file)
{
    const int Batch = 32, Report = 250;
    var text = file is null ? Text.Make() : Text.Read(file);
    Console.WriteLine($"{text.Source}: {text.Train.Length:N0} characters to learn from, {text.HeldOut.Length:N0} held out");
    Console.WriteLine($"{text.Kinds} kinds of characters, one by one an entropy of {text.Entropy:F4} nats\n");

    using var chars = new Chars(seed, maxBatch: Batch, threads: Environment.ProcessorCount);
    Console.WriteLine($"{chars.Parameters.Sum(p => p.Count):N0} parameters, {Environment.ProcessorCount} threads\n   step    loss  held out  seconds");
    var (random, windows, heldOut) = (new Random((int)seed), Text.InTurn(text.HeldOut, Batch), 0.0);
    var (curve, measured) = (new LossCurve("learning"), new LossCurve("held out"));
    while (chars.Steps < steps)
    {
        var clock = Stopwatch.StartNew();
        var count = (int)Math.Min(Report, steps - chars.Steps);
        var loss = chars.Train(Enumerable.Range(0, count).Select(_ => Text.AtRandom(text.Train, Batch, random))).Report(curve).Average(step => step.Loss);
        clock.Stop();
        heldOut = windows.Sum(window => window.Count * chars.Evaluate(window)) / windows.Sum(window => window.Count);
        measured.Add(chars.Steps, heldOut);
        Console.WriteLine($"{chars.Steps,7:N0}  {loss:F4}    {heldOut:F4}  {clock.Elapsed.TotalSeconds,7:F2}");
    }

    curve.SaveSvg("chars.svg", "Nats per character", measured);
    Console.WriteLine($"\n{curve.Braille()}\n{Sample(chars, text, 500, temperature, random)}\n");
    Console.WriteLine($"wrote chars.svg into {Environment.CurrentDirectory}");
    Console.WriteLine($"held-out {heldOut:F4} nats per character");
}

/// <summary>What the model writes after a line break, each character drawn from softmax(z/temperature) over those of the text.</summary>
static string Sample(Chars chars, Text text, int length, double temperature, Random random)
{
    var (written, window, logits) = (text.Encode("\n").ToList(), new int[Chars.Context], new float[Chars.Context * Chars.Kinds]);
    while (written.Count <= length)
    {
        // What stands behind the last character is not looked at.
        var seen = Math.Min(written.Count, window.Length);
        written.CopyTo(written.Count - seen, window, 0, seen);
        chars.Predict(window, logits);
        var z = logits.AsSpan((seen - 1) * Chars.Kinds, Math.Min(text.Kinds, Chars.Kinds)).ToArray();
        double[] odds = [.. z.Select(value => Math.Exp((value - z.Max()) / temperature))];
        var (left, kind) = (random.NextDouble() * odds.Sum(), 0);
        while (kind < odds.Length - 1 && (left -= odds[kind]) >= 0) kind++;
        written.Add(kind);
    }
    return text.Decode(written.Skip(1));
}

// <declaration>
partial class Chars
{
    public const int Kinds = 96, Context = 64, Width = 128, Heads = 4, Layers = 4, Updates = 2_500;

    [Compile]
    static Model Model
    {
        get
        {
            var table = Parameter([Kinds, Width], Init.Normal(0.02), "table");
            var place = Parameter([Context, Width], Init.Normal(0.02), "place");
            var x = MatMul(OneHot(IntegerInput("text", [Context]), Kinds), table) + place;
            for (var i = 0; i < Layers; i++) x = Block(x);
            return MatMul(x.LayerNorm(), Transpose(table)).Loss(SoftmaxCrossEntropy, "next")
                .Minimize(ClipByGlobalNorm(1).Then(AdamW(lr: Warmup(100) * Cosine(3e-3, Updates, final: 1e-4), b2: 0.99)));
        }
    }

    static Expr Block(Expr x)
    {
        x += x.LayerNorm().Attention(Heads, causal: true);
        return x + x.LayerNorm().Dense(4 * Width, Init.Glorot).GeluTanh().Dense(Width, Init.Glorot);
    }
}
// </declaration>

/// <summary>Characters as numbers, the most frequent first. The last tenth is held out.</summary>
sealed class Text
{
    readonly char[] characters;     // by their numbers

    Text(string source, string text)
    {
        if (text.Length < 20 * (Chars.Context + 1)) throw new InvalidDataException($"{source}: {text.Length:N0} characters are too few to learn from.");
        Source = source;
        var counts = text.CountBy(c => c).OrderByDescending(c => c.Value).ThenBy(c => c.Key).ToArray();
        (Kinds, Entropy) = (counts.Length, counts.Sum(c => c.Value * Math.Log((double)text.Length / c.Value)) / text.Length);
        // The last number is for all that are rarer.
        characters = [.. counts.Take(Chars.Kinds - 1).Select(c => c.Key)];
        Array.Resize(ref characters, Chars.Kinds);
        characters.AsSpan(Math.Min(Kinds, Chars.Kinds - 1)).Fill('\uFFFD');
        var all = Encode(text);
        (Train, HeldOut) = (all[..(all.Length * 9 / 10)], all[(all.Length * 9 / 10)..]);
    }

    public string Source { get; }

    public int Kinds { get; }

    /// <summary>What a character costs that is told by how frequent it is, in nats.</summary>
    public double Entropy { get; }

    public int[] Train { get; }

    public int[] HeldOut { get; }

    public int[] Encode(string text) => [.. text.Select(c => Array.IndexOf(characters, c) is >= 0 and var number ? number : Chars.Kinds - 1)];

    public string Decode(IEnumerable<int> numbers) => string.Concat(numbers.Select(number => characters[number]));

    public static Text Read(string file) => new(file, File.ReadAllText(file).ReplaceLineEndings("\n"));

    /// <summary>Sentences in which a verb agrees with its subject, and a relative clause may stand between them.</summary>
    public static Text Make()
    {
        var random = new Random(0);
        string One(string words) => random.GetItems(words.Split(' '), 1)[0];
        string Noun(bool many) => One("the a this that") switch
        {
            "a" when many => "some ", "this" when many => "these ", "that" when many => "those ", var word => word + " ",
        } + One("old young tall silent clever northern") + " " + One("miller sailor gardener teacher singer baker painter farmer") + (many ? "s" : "");
        string Verb(bool many) => One("see hear follow remember answer draw greet need") + (many ? "" : "s");
        string Sentence()
        {
            bool many = random.Next(2) == 0, others = random.Next(2) == 0;
            var clause = random.Next(3) == 0 ? $", who {Verb(many)} {Noun(others)}," : "";
            var line = $"{Noun(many)}{clause} {Verb(many)} {Noun(random.Next(2) == 0)}";
            return char.ToUpperInvariant(line[0]) + line[1..] + One(". . . ! ?") + "\n";
        }
        return new("sentences made by the program", string.Concat(Enumerable.Range(0, 4_000).Select(_ => Sentence())));
    }

    /// <summary>So many windows from anywhere, and what follows each of their characters.</summary>
    public static Batch AtRandom(int[] text, int count, Random random) =>
        At(text, [.. Enumerable.Range(0, count).Select(_ => random.Next(text.Length - Chars.Context))]);

    /// <summary>All windows, one after the other.</summary>
    public static Batch[] InTurn(int[] text, int count) =>
        [.. Enumerable.Range(0, (text.Length - 1) / Chars.Context).Select(i => i * Chars.Context).Chunk(count).Select(starts => At(text, starts))];

    static Batch At(int[] text, int[] starts) =>
        new(starts.Length, starts.SelectMany(at => text[at..(at + Chars.Context)]).ToArray(), starts.SelectMany(at => text[(at + 1)..(at + 1 + Chars.Context)]).ToArray());
}
