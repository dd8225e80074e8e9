using Nonsmooth.Cli.Output;

namespace Nonsmooth.Cli.Tests.Output;

public sealed class ProgressLinesTests
{
    [Fact]
    public void ALineComesEveryHalfMinute()
    {
        var (output, clock) = (new StringWriter { NewLine = "\n" }, new Clock());
        var lines = new ProgressLines(output, clock);
        for (int second = 0; second <= 65; second++)
        {
            clock.Seconds = second;
            lines.Report(second, 1000, "a row");
        }

        Assert.Equal("nonsmooth: 3.0 % after 30.0 s: a row\nnonsmooth: 6.0 % after 60.0 s: a row\n", output.ToString());
    }

    private sealed class Clock : TimeProvider
    {
        public long Seconds { get; set; }

        public override long TimestampFrequency => 1;

        public override long GetTimestamp() => Seconds;
    }
}
