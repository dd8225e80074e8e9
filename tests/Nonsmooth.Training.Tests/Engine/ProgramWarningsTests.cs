using Nonsmooth.Dictionary;
using Nonsmooth.Programs;
using Nonsmooth.Tensors;
using Nonsmooth.Training.Engine;

namespace Nonsmooth.Training.Tests.Engine;

public class ProgramWarningsTests
{
    [Fact]
    public void ABatchNormOfOneValueAChannelIsWarnedOf()
    {
        Assert.StartsWith("batch_norm normalises one value a channel", Assert.Single(ProgramWarnings.Of(Norm(new Shape(1, 3)))), StringComparison.Ordinal);
        Assert.Empty(ProgramWarnings.Of(Norm(new Shape(2, 3))));
        Assert.Empty(ProgramWarnings.Of(Norm(new Shape(1, 3, 2, 1))));
    }

    private static Program Norm(Shape shape) =>
        Program.Trace((x, w, b) => x.Builder.ApplyAll(new BatchNorm(), x, w, b)[0].Sum(), shape, new Shape(3), new Shape(3));
}
