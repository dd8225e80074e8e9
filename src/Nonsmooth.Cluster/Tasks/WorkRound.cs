namespace Nonsmooth.Cluster;

/// <summary>A list at rank 0: which tasks are done, given away, or open. Used under the queue's lock.</summary>
internal abstract class WorkRound(int count)
{
    private protected const int Open = -1;
    private protected const int Finished = -2;

    public int Count => count;

    /// <summary>Whether nobody waits for it any longer: what still comes is left aside.</summary>
    public bool IsClosed { get; set; }

    public abstract bool IsDone { get; }

    /// <summary>Gives the lowest task that is ready to a rank; null where none is, now.</summary>
    public abstract int? Take(int rank);

    /// <summary>The results that a task needs.</summary>
    public abstract byte[] Needed(int index);

    /// <summary>Keeps a result; a second one of a task is left aside.</summary>
    public abstract void Accept(int index, byte[] result);

    /// <summary>A task is so far.</summary>
    public abstract void Tell(int index, double share);

    /// <summary>Opens a task again that a rank has; nothing where it has it no longer.</summary>
    public abstract void GiveBack(int index, int rank);

    /// <summary>Opens a task again that threw.</summary>
    /// <returns>Whether it was the first time.</returns>
    public abstract bool Retry(int index, int rank);

    /// <summary>All results, once it is done.</summary>
    public abstract byte[] All();
}

/// <inheritdoc/>
internal sealed class WorkRound<T>(WorkList<T> list, TimeProvider time) : WorkRound(list.Count)
    where T : class
{
    private readonly T?[] _results = new T?[list.Count];
    private readonly int[] _holder = [.. Enumerable.Repeat(Open, list.Count)];
    private readonly long[] _begun = new long[list.Count];
    private readonly WorkShare<T> _share = new(list);
    private readonly HashSet<int> _threw = [];
    private int _left = list.Count;
    private int _first;
    private byte[]? _all;

    public override bool IsDone => _left == 0;

    public IReadOnlyList<T> Results => _results!;

    public override int? Take(int rank)
    {
        for (int index = _first; index < _holder.Length && !IsClosed; index++)
        {
            if (_holder[index] == Open && Inputs(index) is { } needed)
            {
                if (list.Known?.Invoke(new WorkItem<T>(index, needed, static _ => { }, CancellationToken.None)) is { } known)
                {
                    Keep(index, known, TimeSpan.Zero, isKnown: true);
                    continue;
                }

                (_holder[index], _begun[index]) = (rank, time.GetTimestamp());
                return index;
            }
        }

        return null;
    }

    public IReadOnlyList<T>? Inputs(int index)
    {
        var needs = list.Needs(index);
        return needs.All(need => _results[need] is not null) ? [.. needs.Select(need => _results[need]!)] : null;
    }

    public override byte[] Needed(int index) => WorkJson.Of(Inputs(index)!);

    public override void Accept(int index, byte[] result)
    {
        if (_holder[index] != Finished && !IsClosed)
        {
            Accept(index, WorkJson.Read<T>(result));
        }
    }

    public void Accept(int index, T value)
    {
        if (_holder[index] != Finished)
        {
            Keep(index, value, time.GetElapsedTime(_begun[index]), isKnown: false);
        }
    }

    public override void Tell(int index, double share)
    {
        if (_holder[index] != Finished && !IsClosed)
        {
            _share.Move(index, share);
        }
    }

    public override void GiveBack(int index, int rank) => _holder[index] = _holder[index] == rank ? Open : _holder[index];

    public override bool Retry(int index, int rank)
    {
        GiveBack(index, rank);
        return _threw.Add(index);
    }

    public override byte[] All() => _all ??= WorkJson.Of(Results);

    private void Keep(int index, T value, TimeSpan elapsed, bool isKnown)
    {
        _share.Move(index, 1);
        list.Done?.Invoke(new WorkResult<T>(index, value, elapsed, isKnown));
        (_results[index], _holder[index], _left) = (value, Finished, _left - 1);
        while (_first < _holder.Length && _holder[_first] == Finished)
        {
            _first++;
        }
    }
}
