namespace OptDsl.Runtime;

/// <summary>
/// Orthonormal columns, or rows where there are fewer of them: the Q of a Gaussian matrix = Q·R with a positive diagonal of R. Then no rotation
/// is likelier than another (Haar's measure): https://arxiv.org/abs/math-ph/0609050.
/// </summary>
static class OrthogonalMatrix
{
    const int Panel = 16;

    /// <summary>Row-major. Element (r, c) of the Gaussian matrix is the number r·columns + c of <paramref name="random"/>.</summary>
    public static double[] Draw(Philox random, int rows, int columns)
    {
        // QR asks for no fewer rows than columns; else the transpose is what it gets, and gives.
        bool isWide = rows < columns;
        (int tall, int thin) = isWide ? (columns, rows) : (rows, columns);
        double[] matrix = new double[tall * thin];
        for (int i = 0; i < tall; i++)
            for (int j = 0; j < thin; j++)
                matrix[i * thin + j] = random.Normal((ulong)(isWide ? j * tall + i : i * thin + j));
        // 128 bits are fast everywhere, and the bits of the result are those of every width.
        Columns<Vec128<double>>(matrix, tall, thin);
        return isWide ? Transposed(matrix, tall, thin) : matrix;
    }

    static void Columns<V>(double[] matrix, int rows, int columns) where V : unmanaged, IVector<V, double>
    {
        long size = (columns + Panel - 1L) / Panel * Panel * rows;
        using Arena<double> from = new(size), to = new(size);
        Layouts<V, double>.Pack(matrix, rows, columns, from.At(0), Panel);
        Orthonormal<V, double>.Columns(from.At(0), rows, columns, Panel, to.At(0));
        Layouts<V, double>.Unpack(to.At(0), rows, columns, Panel, matrix);
    }

    static double[] Transposed(double[] matrix, int rows, int columns)
    {
        double[] turned = new double[matrix.Length];
        for (int i = 0; i < rows; i++)
            for (int j = 0; j < columns; j++)
                turned[j * rows + i] = matrix[i * columns + j];
        return turned;
    }
}
