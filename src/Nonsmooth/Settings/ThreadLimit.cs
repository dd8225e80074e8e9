namespace Nonsmooth.Settings;

/// <summary>How many threads may be asked for: more than a machine can start ends the process without a word.</summary>
public static class ThreadLimit
{
    private const int Least = 256;

    /// <summary>Eight for each processor, and at least 256.</summary>
    public static int Most => Math.Max(Least, 8 * Environment.ProcessorCount);

    /// <summary>Refuses a number above <see cref="Most"/>.</summary>
    /// <param name="count">How many.</param>
    /// <param name="name">What asked for them.</param>
    /// <exception cref="NonsmoothException">It is above the limit, which is named.</exception>
    public static int Check(int count, string name) => count <= Most
        ? count
        : throw new NonsmoothException($"{name} is {count}: this machine, of {Environment.ProcessorCount} processors, takes at most {Most}");
}
