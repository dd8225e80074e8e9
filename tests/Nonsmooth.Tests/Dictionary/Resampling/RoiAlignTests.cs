namespace Nonsmooth.Tests.Dictionary.Resampling;

public sealed class RoiAlignTests
{
    private static readonly Shape _images = new(2, 2, 5, 6);
    private static readonly double[] _boxes = [0.3, 0.7, 4.31, 3.87, -2.3, 1.1, 2.6, 6.4, 3.3, 2.1, 3.7, 2.2];
    private static readonly long[] _of = [1, 0, 1];

    [Theory]
    [InlineData(true, false, 2)]
    [InlineData(false, false, 1)]
    [InlineData(true, true, 2)]
    [InlineData(false, true, 3)]
    public void IsWhatIsReadOneByOne(bool halfPixel, bool largest, int sampling)
    {
        var random = new Random(2);
        double[] x = [.. Enumerable.Range(0, _images.Elements).Select(_ => random.NextDouble() - 0.5)];
        var program = Program.Trace((x, boxes, of) => RoiAlign(x, boxes, of, (2, 3), sampling, 0.9, halfPixel, largest), _images, new Shape(3, 4), TensorType.Index(new Shape(3)));
        var value = Written.Run(program, x, _boxes, _of);
        Assert.Equal(3 * 2 * 6, value.Length);
        for (int i = 0; i < value.Length; i++)
        {
            var (region, channel, row, column) = (i / 12, i / 6 % 2, i / 3 % 2, i % 3);
            var plane = x[((int)((_of[region] * 2) + channel) * 30)..][..30];
            Assert.Equal(ByHand(plane, region, row, column, halfPixel, largest, sampling), value[i], 1e-12);
        }

        Written.Differentiates(program, "x", x, _boxes, _of);
        Written.Differentiates(program, "boxes", x, _boxes, _of);
    }

    [Fact]
    public void WhatDoesNotFitIsRefused() => Assert.Throws<ShapeException>(
        () => Program.Trace((x, boxes, of) => RoiAlign(x, boxes, of, 2, 0), _images, new Shape(3, 4), TensorType.Index(new Shape(3))));

    private static double ByHand(double[] plane, int region, int row, int column, bool halfPixel, bool largest, int sampling)
    {
        double offset = halfPixel ? 0.5 : 0;
        double[] box = [.. _boxes[(4 * region)..][..4].Select(b => (0.9 * b) - offset)];
        double height = halfPixel ? box[3] - box[1] : Math.Max(1, box[3] - box[1]);
        double width = halfPixel ? box[2] - box[0] : Math.Max(1, box[2] - box[0]);
        double sum = 0, most = double.NegativeInfinity;
        for (int i = 0; i < sampling * sampling; i++)
        {
            double y = box[1] + ((row + (((i / sampling) + 0.5) / sampling)) * height / 2);
            double x = box[0] + ((column + (((i % sampling) + 0.5) / sampling)) * width / 3);
            double[] parts = [0, 0, 0, 0];
            if (y >= -1 && y <= 5 && x >= -1 && x <= 6)
            {
                (y, x) = (Math.Clamp(y, 0, 4), Math.Clamp(x, 0, 5));
                var (top, left) = ((int)y, (int)x);
                var (bottom, right) = (Math.Min(top + 1, 4), Math.Min(left + 1, 5));
                var (v, u) = (y - top, x - left);
                parts = [(1 - v) * (1 - u) * plane[(6 * top) + left], (1 - v) * u * plane[(6 * top) + right], v * (1 - u) * plane[(6 * bottom) + left], v * u * plane[(6 * bottom) + right]];
            }

            sum += parts.Sum();
            most = Math.Max(most, parts.Max());
        }

        return largest ? most : sum / (sampling * sampling);
    }
}
