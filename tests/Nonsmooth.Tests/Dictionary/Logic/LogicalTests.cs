using Nonsmooth.Tests.Dictionary.Reductions;

namespace Nonsmooth.Tests.Dictionary.Logic;

public sealed class LogicalTests
{
    private static readonly Tensor _a = Probe.Mask(new Shape(4), false, false, true, true);
    private static readonly Tensor _b = Probe.Mask(new Shape(4), false, true, false, true);

    [Fact]
    public void And() => Assert.Equal([0, 0, 0, 1], Probe.Value(new Logical(LogicalOperation.And), _a, _b));

    [Fact]
    public void Or() => Assert.Equal([0, 1, 1, 1], Probe.Value(new Logical(LogicalOperation.Or), _a, _b));

    [Fact]
    public void Not() => Assert.Equal([1, 1, 0, 0], Probe.Value(new LogicalNot(), _a));

    [Fact]
    public void RealsAreRefused()
    {
        var e = Assert.Throws<ShapeException>(
            () => new Logical(LogicalOperation.And).InferTypes([TensorType.Boolean(new Shape(2)), new Shape(2)]));
        Assert.Equal("argument 1 must be boolean, given real 2", e.Message);
    }
}
