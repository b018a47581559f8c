using System.Numerics;
using OptDsl.Compiler;
using OptDsl.Runtime;
using OptDsl.Testing;

namespace OptDsl.Fuzz;

/// <summary>Networks in one compilation, and what is wrong with each of them.</summary>
sealed class NetBatch
{
    readonly string?[] faults;

    NetBatch(IReadOnlyList<NetCase> nets, Func<string, string> tamper)
    {
        faults = new string?[nets.Count];
        var texts = new string[nets.Count];
        for (var i = 0; i < nets.Count; i++) faults[i] = Fault(() => texts[i] = tamper(nets[i].Text(i)));
        var emitted = Compile(texts, nets, tamper);
        for (var i = 0; i < nets.Count; i++)
            if (faults[i] is null) faults[i] = Fault(() => Check(emitted!, i, nets[i]));
    }

    public NetCounts Counts { get; private set; }

    /// <summary>The networks' faults, null where there is none; several at once, since the compiler takes long to begin.</summary>
    /// <param name="nets">The networks.</param>
    /// <param name="tamper">Changes the texts before they are compiled: shows that the check can fail.</param>
    public static (NetCounts Counts, string?[] Faults) Run(IReadOnlyList<NetCase> nets, Func<string, string>? tamper = null)
    {
        var batch = new NetBatch(nets, tamper ?? (text => text));
        return (batch.Counts + new NetCounts(nets.Count, nets.Count(n => n.IsShipped), 0, 0, 0, batch.faults.Count(f => f is not null)), batch.faults);
    }

    /// <summary>Null where the C# compiler refuses one of many: then each is compiled alone.</summary>
    Emitted? Compile(string[] texts, IReadOnlyList<NetCase> nets, Func<string, string> tamper)
    {
        try
        {
            return new([.. texts.Where(t => t is not null)], stays: true, typeof(NetBatch).Assembly);
        }
        catch (InvalidOperationException fault)
        {
            for (var i = 0; i < nets.Count; i++) faults[i] ??= nets.Count == 1 ? fault.Message : Run([nets[i]], tamper).Faults[0];
            return null;
        }
    }

    void Check(Emitted? emitted, int index, NetCase net)
    {
        if (emitted is null) return;
        if (net.Run.Precision == Precision.Single) SameBits<float, Real32>(emitted, index, net);
        else SameBits<double, Real64>(emitted, index, net);
        if (net.Run.Declaration.Network.Text.Lines.Contains("StopGradient", StringComparison.Ordinal)) Counts += new NetCounts { Constant = 1 };
        else if (new NetDerivative(net).Check()) Counts += new NetCounts { Directions = 1 };
        else Counts += new NetCounts { Kinks = 1 };
    }

    static void SameBits<T, S>(Emitted emitted, int index, NetCase net) where T : unmanaged, IBinaryFloatingPointIeee754<T> where S : struct, IScalar<S>
    {
        using var learner = net.Learner<T>(emitted, index);
        Testing.SameBits.Check<T, S>(learner, net.Model, net.Graph, net.Run.Examples, net.Run.Seed, net.IsShipped ? null : net.Asked);
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
