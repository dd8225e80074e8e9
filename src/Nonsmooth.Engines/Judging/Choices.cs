namespace Nonsmooth.Engines.Judging;

/// <summary>The infinitesimals by which operations see their arguments moved: drawn once, then the same again, and turned around one by one.</summary>
/// <param name="random">Where they are drawn from.</param>
internal sealed class Choices(Random random) : Random
{
    private readonly List<double> _drawn = [];
    private int _next;

    /// <summary>How many were drawn.</summary>
    public int Count => _drawn.Count;

    /// <summary>From the first one again.</summary>
    public Choices Again()
    {
        _next = 0;
        return this;
    }

    /// <summary>To the other side.</summary>
    public void Turn(int index) => _drawn[index] = 1 - _drawn[index];

    /// <inheritdoc/>
    public override double NextDouble()
    {
        if (_next == _drawn.Count)
        {
            _drawn.Add(random.NextDouble());
        }

        return _drawn[_next++];
    }
}
