// What a learner takes and gives:
//   dotnet run examples/learner.cs

using OptDsl;
using static OptDsl.Dsl;

// <use>
float[] x = [0, 0, 0, 1, 1, 0, 1, 1], t = [0, 1, 1, 0], y = new float[4];
using var xor = new Xor(seed: 1, maxBatch: 4);                    // takes all memory now; a step allocates nothing
for (var i = 0; i < 100; i++) xor.Learn(x, t);                    // one update; returns the mean loss before it
xor.Predict(x, y);
Console.WriteLine(string.Join(' ', y.Select(p => p > 0.5f ? 1 : 0)));

var batch = new Batch(4, x, t);                                   // columns; .Shuffled(size), .Rows(places), [..2]
foreach (var step in xor.Train(Enumerable.Repeat(batch, 60)).Every(20)) Console.WriteLine(step);

Console.WriteLine(xor["dense2.weights"]);                         // parameters and slots by path: CopyTo, CopyFrom
Console.WriteLine(xor["dense2.weights/m"].ToArray().Length);
xor.Gradient(x, t);
Console.WriteLine(xor.GradientOf("dense2.bias"));

xor.Save("xor.safetensors");                                      // parameters, slots, step, seed
using var again = new Xor(maxBatch: 4, threads: 2);               // the same bits for any number of threads
again.Load("xor.safetensors");
Console.WriteLine(again.Learn(x, t) == xor.Learn(x, t) && again.ParametersHash == xor.ParametersHash);

try { xor.Learn(x, t.AsSpan(1)); }                                // misuse throws before anything is written
catch (ArgumentException fault) { Console.WriteLine(fault.Message); }
// </use>

// <precision>
partial class Xor
{
    [Compile]
    internal static Model Model => Input(2).Dense(8).Tanh().Dense(1).Loss(SquaredError).Minimize(Adam(lr: 0.02));
}

partial class XorInDouble
{
    [Compile(Precision = Precision.Double)]
    static Model Model => Xor.Model;
}
// </precision>
