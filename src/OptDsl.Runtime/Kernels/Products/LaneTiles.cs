using System.Numerics;
using System.Runtime.CompilerServices;

namespace OptDsl.Runtime;

// Two places of as many examples as a vector has lanes, each with the weights of few filters: a vector of pixels meets one number of each filter.
// Stores eight vectors of each place, of which filters fill the first.
internal static class LaneTiles<V, T>
    where V : unmanaged, IVector<V, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Tile6x2(Buffer<T> a0, Buffer<T> a1, nint lines, nint line, nint run, Buffer<T> b, nint width, Buffer<T> tile)
    {
        V c00 = default, c01 = default, c10 = default, c11 = default, c20 = default, c21 = default, c30 = default, c31 = default, c40 = default, c41 = default, c50 = default, c51 = default;
        for (nint from = 0; lines > 0; lines--, from += line)
            for (nint k = from, end = from + run; k != end; k += V.Count)
            {
                V x0 = V.Load(a0, k), x1 = V.Load(a1, k);
                V w = V.Create(b[0]);
                V.AddProduct(ref c00, w, x0);
                V.AddProduct(ref c01, w, x1);
                w = V.Create(b[1]);
                V.AddProduct(ref c10, w, x0);
                V.AddProduct(ref c11, w, x1);
                w = V.Create(b[2]);
                V.AddProduct(ref c20, w, x0);
                V.AddProduct(ref c21, w, x1);
                w = V.Create(b[3]);
                V.AddProduct(ref c30, w, x0);
                V.AddProduct(ref c31, w, x1);
                w = V.Create(b[4]);
                V.AddProduct(ref c40, w, x0);
                V.AddProduct(ref c41, w, x1);
                w = V.Create(b[5]);
                V.AddProduct(ref c50, w, x0);
                V.AddProduct(ref c51, w, x1);
                b = b.At(width);
            }
        V.Store(c00, tile, 0);
        V.Store(c10, tile, 1 * V.Count);
        V.Store(c20, tile, 2 * V.Count);
        V.Store(c30, tile, 3 * V.Count);
        V.Store(c40, tile, 4 * V.Count);
        V.Store(c50, tile, 5 * V.Count);
        V.Store(c01, tile, 8 * V.Count);
        V.Store(c11, tile, 9 * V.Count);
        V.Store(c21, tile, 10 * V.Count);
        V.Store(c31, tile, 11 * V.Count);
        V.Store(c41, tile, 12 * V.Count);
        V.Store(c51, tile, 13 * V.Count);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Tile8x2(Buffer<T> a0, Buffer<T> a1, nint lines, nint line, nint run, Buffer<T> b, nint width, Buffer<T> tile)
    {
        V c00 = default, c01 = default, c10 = default, c11 = default, c20 = default, c21 = default, c30 = default, c31 = default, c40 = default, c41 = default, c50 = default, c51 = default, c60 = default, c61 = default, c70 = default, c71 = default;
        for (nint from = 0; lines > 0; lines--, from += line)
            for (nint k = from, end = from + run; k != end; k += V.Count)
            {
                V x0 = V.Load(a0, k), x1 = V.Load(a1, k);
                V w = V.Create(b[0]);
                V.AddProduct(ref c00, w, x0);
                V.AddProduct(ref c01, w, x1);
                w = V.Create(b[1]);
                V.AddProduct(ref c10, w, x0);
                V.AddProduct(ref c11, w, x1);
                w = V.Create(b[2]);
                V.AddProduct(ref c20, w, x0);
                V.AddProduct(ref c21, w, x1);
                w = V.Create(b[3]);
                V.AddProduct(ref c30, w, x0);
                V.AddProduct(ref c31, w, x1);
                w = V.Create(b[4]);
                V.AddProduct(ref c40, w, x0);
                V.AddProduct(ref c41, w, x1);
                w = V.Create(b[5]);
                V.AddProduct(ref c50, w, x0);
                V.AddProduct(ref c51, w, x1);
                w = V.Create(b[6]);
                V.AddProduct(ref c60, w, x0);
                V.AddProduct(ref c61, w, x1);
                w = V.Create(b[7]);
                V.AddProduct(ref c70, w, x0);
                V.AddProduct(ref c71, w, x1);
                b = b.At(width);
            }
        V.Store(c00, tile, 0);
        V.Store(c10, tile, 1 * V.Count);
        V.Store(c20, tile, 2 * V.Count);
        V.Store(c30, tile, 3 * V.Count);
        V.Store(c40, tile, 4 * V.Count);
        V.Store(c50, tile, 5 * V.Count);
        V.Store(c60, tile, 6 * V.Count);
        V.Store(c70, tile, 7 * V.Count);
        V.Store(c01, tile, 8 * V.Count);
        V.Store(c11, tile, 9 * V.Count);
        V.Store(c21, tile, 10 * V.Count);
        V.Store(c31, tile, 11 * V.Count);
        V.Store(c41, tile, 12 * V.Count);
        V.Store(c51, tile, 13 * V.Count);
        V.Store(c61, tile, 14 * V.Count);
        V.Store(c71, tile, 15 * V.Count);
    }
}
