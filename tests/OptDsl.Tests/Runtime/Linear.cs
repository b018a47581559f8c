using OptDsl.Runtime;

namespace OptDsl.Tests.Runtime;

using Start = OptDsl.Runtime.Start;

/// <summary>
/// What the generator writes, in miniature and by hand: y = w·x + b, squared error, momentum with a slot that starts as a copy of the
/// parameter. Weights are [2], the bias a scalar; the output has a stride of 16.
/// </summary>
static class Linear
{
    public const double Rate = 0.05, Decay = 0.5;

    const int Weights = 0, Bias = 16, WeightsM = 32, BiasM = 48, WeightsG = 64, BiasG = 80, Slow = 96;

    public static Definition<float> Definition(string model = "Linear", string fingerprint = "0123456789abcdef", int inputs = 2, Start? start = null) => new()
    {
        Model = model,
        Fingerprint = fingerprint,
        Columns = [new("input", false, [inputs], 0, true), new("target", false, [], 0, false)],
        Outputs = [new("output", [], 0, 16)],
        Parameters = [new("dense1.weights", [inputs], 16, Weights, start ?? Start.Uniform(-1, 1)), new("dense1.bias", [], 16, Bias, Start.Constant(0.5))],
        Slots =
        [
            new("dense1.weights/m", [inputs], 16, WeightsM, Start.Constant(0)),
            new("dense1.bias/m", [], 16, BiasM, Start.Constant(0)),
            new("dense1.weights/slow", [inputs], 16, Slow, Start.Constant(0)),
        ],
        Gradients = [new("dense1.weights", [inputs], 16, WeightsG, default), new("dense1.bias", [], 16, BiasG, default)],
        Fixed = 112,
        PerExample = 16,
        Summary = [new("dense1", "2 → 1", 3, 12)],
        FlopsPerStepFixed = 12,
        Program = (workspace, width) => new Program(workspace, inputs) { Width = width },
    };

    public static Learner<float> New(long seed = 7, int maxBatch = 4, Definition<float>? definition = null) =>
        new(definition ?? Definition(), seed, maxBatch, threads: 1, VectorWidth.Auto);

    /// <summary>Runs while a call of this thread is inside a learner.</summary>
    [ThreadStatic]
    public static Action? Inside;

    public sealed class Program(Workspace<float> workspace, int inputs) : StepProgram<float>(workspace)
    {
        readonly Buffer<float> w = workspace.At(Weights), b = workspace.At(Bias), wm = workspace.At(WeightsM), bm = workspace.At(BiasM),
            wg = workspace.At(WeightsG), bg = workspace.At(BiasG), slow = workspace.At(Slow), output = workspace.Batched(0);

        public VectorWidth Width { get; init; }

        public override void Start()
        {
            for (int i = 0; i < inputs; i++)
                slow[i] = w[i];
        }

        public override void Predict(nint n)
        {
            Buffer<float> x = Real(0);
            for (nint e = 0; e < n; e++)
            {
                float y = b[0];
                for (int i = 0; i < inputs; i++)
                    y += w[i] * x[e * inputs + i];
                output[e * 16] = y;
            }
        }

        public override double Evaluate(nint n)
        {
            Predict(n);
            double sum = 0;
            for (nint e = 0; e < n; e++)
                sum += Square(output[e * 16] - Real(1)[e]);
            return sum / n;
        }

        public override double Gradient(nint n)
        {
            double loss = Evaluate(n);
            CheckLoss(loss);
            Inside?.Invoke();
            bg[0] = 0;
            for (int i = 0; i < inputs; i++)
                wg[i] = 0;
            for (nint e = 0; e < n; e++)
            {
                float d = 2 * (output[e * 16] - Real(1)[e]) / n;
                bg[0] += d;
                for (int i = 0; i < inputs; i++)
                    wg[i] += d * Real(0)[e * inputs + i];
            }
            return loss;
        }

        public override double Learn(nint n)
        {
            double loss = Gradient(n);
            for (int i = 0; i < inputs; i++)
                w[i] -= (float)Rate * (wm[i] = (float)Decay * wm[i] + wg[i]);
            b[0] -= (float)Rate * (bm[0] = (float)Decay * bm[0] + bg[0]);
            return loss;
        }

        static double Square(double x) => x * x;
    }
}

/// <summary>The typed members that the generator would write around <see cref="Linear"/>.</summary>
static class LinearCalls
{
    public static double Learn(this Learner<float> learner, ReadOnlySpan<float> input, ReadOnlySpan<float> target) =>
        learner.Learn(new Columns().Add(input).Add(target));

    public static double Evaluate(this Learner<float> learner, ReadOnlySpan<float> input, ReadOnlySpan<float> target) =>
        learner.Evaluate(new Columns().Add(input).Add(target));

    public static double Gradient(this Learner<float> learner, ReadOnlySpan<float> input, ReadOnlySpan<float> target) =>
        learner.Gradient(new Columns().Add(input).Add(target));

    public static void Predict(this Learner<float> learner, ReadOnlySpan<float> input, Span<float> output) =>
        learner.Predict(new Columns().Add(input), new OutputSpans<float>().Add(output));
}
