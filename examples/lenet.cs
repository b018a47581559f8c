#:package System.CommandLine
// Reads handwritten digits by what a small window sees of them wherever it is: LeNet-5 of LeCun, Bottou, Bengio and Haffner 1998,
// http://yann.lecun.com/exdb/publis/pdf/lecun-98.pdf, §II.B, with ReLU, largest pixels and softmax, as it is taught today.
//   dotnet run examples/lenet.cs
// Writes lenet.safetensors into the current folder.

using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using OptDsl;
using OptDsl.Data;
using static OptDsl.Dsl;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
Option<int> epochs = new("--epochs") { Description = "Times through the images", DefaultValueFactory = _ => 5 };
Option<long> seed = new("--seed") { Description = "Of the first values and of the order of the images", DefaultValueFactory = _ => 1 };
Option<string?> data = new("--data") { Description = "Folder with MNIST's four idx files, gz or not [default: digits drawn by the program]" };
epochs.Validators.Add(given => { if (given.Tokens is [var one] && int.TryParse(one.Value, out var n) && n < 1) given.AddError("--epochs is at least 1."); });
var command = new RootCommand("LeNet-5 learns to read handwritten digits.") { epochs, seed, data };
command.SetAction(given =>
{
    try
    {
        Run(given.GetValue(epochs), given.GetValue(seed), given.GetValue(data));
        return 0;
    }
    catch (Exception fault) when (fault is IOException or InvalidDataException or UnauthorizedAccessException)
    {
        Console.Error.WriteLine(fault.Message);
        return 1;
    }
});
return command.Parse(args).Invoke();

static void Run(int epochs, long seed, string? folder)
{
    var digits = folder is null ? Mnist.Synthetic() : Mnist.Read(folder);
    Console.WriteLine($"{digits.Source}: {digits.Train.Count:N0} to learn from, {digits.Test.Count:N0} to test\n");

    using var lenet = new LeNet(seed, maxBatch: 64);
    Console.WriteLine(lenet.Summary);
    var curve = new LossCurve();
    Console.WriteLine("epoch    loss    test  seconds");
    for (var epoch = 0; epoch < epochs; epoch++)
    {
        var clock = Stopwatch.StartNew();
        var loss = lenet.Train(digits.Train.Batches(64, seed, epoch)).Report(curve).Average(step => step.Loss);
        clock.Stop();
        Console.WriteLine($"{epoch + 1,5}  {loss:F4}  {lenet.Accuracy(digits.Test):F4}  {clock.Elapsed.TotalSeconds,7:F2}");
    }
    Console.WriteLine($"\n{curve}\n");

    var answers = lenet.Answers(digits.Test);
    int[] wrong = [.. Enumerable.Range(0, answers.Length).Where(i => answers[i] != digits.Test.Labels.Span[i])];
    Console.WriteLine($"{wrong.Length:N0} of {answers.Length:N0} read wrong:\n{Picture.Braille(digits.Test, answers, wrong[..Math.Min(10, wrong.Length)])}");
    lenet.Save("lenet.safetensors");
    Console.WriteLine($"wrote lenet.safetensors into {Environment.CurrentDirectory}");
    Console.WriteLine($"test accuracy: {lenet.Accuracy(digits.Test):F4}");
}

// <declaration>
partial class LeNet
{
    [Compile]
    static Model Model =>
        Input([28, 28, 1])
            .Conv2D(6, 5, padding: 2).Relu().MaxPool2D(2)             // [14, 14, 6]
            .Conv2D(16, 5).Relu().MaxPool2D(2)                        // [5, 5, 16]
            .Flatten().Dense(120).Relu().Dense(84).Relu().Dense(10)
            .Loss(SoftmaxCrossEntropy)
            .Minimize(AdamW(lr: Cosine(2e-3, steps: 4_690, final: 1e-5)));
}
// </declaration>

partial class LeNet
{
    /// <summary>The digit that each image is read as.</summary>
    public int[] Answers(Dataset images)
    {
        var answers = new int[images.Count];
        var scores = new float[64 * 10];
        foreach (var some in Enumerable.Range(0, images.Count).Chunk(64))
        {
            Predict(images.Images.Span.Slice(some[0] * 784, some.Length * 784), scores.AsSpan(0, some.Length * 10));
            foreach (var i in some) answers[i] = Enumerable.Range(0, 10).MaxBy(digit => scores[(i - some[0]) * 10 + digit]);
        }
        return answers;
    }
}

static class Picture
{
    const int Side = 28, PerLine = 5;

    /// <summary>Images, a dot for each bright pixel, and below each what it is and what it was read as.</summary>
    public static string Braille(Dataset images, int[] answers, int[] shown)
    {
        var text = new StringBuilder();
        foreach (var line in shown.Chunk(PerLine))
        {
            for (var y = 0; y < Side; y += 4, text.Append('\n'))
                foreach (var image in line)
                    for (var x = 0; x < Side; x += 2)
                    {
                        // U+2800 + a bit for each dot, from the top: left 1 2 4 64, right 8 16 32 128.
                        (int Right, int Down, int Bit)[] dots = [(0, 0, 1), (0, 1, 2), (0, 2, 4), (0, 3, 64), (1, 0, 8), (1, 1, 16), (1, 2, 32), (1, 3, 128)];
                        text.Append((char)(0x2800 + dots.Where(dot => images.Image(image)[(y + dot.Down) * Side + x + dot.Right] > 0.5f).Sum(dot => dot.Bit)));
                    }
            text.AppendLine(string.Concat(line.Select(image => $"{images.Labels.Span[image]}, not {answers[image]}".PadRight(Side / 2))).TrimEnd());
        }
        return text.ToString();
    }
}
