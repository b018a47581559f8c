using System.Numerics;
using OptDsl.Compiler;
using OptDsl.Runtime;
using OptDsl.Testing;

namespace OptDsl.Fuzz;

/// <summary>Networks, some of them compiled at once and the others read, and what is wrong with each of them.</summary>
sealed class NetBatch
{
    readonly IReadOnlyList<NetCase> nets;
    readonly string[] texts;
    readonly string?[] faults;

    NetBatch(IReadOnlyList<NetCase> nets, Func<string, string> tamper)
    {
        this.nets = nets;
        (faults, texts) = (new string?[nets.Count], new string[nets.Count]);
        for (var i = 0; i < nets.Count; i++) faults[i] = Fault(() => texts[i] = tamper(nets[i].Text(i)));
        var emitted = Compile(tamper);
        for (var i = 0; i < nets.Count; i++)
            if (faults[i] is null) faults[i] = Fault(() => Check(emitted, i));
    }

    public NetCounts Counts { get; private set; }

    /// <summary>The networks' faults, null where there is none; several at once where they are compiled.</summary>
    /// <param name="nets">The networks.</param>
    /// <param name="tamper">Changes the texts before they are compiled or read: shows that the check can fail.</param>
    public static (NetCounts Counts, string?[] Faults) Run(IReadOnlyList<NetCase> nets, Func<string, string>? tamper = null)
    {
        var batch = new NetBatch(nets, tamper ?? (text => text));
        return (batch.Counts + new NetCounts(nets.Count, nets.Count(n => n.IsShipped), 0, 0, 0, batch.faults.Count(f => f is not null)), batch.faults);
    }

    /// <summary>Those that are compiled. Where the C# compiler refuses one of many, each is compiled alone.</summary>
    Emitted? Compile(Func<string, string> tamper)
    {
        var shipped = Enumerable.Range(0, nets.Count).Where(i => nets[i].IsShipped && faults[i] is null).ToArray();
        if (shipped.Length == 0) return null;
        try
        {
            return new Emitted([.. shipped.Select(i => texts[i])], stays: true);
        }
        catch (InvalidOperationException fault)
        {
            foreach (var i in shipped) faults[i] = nets.Count == 1 ? fault.Message : Run([nets[i]], tamper).Faults[0];
            return null;
        }
    }

    void Check(Emitted? emitted, int index)
    {
        var net = nets[index];
        if (net.IsShipped && emitted is null) return;
        if (net.Run.Precision == Precision.Single) SameBits<float, Real32>(emitted, index);
        else SameBits<double, Real64>(emitted, index);
        if (net.Run.Declaration.Network.Text.Lines.Contains("StopGradient", StringComparison.Ordinal)) Counts += new NetCounts { Constant = 1 };
        else if (new NetDerivative(net).Check()) Counts += new NetCounts { Directions = 1 };
        else Counts += new NetCounts { Kinks = 1 };
    }

    void SameBits<T, S>(Emitted? emitted, int index) where T : unmanaged, IBinaryFloatingPointIeee754<T> where S : struct, IScalar<S>
    {
        var net = nets[index];
        using var learner = net.IsShipped ? emitted!.Create<T>(index, new(net.Run.Seed, net.Run.MaxBatch, net.Run.Threads, net.Run.Width))
            : new Learner<T>(new EmittedClass(texts[index]).Definition<T>(), net.Run.Seed, net.Run.MaxBatch, net.Run.Threads, net.Run.Width);
        Testing.SameBits.Check<T, S>(learner, net.Model, net.Graph, net.Run.Examples, net.Run.Seed, onlyOnce: !net.IsShipped);
    }

    /// <summary>Whatever is thrown is a fault of the library.</summary>
    static string? Fault(Action action)
    {
        try
        {
            action();
            return null;
        }
        catch (MismatchException fault)
        {
            return fault.Message;
        }
        catch (Exception fault)
        {
            return fault.ToString();
        }
    }
}
