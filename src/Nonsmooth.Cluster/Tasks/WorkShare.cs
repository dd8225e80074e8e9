namespace Nonsmooth.Cluster;

/// <summary>How much of a list is done.</summary>
internal sealed class WorkShare<T>(WorkList<T> list)
    where T : class
{
    private readonly double _whole = Enumerable.Range(0, list.Count).Sum(list.Weight);
    private readonly double[] _shares = new double[list.Count];
    private double _done;

    /// <summary>A task is so far.</summary>
    public void Move(int index, double share)
    {
        _done += (share - _shares[index]) * list.Weight(index);
        _shares[index] = share;
        list.Progress?.Invoke(_done / _whole, index);
    }
}
