using Nonsmooth.Dictionary;
using Nonsmooth.Programs;
using Nonsmooth.Tensors;
using Nonsmooth.Training.Engine;

namespace Nonsmooth.Training.Tests.Engine;

public class SingleValueNormTests
{
    [Fact]
    public void ABatchNormOfOneValueAChannelIsWarnedOf()
    {
        string? said = SingleValueNorm.In(Norm(new Shape(1, 3)));
        Assert.Contains("normalises one value a channel", said, StringComparison.Ordinal);
        Assert.Null(SingleValueNorm.In(Norm(new Shape(2, 3))));
        Assert.Null(SingleValueNorm.In(Norm(new Shape(1, 3, 2, 1))));
    }

    private static Program Norm(Shape shape) =>
        Program.Trace((x, w, b) => x.Builder.ApplyAll(new BatchNorm(), x, w, b)[0].Sum(), shape, new Shape(3), new Shape(3));
}
