namespace Nonsmooth.Cli.Verbs;

/// <summary>What each rank has one of. The first is made at once: bad usage is told before there are ranks.</summary>
internal sealed class OnePerRank<T>(Func<T> make)
    where T : class
{
    private T? _first = make();

    /// <summary>One that nobody else has.</summary>
    public T Take() => Interlocked.Exchange(ref _first, null) ?? make();
}
