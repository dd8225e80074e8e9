using Nonsmooth.Reliability.Formats;

namespace Nonsmooth.Reliability.Tests.Formats;

public class FlushToZeroTests
{
    // Nothing here sets the mode, and libtorch does not by itself.
    [Fact]
    public void The_executor_keeps_subnormal_numbers() => Assert.False(FlushToZero.Probe());
}
