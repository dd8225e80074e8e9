namespace Nonsmooth.Cli.Output;

/// <summary>A line of progress every half minute, for a log that is read later.</summary>
internal sealed class ProgressLines(TextWriter output, TimeProvider time)
{
    private static readonly TimeSpan _between = TimeSpan.FromSeconds(30);

    private readonly long _begun = time.GetTimestamp();
    private TimeSpan _said;

    public void Report(long done, long of, string text)
    {
        var now = time.GetElapsedTime(_begun);
        if (now - _said >= _between && of > 0)
        {
            _said = now;
            output.WriteLine($"nonsmooth: {Numbers.Percent((double)done / of, 1)} after {Numbers.Seconds(now.TotalSeconds)}: {text}");
        }
    }
}
