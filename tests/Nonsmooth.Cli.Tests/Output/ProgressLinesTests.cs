using Nonsmooth.Cli.Output;

namespace Nonsmooth.Cli.Tests.Output;

public sealed class ProgressLinesTests
{
    [Fact]
    public void ALineComesEveryTenSeconds()
    {
        var (output, clock) = (new StringWriter { NewLine = "\n" }, new Clock());
        var lines = new ProgressLines(output, clock);
        for (int second = 0; second <= 25; second++)
        {
            clock.Seconds = second;
            lines.Report(second, 1000, "a row");
        }

        Assert.Equal("nonsmooth: 1.0 % after 10.0 s: a row\nnonsmooth: 2.0 % after 20.0 s: a row\n", output.ToString());
    }

    private sealed class Clock : TimeProvider
    {
        public long Seconds { get; set; }

        public override long TimestampFrequency => 1;

        public override long GetTimestamp() => Seconds;
    }
}
