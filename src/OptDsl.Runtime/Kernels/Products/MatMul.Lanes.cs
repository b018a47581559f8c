using System.Numerics;
using System.Runtime.CompilerServices;

namespace OptDsl.Runtime;

// Windows with few filters, of which a vector would be padding for the most part: a lane is an example, as many side by side as a vector holds. Each sum is the
// same, so what does not fill the lanes is left to tiles.
public static unsafe partial class MatMul<V, T>
    where V : unmanaged, IVector<V, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    // Rows of places at a time, and bytes of what they see, side by side on the stack: half of it, for most layers, fits into a cache of the first level.
    private const int Band = 8, Room = 1 << 17;

    private static bool IsSideBySide<S>(in Windowed<S> p) where S : struct, ISink<T> =>
        !p.IsTransposed && p.N <= (V.Count * sizeof(T) == 64 ? Few : 6) && V.Count % Runtime.Block.Size == 0 && Seen(p.A, Band) * V.Count * sizeof(T) <= Room && p.M >= V.Count * p.A.Places;

    // Elements that so many rows of places see, up to whole blocks.
    private static nint Seen(in Framed<T> a, nint down) => ((down - 1) * a.NextRow + a.Height * a.Line + Runtime.Block.Size - 1) / Runtime.Block.Size * Runtime.Block.Size;

    private static void Lanes<S>(Team team, Windowed<S> p) where S : struct, ISink<T>
    {
        var job = new SideBySide<S>(p);
        nint examples = p.M / p.A.Places, whole = examples - examples % V.Count;
        int chunks = (int)(whole / V.Count * job.Bands);
        if (team.IsWorthSharing(2.0 * p.M * p.N * p.A.Cells))
            team.Run(job, chunks);
        else
            for (int chunk = 0; chunk < chunks; chunk++) job.Run(chunk);
        if (whole < examples) Range(p, whole * p.A.Places, p.M, 0, 16);
    }

    private readonly struct SideBySide<S>(Windowed<S> product) : IJob where S : struct, ISink<T>
    {
        public nint Bands => (product.A.Down + Band - 1) / Band;

        public void Run(int chunk)
        {
            nint from = chunk % Bands * Band;
            Lanes(product, chunk / Bands * V.Count, from, Math.Min(product.A.Down, from + Band));
        }
    }

    // Some rows of places of as many examples as there are lanes.
    [MethodImpl(MethodImplOptions.AggressiveOptimization), SkipLocalsInit]
    private static void Lanes<S>(Windowed<S> p, nint example, nint from, nint until) where S : struct, ISink<T>
    {
        nint seen = Seen(p.A, until - from), places = p.A.Places, place = example * places + from * p.A.Across;
        byte* stack = stackalloc byte[(int)(seen * V.Count * sizeof(T)) + 4 * 16 * 64 + 64];
        var images = new Buffer<T>((T*)(((nint)stack + 63) & ~63));
        Buffer<T> tile = images.At(seen * V.Count), rows = tile.At(2 * Few * V.Count);
        Lay(p.A.Images.At(example * p.A.Size + from * p.A.NextRow), p.A.Size, seen, images);
        // What no filter fills stays 0, and so does the padding of what is stored.
        Moves.Clear(tile, 2 * Few * V.Count);
        Moves.Clear(rows, 16 * V.Count);
        nint height = p.A.Height, line = p.A.Line * V.Count, run = p.A.Run * V.Count, pace = p.A.Pace * V.Count, next = p.A.NextRow * V.Count, across = p.A.Across;
        for (; from < until; from++, images = images.At(next))
        {
            Buffer<T> at = images;
            for (nint x = 0; x < across; x += 2, at = at.At(2 * pace))
            {
                bool isPair = x + 1 < across;
                if (p.N <= 6)
                    LaneTiles<V, T>.Tile6x2(at, isPair ? at.At(pace) : at, height, line, run, p.B, p.Width, tile);
                else
                    LaneTiles<V, T>.Tile8x2(at, isPair ? at.At(pace) : at, height, line, run, p.B, p.Width, tile);
                Turn(p.Sink, tile, rows, place++, places);
                if (isPair) Turn(p.Sink, tile.At(Few * V.Count), rows, place++, places);
            }
        }
    }

    // The sums of a place: of each example those of all filters.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Turn<S>(S sink, Buffer<T> tile, Buffer<T> rows, nint place, nint places) where S : struct, ISink<T>
    {
        for (nint j = 0; j < Few; j += Runtime.Block.Size)
            for (nint i = 0; i < V.Count; i += Runtime.Block.Size)
                Runtime.Block.Transpose(tile.At(j * V.Count + i), V.Count, rows.At(i * 16 + j), 16);
        for (nint i = 0; i < V.Count; i++, place += places)
            for (nint j = 0; j < 16; j += V.Count) sink.Store(V.Load(rows, i * 16 + j), place, j);
    }

    // So many elements of each example, side by side.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Lay(Buffer<T> examples, nint apart, nint count, Buffer<T> lanes)
    {
        for (nint i = 0; i < count; i += Runtime.Block.Size)
            for (nint j = 0; j < V.Count; j += Runtime.Block.Size)
                Runtime.Block.Transpose(examples.At(j * apart + i), apart, lanes.At(i * V.Count + j), V.Count);
    }
}
