using OptDsl.Compiler;
using OptDsl.Testing;

namespace OptDsl.Fuzz;

/// <summary>The gradient against the derivative of the declared loss, carried forward along one direction through all parameters.</summary>
sealed class NetDerivative(NetCase net)
{
    const int Examples = 2;

    /// <summary>Of the direction's largest share: what a double may be off at first sight, and what remains with 31 digits.</summary>
    const double AtFirst = 1e-10, Exact = 1e-12;

    readonly RandomData data = new(net.Model, net.Graph, Examples, net.Run.Seed, zeros: false);

    /// <summary>False where there is no derivative to compare with.</summary>
    /// <exception cref="MismatchException">It is another one.</exception>
    public bool Check()
    {
        // Doubles decide nearly always; where rounding is too large to tell, 31 digits do.
        var (wanted, found, share, branches, _) = At<Real64>();
        if (!double.IsFinite(wanted) || !Branches.AreSame(branches, branches)) return false;
        if (Math.Abs(wanted - found) <= AtFirst * share) return true;
        var (exactly, exactFound, exactShare, exactBranches, largest) = At<DoubleDouble>();
        if (!double.IsFinite(exactly) || !Branches.AreSame(branches, exactBranches)) return false;
        // Numbers that simplification folded are doubles; what they lack may only matter where larger numbers cancel.
        if (Math.Abs(exactly - exactFound) <= Exact * exactShare + 1e-14 * largest) return true;
        throw new MismatchException(FormattableString.Invariant($"the gradient along a direction is {exactFound:R}, the derivative {exactly:R}"));
    }

    (double Carried, double Found, double Share, IReadOnlyList<double[]> Branches, double Largest) At<S>() where S : struct, IScalar<S>
    {
        var random = new Random(net.Run.Seed);
        var (forward, backward) = (new Interpreter<Dual<S>>(net.Declared), new Interpreter<S>(net.Graph));
        foreach (var (name, numbers) in data.Columns) forward.Data[name] = backward.Data[name] = numbers;
        var directions = new Dictionary<string, double[]>();
        foreach (var parameter in net.Model.Trained)
        {
            var size = (int)parameter.Shape.Size;
            var scale = Math.Sqrt(3.0 / (parameter.Rank == 2 ? parameter.Shape[0] : 2));
            double[] start = [.. Enumerable.Range(0, size).Select(_ => (2 * random.NextDouble() - 1) * scale)];
            var direction = directions[parameter.Path] = [.. Enumerable.Range(0, size).Select(_ => parameter.IsFixed ? 0 : 2 * random.NextDouble() - 1)];
            backward.State[parameter.Path] = Array.ConvertAll(start, S.Create);
            forward.State[parameter.Path] = [.. start.Zip(direction, (s, d) => new Dual<S>(S.Create(s), S.Create(d)))];
        }
        var loss = net.Declared.Roots.Loss;
        var values = forward.Evaluate(Examples, [loss]);
        var gradients = net.Graph.Roots.Gradients.Where(g => directions.ContainsKey(g.Name)).ToArray();
        var found = backward.Evaluate(Examples, gradients.Select(g => g.Value));
        double sum = 0, share = 0;
        foreach (var (name, value) in gradients)
            foreach (var part in found[value].Zip(directions[name], (g, d) => g.Value * d)) (sum, share) = (sum + part, share + Math.Abs(part));
        return (values[loss][0].Slope.Value, sum, share, Branches.Of(Branches.Below(loss), values), values.Values.SelectMany(v => v).Max(n => Math.Abs(n.Value)));
    }
}
