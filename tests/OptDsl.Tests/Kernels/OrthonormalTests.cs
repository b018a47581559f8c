using System.Numerics;
using OptDsl.Runtime;
using OptDsl.Testing;
using Xunit;

namespace OptDsl.Tests.Kernels;

public class OrthonormalTests
{
    [Fact] public void FloatsAt512() => Check<Vec512<float>, float, Real32>();
    [Fact] public void FloatsAt256() => Check<Vec256<float>, float, Real32>();
    [Fact] public void FloatsAt128() => Check<Vec128<float>, float, Real32>();
    [Fact] public void FloatsAt1() => Check<Vec1<float>, float, Real32>();
    [Fact] public void DoublesAt512() => Check<Vec512<double>, double, Real64>();
    [Fact] public void DoublesAt256() => Check<Vec256<double>, double, Real64>();
    [Fact] public void DoublesAt128() => Check<Vec128<double>, double, Real64>();
    [Fact] public void DoublesAt1() => Check<Vec1<double>, double, Real64>();

    /// <summary>The interpreter's bits in rows and panels, of full matrices and of such with columns that depend or are 0, tiny or huge.</summary>
    static void Check<V, T, S>() where V : unmanaged, IVector<V, T> where T : unmanaged, IBinaryFloatingPointIeee754<T> where S : struct, IScalar<S>
    {
        var random = new Random(5);
        for (var trial = 0; trial < 60; trial++)
        {
            int cols = random.Next(1, 70), rows = cols + trial % 3 * random.Next(5), width = trial % 2 == 0 ? 32 : (cols + 15) / 16 * 16;
            T[] matrix = [.. Matrix(random, rows, cols, trial % 5).Select(T.CreateChecked)], basis = Columns<V, T>(matrix, rows, cols, width);
            var wanted = Orthonormal<S>.Columns([.. matrix.Select(x => S.Create(double.CreateChecked(x)))], cols);
            Bits.AssertSame<T>([.. wanted.Select(x => T.CreateChecked(x.Value))], basis);
            var unit = typeof(T) == typeof(float) ? 6e-8 : 1.2e-16;
            IsOrthonormal([.. basis.Select(double.CreateChecked)], rows, cols, 10 * rows * unit);
            if (trial % 5 < 2) IsTriangular([.. basis.Select(double.CreateChecked)], [.. matrix.Select(double.CreateChecked)], rows, cols, 20 * rows * unit);
        }
    }

    static IEnumerable<double> Matrix(Random random, int rows, int cols, int kind)
    {
        var a = new double[rows * cols];
        for (var i = 0; i < a.Length; i++) a[i] = 2 * random.NextDouble() - 1;
        for (var j = 0; j < cols; j++)
            for (var i = 0; i < rows; i++)
                if (kind == 1) a[i * cols + j] *= Math.Pow(10, j % 3 * 15 - 15);
                else if (kind == 2 && j % 3 > 0) a[i * cols + j] = j % 3 == 1 ? 0 : a[i * cols + j - 2];
                else if (kind == 3) a[i * cols + j] = (i + 1.0) / (j + 1);
                else if (kind == 4) a[i * cols + j] = i == j ? j % 2 - 0.5 : 0;
        return a;
    }

    static T[] Columns<V, T>(T[] matrix, int rows, int cols, int width) where V : unmanaged, IVector<V, T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var size = (cols + width - 1) / width * width * rows;
        using Native<T> from = Native<T>.Filled(size, T.NaN), to = Native<T>.Filled(size, T.NaN);
        Layouts<V, T>.Pack(matrix, rows, cols, from.Buffer, width);
        Orthonormal<V, T>.Columns(from.Buffer, rows, cols, width, to.Buffer);
        var result = new T[matrix.Length];
        Layouts<V, T>.Unpack(to.Buffer, rows, cols, width, result);
        return result;
    }

    static void IsOrthonormal(double[] q, int rows, int cols, double tolerance)
    {
        for (var j = 0; j < cols; j++)
            for (var k = 0; k <= j; k++) Assert.Equal(j == k ? 1 : 0, Product(q, j, q, k, rows, cols), tolerance);
    }

    /// <summary>R = Qᵀ·A has nothing under its diagonal, and only positive numbers on it.</summary>
    static void IsTriangular(double[] q, double[] a, int rows, int cols, double tolerance)
    {
        for (var j = 0; j < cols; j++)
        {
            var length = Math.Sqrt(Product(a, j, a, j, rows, cols));
            Assert.True(Product(q, j, a, j, rows, cols) > 0);
            for (var k = j + 1; k < cols; k++) Assert.Equal(0, Product(q, k, a, j, rows, cols) / length, tolerance);
        }
    }

    static double Product(double[] a, int j, double[] b, int k, int rows, int cols) => Enumerable.Range(0, rows).Sum(i => a[i * cols + j] * b[i * cols + k]);

    [Fact]
    public void Of_nothing_and_of_a_basis_the_axes_stay()
    {
        double[] axes = [1, 0, 0, 0, 1, 0, 0, 0, 1];
        Assert.Equal(axes, Columns<Vec256<double>, double>(new double[9], 3, 3, 16));
        Assert.Equal(axes, Columns<Vec256<double>, double>([2, 0, 0, 0, 0, 0, 0, 0, 0.5], 3, 3, 16));
    }

    [Fact]
    public void What_is_no_number_stays_none() => Assert.All(Columns<Vec256<double>, double>([1, 2, double.NaN, 3], 2, 2, 16), x => Assert.True(double.IsNaN(x)));
}
