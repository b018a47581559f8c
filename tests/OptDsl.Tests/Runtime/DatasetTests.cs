using OptDsl.Data;
using Xunit;

namespace OptDsl.Tests.Runtime;

public class DatasetTests
{
    static readonly Dataset five = new([0, 1, 2, 3, 4, 5, 6, 7, 8, 9], [4, 3, 2, 1, 0], height: 1, width: 2, classes: 5);

    [Fact]
    public void A_range_is_a_part_in_order()
    {
        Dataset part = five[1..^1];
        Assert.Equal((3, 1, 2, 5), (part.Count, part.Height, part.Width, part.Classes));
        Assert.Equal([3, 2, 1], part.Labels.ToArray());
        Assert.Equal([4, 5], part.Image(1).ToArray());
        Batch last = part.InOrder(2).Last();
        float[] pixels = new float[2];
        last.CopyTo(0, pixels.AsSpan());
        Assert.Equal((1, 6f, 7f), (last.Count, pixels[0], pixels[1]));
    }

    [Fact]
    public void A_part_is_neither_empty_nor_beyond_the_end()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => five.Slice(3, 3));
        Assert.Throws<ArgumentOutOfRangeException>(() => five.Slice(-1, 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => five[5..]);
    }
}
