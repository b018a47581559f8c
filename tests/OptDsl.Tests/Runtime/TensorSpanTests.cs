using System.Numerics.Tensors;
using OptDsl.Runtime;
using Xunit;

namespace OptDsl.Tests.Runtime;

public sealed class TensorSpanTests
{
    [Fact]
    public void A_dense_tensor_is_its_span()
    {
        float[] data = [1, 2, 3, 4, 5, 6];
        Assert.Equal(data, TensorSpans.Flat(new ReadOnlyTensorSpan<float>(data, [2, 3]), "x", [3]).ToArray());
        Assert.Equal(data, TensorSpans.Flat(new ReadOnlyTensorSpan<float>(data, [6]), "x", []).ToArray());
        Assert.Equal([4, 5, 6], TensorSpans.Flat(new ReadOnlyTensorSpan<float>(data, [2, 3]).Slice([1, 0]), "x", [3]).ToArray());
        TensorSpans.Flat(new TensorSpan<float>(data, [2, 3]), "x", [3])[4] = 50;
        Assert.Equal(50, data[4]);
    }

    [Fact]
    public void Another_shape_or_a_gap_is_refused()
    {
        float[] data = [1, 2, 3, 4, 5, 6];
        Refused("'x' has the shape [examples, 2], the tensor [2, 3]", () => TensorSpans.Flat(new ReadOnlyTensorSpan<float>(data, [2, 3]), "x", [2]));
        Refused("the tensor [6]", () => TensorSpans.Flat(new ReadOnlyTensorSpan<float>(data, [6]), "x", [6]));
        Refused("'x' has the shape [examples], the tensor [2, 3]", () => TensorSpans.Flat(new TensorSpan<float>(data, [2, 3]), "x", []));
        Refused("must be dense", () => TensorSpans.Flat(new ReadOnlyTensorSpan<float>(data, [2, 3])[0..2, 0..2], "x", [2]));
        Refused("must be dense", () => TensorSpans.Flat(new ReadOnlyTensorSpan<float>(data, [2, 2], [0, 1]), "x", [2]));
    }

    static void Refused(string because, Action call) => Assert.Contains(because, Assert.Throws<ArgumentException>(call).Message, StringComparison.Ordinal);
}
