namespace Nonsmooth.Cluster;

/// <summary>Between two questions whether something has come: first at once, then other threads may run, at last it sleeps.</summary>
internal struct PatientWait(TimeProvider time)
{
    private const int Eager = 64;

    // Longer than a part of a message takes: while bytes flow, each question moves some of them on.
    private static readonly TimeSpan _sleepy = TimeSpan.FromMilliseconds(100);

    private readonly long _begun = time.GetTimestamp();
    private int _asked;

    /// <summary>Waits a little.</summary>
    /// <returns>How long it has waited in all.</returns>
    public TimeSpan Next()
    {
        if (_asked++ < Eager)
        {
            Thread.SpinWait(4);
            return TimeSpan.Zero;
        }

        var waited = time.GetElapsedTime(_begun);
        if (waited < _sleepy)
        {
            Thread.Yield();
        }
        else
        {
            Thread.Sleep(1);
        }

        return waited;
    }
}
