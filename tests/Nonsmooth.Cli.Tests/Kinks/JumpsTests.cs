using Nonsmooth.Cli.Kinks;
using Nonsmooth.Dictionary;

namespace Nonsmooth.Cli.Tests.Kinks;

public sealed class JumpsTests
{
    [Fact]
    public void AreFoundWhereTheyAre()
    {
        Assert.Equal("jumps at x = −2, −1, 0, 1, 2, …", Jumps.Of(new Unary<Floor>(default)));
        Assert.Equal("jumps at x = 0", Jumps.Of(new Unary<Sign>(default)));
    }
}
