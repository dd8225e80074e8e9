namespace Nonsmooth.Sparsity;

/// <summary>How the entries of a symmetric matrix follow from its products with sums of the columns of each colour.</summary>
/// <remarks>
/// Each step takes an entry off the diagonal from a row where nothing else of the other variable's colour is left: directly in a star colouring, after
/// the entries before it were subtracted in an acyclic one.
/// </remarks>
internal sealed class SymmetricRecovery
{
    private readonly (int Row, int Colour, int Other, int OtherColour, int Entry, int Mirror)[] _steps;
    private readonly (int Row, int Colour, int Entry)[] _diagonal;
    private readonly int _colours;

    /// <summary>Plans the recovery.</summary>
    /// <param name="pattern">Symmetric, with its diagonal.</param>
    /// <param name="colouring">Of its variables.</param>
    /// <param name="substitutes">Whether entries are subtracted.</param>
    public SymmetricRecovery(SparsityPattern pattern, Colouring colouring, bool substitutes)
    {
        Substitutes = substitutes;
        _colours = colouring.Count;
        var graph = new Adjacency(pattern);
        var colour = colouring.Of;
        _diagonal = [.. Enumerable.Range(0, pattern.Rows).Select(i => (i, colour[i], pattern.Find(i, i)))];

        // How many entries are left in a row for a colour.
        var left = new Dictionary<(int Row, int Colour), int>();
        foreach (var (low, high) in graph.Ends)
        {
            left[(low, colour[high])] = left.GetValueOrDefault((low, colour[high])) + 1;
            left[(high, colour[low])] = left.GetValueOrDefault((high, colour[low])) + 1;
        }

        var steps = new List<(int, int, int, int, int, int)>();
        bool[] done = new bool[graph.Ends.Count];
        var ready = new Queue<(int Row, int Edge)>();
        for (int edge = 0; edge < graph.Ends.Count; edge++)
        {
            var (low, high) = graph.Ends[edge];
            if (left[(low, colour[high])] == 1)
            {
                ready.Enqueue((low, edge));
            }
            else if (left[(high, colour[low])] == 1)
            {
                ready.Enqueue((high, edge));
            }
        }

        while (ready.TryDequeue(out var next))
        {
            if (done[next.Edge])
            {
                continue;
            }

            var (low, high) = graph.Ends[next.Edge];
            int row = next.Row;
            int other = row == low ? high : low;
            steps.Add((row, colour[other], other, colour[row], pattern.Find(row, other), pattern.Find(other, row)));
            done[next.Edge] = true;
            if (substitutes && --left[(other, colour[row])] == 1)
            {
                ready.Enqueue((other, Last(graph, done, other, colour, colour[row])));
            }
        }

        _steps = steps.Count == graph.Ends.Count ? [.. steps]
            : throw new InvalidOperationException($"{graph.Ends.Count - steps.Count} entries do not follow from this colouring");
    }

    /// <summary>Whether entries are differences of others.</summary>
    public bool Substitutes { get; }

    /// <summary>Finds the entries.</summary>
    /// <param name="products">Row-major, a row a variable, a column a colour; changed where entries are subtracted.</param>
    /// <param name="values">Filled.</param>
    public void Recover(Span<double> products, Span<double> values)
    {
        foreach (var (row, colour, entry) in _diagonal)
        {
            values[entry] = products[(row * _colours) + colour];
        }

        foreach (var (row, colour, other, otherColour, entry, mirror) in _steps)
        {
            double value = products[(row * _colours) + colour];
            (values[entry], values[mirror]) = (value, value);
            if (Substitutes)
            {
                products[(other * _colours) + otherColour] -= value;
            }
        }
    }

    private static int Last(Adjacency graph, bool[] done, int vertex, IReadOnlyList<int> colour, int wanted)
    {
        var (from, to) = graph.Of(vertex);
        for (int k = from; k < to; k++)
        {
            if (!done[graph.Edge[k]] && colour[graph.Neighbours[k]] == wanted)
            {
                return graph.Edge[k];
            }
        }

        throw new InvalidOperationException("no entry is left");
    }
}
