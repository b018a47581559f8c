using OptDsl.Runtime;

namespace OptDsl.Tests.Runtime;

using Start = OptDsl.Runtime.Start;

/// <summary>784-32-classes with ReLU, softmax cross-entropy and SGD, one example at a time, in plain loops.</summary>
static class Perceptron
{
    const int Inputs = 784, Hidden = 32;
    const float Rate = 0.02f;

    public static Learner<float> New(int classes)
    {
        TensorInfo first = new("first", [Inputs, Hidden], Hidden, 0, Start.Uniform(-0.0875, 0.0875));
        TensorInfo second = new("second", [Hidden, classes], 16, first.Extent, Start.Uniform(-0.43, 0.43));
        return new(new Definition<float>
        {
            Model = "Perceptron",
            Fingerprint = "",
            Columns = [new("image", false, [28, 28], 0, true), new("label", true, [], classes, false)],
            Outputs = [new("scores", [classes], 0, 16)],
            Parameters = [first, second],
            Slots = [],
            Gradients = [],
            Fixed = first.Extent + second.Extent,
            PerExample = 16,
            Summary = [],
            Program = (workspace, _) => new Program(workspace, first, second, classes),
        }, 1, 50, 1, VectorWidth.Auto);
    }

    sealed class Program(Workspace<float> workspace, TensorInfo first, TensorInfo second, int classes) : StepProgram<float>(workspace)
    {
        readonly Buffer<float> w1 = workspace.At(first.Offset), w2 = workspace.At(second.Offset), scores = workspace.Batched(0);
        readonly float[] h = new float[Hidden], dh = new float[Hidden];

        public override void Predict(nint n)
        {
            for (nint e = 0; e < n; e++)
                Forward(Real(0).At(e * Inputs), scores.At(e * 16));
        }

        public override double Learn(nint n)
        {
            double loss = 0;
            for (nint e = 0; e < n; e++)
                loss += Learn(Real(0).At(e * Inputs), scores.At(e * 16), Integer(1)[e]);
            return loss / n;
        }

        public override double Evaluate(nint n) => throw new NotSupportedException();

        public override double Gradient(nint n) => throw new NotSupportedException();

        void Forward(Buffer<float> x, Buffer<float> s)
        {
            Array.Clear(h);
            for (int i = 0; i < Inputs; i++)
                for (int j = 0; j < Hidden; j++)
                    h[j] += x[i] * w1[i * Hidden + j];
            for (int k = 0; k < classes; k++)
                s[k] = 0;
            for (int j = 0; j < Hidden; j++)
            {
                h[j] = Math.Max(0, h[j]);
                for (int k = 0; k < classes; k++)
                    s[k] += h[j] * w2[j * 16 + k];
            }
        }

        double Learn(Buffer<float> x, Buffer<float> s, int label)
        {
            Forward(x, s);
            Span<float> p = s.Span(classes);
            float max = p[0], sum = 0;
            foreach (float score in p)
                max = Math.Max(max, score);
            foreach (ref float score in p)
                sum += score = MathF.Exp(score - max);
            foreach (ref float score in p)
                score /= sum;
            double loss = -Math.Log(p[label]);
            p[label] -= 1;
            for (int j = 0; j < Hidden; j++)
            {
                dh[j] = 0;
                for (int k = 0; k < classes; k++)
                {
                    dh[j] += h[j] > 0 ? p[k] * w2[j * 16 + k] : 0;
                    w2[j * 16 + k] -= Rate * h[j] * p[k];
                }
            }
            for (int i = 0; i < Inputs; i++)
                for (int j = 0; j < Hidden; j++)
                    w1[i * Hidden + j] -= Rate * x[i] * dh[j];
            return loss;
        }
    }
}
