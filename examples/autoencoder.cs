#:package System.CommandLine
// Restores digits of which a quarter of the pixels is black or white by chance: an autoencoder that learns to give back what was there before
// the noise. Vincent, Larochelle, Bengio and Manzagol 2008, https://doi.org/10.1145/1390156.1390294
//   dotnet run examples/autoencoder.cs
// Writes autoencoder.svg into the current folder.

using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using OptDsl;
using OptDsl.Data;
using static OptDsl.Dsl;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
Option<int> epochs = new("--epochs") { Description = "Times through the images", DefaultValueFactory = _ => 10 };
Option<long> seed = new("--seed") { Description = "Of the first values, the noise and the order of the images", DefaultValueFactory = _ => 1 };
Option<string> picture = new("--picture") { Description = "File for test digits clean, noisy and restored", DefaultValueFactory = _ => "autoencoder.svg" };
Option<string?> data = new("--data") { Description = "Folder with MNIST's four idx files, gz or not [default: digits drawn by the program]" };
epochs.Validators.Add(given => { if (given.Tokens is [var one] && int.TryParse(one.Value, out var n) && n < 1) given.AddError("--epochs is at least 1."); });
var command = new RootCommand("Restores noisy digits.") { epochs, seed, picture, data };
command.SetAction(given =>
{
    try
    {
        Run(given.GetValue(epochs), given.GetValue(seed), given.GetValue(picture)!, given.GetValue(data));
        return 0;
    }
    catch (Exception fault) when (fault is IOException or InvalidDataException or UnauthorizedAccessException)
    {
        Console.Error.WriteLine(fault.Message);
        return 1;
    }
});
return command.Parse(args).Invoke();

static void Run(int epochs, long seed, string picture, string? folder)
{
    var digits = folder is null ? Mnist.Synthetic() : Mnist.Read(folder);
    Console.WriteLine($"{digits.Source}: {digits.Train.Count:N0} to learn from, {digits.Test.Count:N0} to test\n");

    // Drawn once, outside the model: each epoch is measured on the same noise, which no step learns from.
    var clean = digits.Test.Images.ToArray();
    var random = new Random(0);
    float[] noisy = [.. clean.Select(x => random.NextDouble() is var u && u < Denoiser.Part ? (u < Denoiser.Part / 2 ? 0 : 1) : x)], restored = new float[clean.Length];

    using var denoiser = new Denoiser(seed, maxBatch: 100);
    var curve = new LossCurve();
    Console.WriteLine("epoch    loss  restored  seconds");
    for (var epoch = 0; epoch < epochs; epoch++)
    {
        var clock = Stopwatch.StartNew();
        var loss = denoiser.Train(digits.Train.Batches(100, seed, epoch)).Report(curve).Average(step => step.Loss);
        foreach (var some in Enumerable.Range(0, digits.Test.Count).Chunk(100))
        {
            var pixels = (some[0] * 784)..((some[^1] + 1) * 784);
            denoiser.Predict(noisy.AsSpan(pixels), restored.AsSpan(pixels));
        }
        Console.WriteLine($"{epoch + 1,5}  {loss:F4}    {Error(restored, clean):F4}  {clock.Elapsed.TotalSeconds,7:F2}");
    }

    int[] shown = [.. Enumerable.Range(0, 10).Select(digit => digits.Test.Labels.Span.IndexOf(digit)).Where(place => place >= 0)];
    Console.WriteLine($"\n{curve}\n");
    foreach (var images in (float[][])[clean, noisy, restored]) Console.WriteLine(Picture.Braille(images, shown[..Math.Min(5, shown.Length)]));
    File.WriteAllText(picture, Picture.Svg(shown, ("clean", clean), ("noisy", noisy), ("restored", restored)));
    Console.WriteLine($"wrote {Path.GetFullPath(picture)}");
    var (after, before) = (Error(restored, clean), Error(noisy, clean));
    Console.WriteLine($"mean squared error of test images: restored {after:F4}, noisy {before:F4}, ratio {after / before:F3}");
}

static double Error(float[] images, float[] clean) => images.Zip(clean, (y, x) => (double)(y - x) * (y - x)).Average();

// <declaration>
partial class Denoiser
{
    public const double Part = 0.25;                                  // of the pixels

    [Compile]
    static Model Model
    {
        get
        {
            Expr x = Input(784), u = RandomUniform(x);
            var noisy = Where(Less(u, Part), Where(Less(u, Part / 2), 0, 1), x);      // salt and pepper
            var z = Where(Learning, noisy, x).Dense(256).Relu().Dense(784);
            return Sigmoid(z).Loss((_, _) => SigmoidCrossEntropy(z, x)).Minimize(AdamW(lr: 1e-3));
        }
    }
}
// </declaration>

static class Picture
{
    const int Side = 28, Levels = 15;

    /// <summary>Images beside each other, a dot for each bright pixel.</summary>
    public static string Braille(float[] images, int[] shown)
    {
        var text = new StringBuilder();
        for (var y = 0; y < Side; y += 4, text.Append('\n'))
            foreach (var image in shown)
                for (var x = 0; x < Side; x += 2)
                {
                    bool Bright(int right, int down) => images[(image * Side + y + down) * Side + x + right] > 0.5f;
                    // U+2800 + a bit for each dot, from the top: left 1 2 4 64, right 8 16 32 128.
                    (int Right, int Down, int Bit)[] dots = [(0, 0, 1), (0, 1, 2), (0, 2, 4), (0, 3, 64), (1, 0, 8), (1, 1, 16), (1, 2, 32), (1, 3, 128)];
                    text.Append((char)(0x2800 + dots.Where(dot => Bright(dot.Right, dot.Down)).Sum(dot => dot.Bit)));
                }
        return text.ToString();
    }

    /// <summary>A row for each kind of images; a path for each level of grey, of horizontal runs.</summary>
    public static string Svg(int[] shown, params (string Name, float[] Images)[] rows)
    {
        const int Left = 30, Cell = Side + 2;
        var (width, height) = (Left + Cell * shown.Length, Cell * rows.Length);
        var runs = Enumerable.Range(0, Levels + 1).Select(_ => new StringBuilder()).ToArray();
        for (var row = 0; row < rows.Length; row++)
            for (var column = 0; column < shown.Length; column++)
                for (var y = 0; y < Side; y++)
                {
                    int Level(int x) => (int)Math.Round(Levels * rows[row].Images[(shown[column] * Side + y) * Side + x]);
                    for (int x = 0, end; x < Side; x = end)
                    {
                        for (end = x + 1; end < Side && Level(end) == Level(x);) end++;
                        runs[Level(x)].Append($"M{Left + Cell * column + x} {Cell * row + y}.5h{end - x}");
                    }
                }
        var paths = runs.Select((run, level) => $"<path stroke=\"#{level:x}{level:x}{level:x}\" d=\"{run}\"/>\n");
        var names = rows.Select((row, i) => $"<text x=\"1\" y=\"{Cell * i + Side / 2}\">{row.Name}</text>\n");
        return $"""
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{3 * width}" height="{3 * height}" font-family="system-ui, sans-serif" font-size="6">
            <title>Restored digits</title>
            <rect width="{width}" height="{height}" fill="#ffffff"/>
            <g shape-rendering="crispEdges">
            {string.Concat(paths)}</g>
            {string.Concat(names)}</svg>

            """;
    }
}
