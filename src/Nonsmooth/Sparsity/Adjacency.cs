namespace Nonsmooth.Sparsity;

/// <summary>The graph of a symmetric pattern: an edge for each pair of entries off the diagonal.</summary>
internal sealed class Adjacency
{
    private readonly int[] _starts;

    public Adjacency(SparsityPattern symmetric)
    {
        int count = symmetric.Rows;
        _starts = new int[count + 1];
        var neighbours = new List<int>(symmetric.Count);
        var edges = new List<int>(symmetric.Count);
        var known = new Dictionary<long, int>();
        for (int v = 0; v < count; v++)
        {
            foreach (int w in symmetric.Row(v))
            {
                if (w == v)
                {
                    continue;
                }

                long key = ((long)Math.Min(v, w) * count) + Math.Max(v, w);
                if (!known.TryGetValue(key, out int edge))
                {
                    edge = known.Count;
                    known.Add(key, edge);
                    Ends.Add((Math.Min(v, w), Math.Max(v, w)));
                }

                neighbours.Add(w);
                edges.Add(edge);
            }

            _starts[v + 1] = neighbours.Count;
        }

        (Neighbours, Edge) = ([.. neighbours], [.. edges]);
    }

    public int Vertices => _starts.Length - 1;

    /// <summary>The neighbours of all vertices, one after another.</summary>
    public int[] Neighbours { get; }

    /// <summary>The edge to each of those.</summary>
    public int[] Edge { get; }

    /// <summary>The vertices of each edge, the smaller first.</summary>
    public List<(int Low, int High)> Ends { get; } = [];

    public int Degree(int vertex) => _starts[vertex + 1] - _starts[vertex];

    /// <summary>Where a vertex' neighbours begin and end.</summary>
    public (int From, int To) Of(int vertex) => (_starts[vertex], _starts[vertex + 1]);
}
