namespace Nonsmooth.Solutions;

/// <summary>An order of elimination with little fill: at each step an unknown of (approximately) least degree in the quotient graph.</summary>
/// <remarks>Source: Amestoy, Davis and Duff, SIAM Journal on Matrix Analysis 17 (1996): approximate external degrees, absorbed elements, unknowns that are alike joined.</remarks>
internal sealed class FillOrdering
{
    private readonly int _n;
    private readonly List<int>[] _unknowns;
    private readonly List<int>[] _elements;
    private readonly int[]?[] _members;
    private readonly int[] _weight;
    private readonly int[] _degree;
    private readonly int[] _joined;
    private readonly int[] _mark;
    private readonly int[] _outside;
    private readonly int[] _seen;
    private readonly PriorityQueue<int, int> _queue = new();
    private int _stamp;

    private FillOrdering(int n, int[] starts, int[] indices)
    {
        _n = n;
        (_unknowns, _elements, _members) = (new List<int>[n], new List<int>[n], new int[n][]);
        (_weight, _degree, _joined, _mark, _outside, _seen) = (new int[n], new int[n], new int[n], new int[n], new int[n], new int[n]);
        Array.Fill(_weight, 1);
        Array.Fill(_joined, -1);
        for (int i = 0; i < n; i++)
        {
            (_unknowns[i], _elements[i]) = ([], []);
        }

        for (int j = 0; j < n; j++)
        {
            for (int k = starts[j]; k < starts[j + 1]; k++)
            {
                if (indices[k] != j)
                {
                    _unknowns[j].Add(indices[k]);
                    _unknowns[indices[k]].Add(j);
                }
            }
        }

        for (int i = 0; i < n; i++)
        {
            _degree[i] = _unknowns[i].Count;
            _queue.Enqueue(i, _degree[i]);
        }
    }

    /// <summary>The order of a symmetric pattern of which one triangle is given: position k holds the unknown that is eliminated k-th.</summary>
    public static int[] Of(int n, int[] starts, int[] indices) => new FillOrdering(n, starts, indices).Order();

    private int[] Order()
    {
        var pivots = new List<int>();
        int left = _n;
        while (left > 0)
        {
            _queue.TryDequeue(out int pivot, out int degree);
            if (_weight[pivot] == 0 || _members[pivot] is not null || degree != _degree[pivot])
            {
                continue;
            }

            pivots.Add(pivot);
            int[] front = Front(pivot);
            left -= _weight[pivot];
            left -= Update(pivot, front, left);
            Join(front);
            _members[pivot] = Array.FindAll(front, i => _weight[i] > 0);
            _weight[pivot] = 0;
            foreach (int i in _members[pivot]!)
            {
                _queue.Enqueue(i, _degree[i]);
            }
        }

        return Expanded(pivots);
    }

    // What the pivot touches, directly or by elements, which it absorbs.
    private int[] Front(int pivot)
    {
        var front = new List<int>();
        _mark[pivot] = ++_stamp;
        foreach (int i in _unknowns[pivot])
        {
            Take(i);
        }

        foreach (int e in _elements[pivot])
        {
            foreach (int i in _members[e]!)
            {
                Take(i);
            }

            _members[e] = [];
        }

        (_unknowns[pivot], _elements[pivot]) = ([], []);
        return [.. front];

        void Take(int i)
        {
            if (_weight[i] > 0 && _mark[i] != _stamp)
            {
                _mark[i] = _stamp;
                front.Add(i);
            }
        }
    }

    // New degrees; how much of the front is eliminated with the pivot.
    private int Update(int pivot, int[] front, int left)
    {
        int size = front.Sum(i => _weight[i]);
        foreach (int i in front)
        {
            foreach (int e in _elements[i])
            {
                if (_seen[e] != _stamp)
                {
                    _seen[e] = _stamp;
                    _outside[e] = _members[e]!.Sum(j => _weight[j]);
                }

                _outside[e] -= _weight[i];
            }
        }

        int gone = 0;
        foreach (int i in front)
        {
            int beyond = 0;
            _elements[i].RemoveAll(e => _members[e]!.Length == 0 || _outside[e] <= 0);
            foreach (int e in _elements[i])
            {
                beyond += _outside[e];
            }

            _unknowns[i].RemoveAll(j => _weight[j] == 0 || _mark[j] == _stamp || _members[j] is not null);
            foreach (int j in _unknowns[i])
            {
                beyond += _weight[j];
            }

            if (beyond == 0)
            {
                gone += _weight[i];
                (_weight[i], _joined[i]) = (0, pivot);
                continue;
            }

            _elements[i].Add(pivot);
            int others = size - _weight[i];
            _degree[i] = Math.Min(Math.Min(left - _weight[i], _degree[i] + others), beyond + others);
        }

        return gone;
    }

    // Unknowns of a front with the same neighbours are one from here on.
    private void Join(int[] front)
    {
        foreach (var alike in front.Where(i => _weight[i] > 0).GroupBy(Hash).Where(g => g.Skip(1).Any()))
        {
            int[] group = [.. alike];
            for (int a = 0; a < group.Length; a++)
            {
                if (_weight[group[a]] == 0)
                {
                    continue;
                }

                _stamp++;
                _unknowns[group[a]].ForEach(j => _mark[j] = _stamp);
                _elements[group[a]].ForEach(e => _mark[e] = _stamp);
                for (int b = a + 1; b < group.Length; b++)
                {
                    Join(group[a], group[b]);
                }
            }
        }
    }

    private void Join(int i, int j)
    {
        if (_weight[j] == 0 || _unknowns[i].Count != _unknowns[j].Count || _elements[i].Count != _elements[j].Count
            || !_unknowns[j].TrueForAll(k => _mark[k] == _stamp) || !_elements[j].TrueForAll(k => _mark[k] == _stamp))
        {
            return;
        }

        _degree[i] -= _weight[j];
        _weight[i] += _weight[j];
        (_weight[j], _joined[j]) = (0, i);
        (_unknowns[j], _elements[j]) = ([], []);
    }

    private long Hash(int i) => _elements[i].Sum(e => (long)e) + (31L * _unknowns[i].Sum(j => (long)j));

    // Each pivot, and after it what was eliminated with it.
    private int[] Expanded(List<int> pivots)
    {
        var with = new List<int>?[_n];
        for (int j = 0; j < _n; j++)
        {
            if (_joined[j] >= 0)
            {
                (with[_joined[j]] ??= []).Add(j);
            }
        }

        var order = new List<int>(_n);
        var open = new Stack<int>();
        foreach (int pivot in pivots)
        {
            open.Push(pivot);
            while (open.TryPop(out int i))
            {
                order.Add(i);
                with[i]?.ForEach(open.Push);
            }
        }

        return [.. order];
    }
}
