using System.Numerics;
using OptDsl.Runtime;

namespace OptDsl.Fuzz;

/// <summary>The runtime's kernels that emitted text calls.</summary>
static class Calls<V, T> where V : unmanaged, IVector<V, T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Null where there is none of this name and number of arguments.</summary>
    public static Action? Of(string name, Term[] x)
    {
        Func<Buffer<T>> B(int i) => x[i].As<Buffer<T>>();
        Func<nint> N(int i) => x[i].As<nint>();
        switch (name, x.Length)
        {
            case ("Moves.Stage", 5) when x[0] is Term<Buffer<int>> integers:
                var (ic, it, its, ir) = (N(1), B(2), N(3), N(4));
                return () => Moves.Stage(integers.Get(), ic(), it(), its(), ir());
            case ("Moves.Stage", 5):
                var (sf, sc, st, ss, sr) = (B(0), N(1), B(2), N(3), N(4));
                return () => Moves.Stage(sf(), sc(), st(), ss(), sr());
            case ("Moves.Copy", 3):
                var (from, to, count) = (B(0), B(1), N(2));
                return () => Moves.Copy(from(), to(), count());
            case ("Moves.Copy", 6):
                var (cf, cfs, ct, cts, cr, run) = (B(0), N(1), B(2), N(3), N(4), N(5));
                return () => Moves.Copy(cf(), cfs(), ct(), cts(), cr(), run());
            case ("Moves.Clear", 2):
                var (cleared, size) = (B(0), N(1));
                return () => Moves.Clear(cleared(), size());
            case ("Moves.Reshape", 7) when x[0] is Term<Buffer<int>> whole:
                var (wc, ws, wt, wtc, wts, wn) = (N(1), N(2), B(3), N(4), N(5), N(6));
                return () => Moves.Reshape(whole.Get(), wc(), ws(), wt(), wtc(), wts(), wn());
            case ("Moves.Reshape", 7):
                var (rf, rfc, rfs, rt, rtc, rts, rc) = (B(0), N(1), N(2), B(3), N(4), N(5), N(6));
                return () => Moves.Reshape(rf(), rfc(), rfs(), rt(), rtc(), rts(), rc());
            case ("Moves.Broadcast", 7):
                var (example, bt, stride, examples) = (N(1), B(3), N(5), N(6));
                var strides = Array.ConvertAll(x[2].As<nint[]>()(), n => (long)n);
                var sizes = Whole(x[4]);
                if (x[0] is Term<Buffer<int>> labels) return () => Moves.Broadcast(labels.Get(), example(), strides, bt(), sizes, stride(), examples());
                var bf = B(0);
                return () => Moves.Broadcast(bf(), example(), strides, bt(), sizes, stride(), examples());
            case ("Moves.SumAxis", 6):
                var (at, af, outer, length, inner, ato) = (x[0].As<Team>(), B(1), N(2), N(3), N(4), B(5));
                return () => Moves.SumAxis<V, T>(at(), af(), outer(), length(), inner(), ato());
            case ("Reductions.SumRows" or "Reductions.AddRows", 6):
                var (team, rows, height, width, ld, sums) = (x[0].As<Team>(), B(1), N(2), N(3), N(4), B(5));
                return name == "Reductions.SumRows" ? () => Reductions<V, T>.SumRows(team(), rows(), height(), width(), ld(), sums())
                    : () => Reductions<V, T>.AddRows(team(), rows(), height(), width(), ld(), sums());
            case ("MatMul.AddTransposed", 10):
                var (gt, gm, gn, gk, ga, glda) = (x[0].As<Team>(), N(1), N(2), N(3), B(4), N(5));
                var (gb, gbw, gc, gcw) = (B(6), N(7), B(8), N(9));
                return () => MatMul<V, T>.AddTransposed(gt(), gm(), gn(), gk(), ga(), glda(), gb(), gbw(), gc(), gcw());
            case ("Layouts.Transpose", 7):
                var (tt, tf, tr, tc, tw, tto, ttw) = (x[0].As<Team>(), B(1), N(2), N(3), N(4), B(5), N(6));
                return () => Layouts<V, T>.Transpose(tt(), tf(), tr(), tc(), tw(), tto(), ttw());
            case ("Orthonormal.Columns", 5):
                var (of, oh, ow, op, ot) = (B(0), N(1), N(2), N(3), B(4));
                return () => Orthonormal<V, T>.Columns(of(), oh(), ow(), op(), ot());
            case ("Moves.Gather" or "Moves.ScatterAdd" or "Moves.AddScattered", 10):
                return x[0] is Term<Buffer<int>> places ? Rows(name, places.Get, x) : Rows(name, B(0), x);
            case ("Windows.Unfold" or "Windows.Fold", 12):
                var (wteam, wfrom, wfs, wto, wtos, wexamples) = (x[0].As<Team>(), B(1), N(2), B(3), N(4), N(5));
                var (image, fits, window, wstart) = (Whole(x[6]), Whole(x[7]), Whole(x[8]), Whole(x[11]));
                var (wstride, wdilation) = (N(9), N(10));
                return name == "Windows.Unfold" ? () => Windows<V, T>.Unfold(wteam(), wfrom(), wfs(), wto(), wtos(), wexamples(), image, fits, window, (int)wstride(), (int)wdilation(), wstart)
                    : () => Windows<V, T>.Fold(wteam(), wfrom(), wfs(), wto(), wtos(), wexamples(), image, fits, window, (int)wstride(), (int)wdilation(), wstart);
            case ("Frames.Put", 7):
                var (fteam, pixels, apart, frames, images) = (x[0].As<Team>(), B(1), N(2), x[3].As<Framed<T>>(), N(4));
                var (sides, begin) = (Whole(x[5]), Whole(x[6]));
                return () => Frames<V, T>.Put(fteam(), pixels(), apart(), frames(), images(), sides, begin);
            case ("MatMul.AddTransposed", 8):
                var (sumTeam, sm, sn, seen) = (x[0].As<Team>(), N(1), N(2), x[3].As<Framed<T>>());
                var (sb, sbw, sum, sumw) = (B(4), N(5), B(6), N(7));
                return () => MatMul<V, T>.AddTransposed(sumTeam(), sm(), sn(), seen(), sb(), sbw(), sum(), sumw());
            case ("MatMul.Multiply" or "MatMul.MultiplyTransposed", 7):
                var isTurned = name == "MatMul.MultiplyTransposed";
                return x[6] switch
                {
                    Term<RowSink<T>> sink => Seen(isTurned, x, sink.Get),
                    Term<PanelSink<T>> sink => Seen(isTurned, x, sink.Get),
                    _ => Seen(isTurned, x, x[6].As<EmittedSink<V, T>>()),
                };
            case ("MatMul.MultiplyEach" or "MatMul.MultiplyEachTransposed", 11):
                var (et, ec, em, en, ek) = (x[0].As<Team>(), N(1), N(2), N(3), N(4));
                var (ea, elda, eb, eldb, eout, eldc) = (B(5), N(6), B(7), N(8), B(9), N(10));
                return name == "MatMul.MultiplyEach" ? () => MatMul<V, T>.MultiplyEach(et(), ec(), em(), en(), ek(), ea(), elda(), eb(), eldb(), eout(), eldc())
                    : () => MatMul<V, T>.MultiplyEachTransposed(et(), ec(), em(), en(), ek(), ea(), elda(), eb(), eldb(), eout(), eldc());
            case ("MatMul.Multiply" or "MatMul.MultiplyTransposed", 9):
                var isTransposed = name == "MatMul.MultiplyTransposed";
                return x[8] switch
                {
                    Term<RowSink<T>> sink => Product(isTransposed, x, sink.Get),
                    Term<PanelSink<T>> sink => Product(isTransposed, x, sink.Get),
                    _ => Product(isTransposed, x, x[8].As<EmittedSink<V, T>>()),
                };
            default:
                return null;
        }
    }

    static Action Rows<F>(string name, Func<Buffer<F>> index, Term[] x) where F : unmanaged, INumberBase<F>
    {
        var (ic, ist, count, table, columns) = (x[1].As<nint>(), x[2].As<nint>(), x[3].As<nint>(), x[8].As<nint>(), x[9].As<nint>());
        var (from, fs, to, ts) = (x[4].As<Buffer<T>>(), x[5].As<nint>(), x[6].As<Buffer<T>>(), x[7].As<nint>());
        return name == "Moves.Gather" ? () => Moves.Gather(index(), ic(), ist(), count(), from(), fs(), to(), ts(), table(), columns())
            : name == "Moves.AddScattered" ? () => Moves.AddScattered(index(), ic(), ist(), count(), from(), fs(), to(), ts(), table(), columns())
            : () => Moves.ScatterAdd(index(), ic(), ist(), count(), from(), fs(), to(), ts(), table(), columns());
    }

    static int[] Whole(Term numbers) => Expressions<V, T>.Sizes(numbers);

    static Action Product<S>(bool isTransposed, Term[] x, Func<S> sink) where S : struct, ISink<T>
    {
        var (team, m, n, k) = (x[0].As<Team>(), x[1].As<nint>(), x[2].As<nint>(), x[3].As<nint>());
        var (a, lda, b, width) = (x[4].As<Buffer<T>>(), x[5].As<nint>(), x[6].As<Buffer<T>>(), x[7].As<nint>());
        return isTransposed ? () => MatMul<V, T>.MultiplyTransposed(team(), m(), n(), k(), a(), lda(), b(), width(), sink())
            : () => MatMul<V, T>.Multiply(team(), m(), n(), k(), a(), lda(), b(), width(), sink());
    }

    static Action Seen<S>(bool isTransposed, Term[] x, Func<S> sink) where S : struct, ISink<T>
    {
        var (team, m, n, a, b, width) = (x[0].As<Team>(), x[1].As<nint>(), x[2].As<nint>(), x[3].As<Framed<T>>(), x[4].As<Buffer<T>>(), x[5].As<nint>());
        return isTransposed ? () => MatMul<V, T>.MultiplyTransposed(team(), m(), n(), a(), b(), width(), sink())
            : () => MatMul<V, T>.Multiply(team(), m(), n(), a(), b(), width(), sink());
    }
}
