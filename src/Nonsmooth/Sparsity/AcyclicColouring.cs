namespace Nonsmooth.Sparsity;

/// <summary>A greedy acyclic colouring: two colours make trees, which are kept as sets of edges.</summary>
internal sealed class AcyclicColouring
{
    private readonly Adjacency _graph;
    private readonly int[] _colour;
    private readonly int[] _taken;
    private readonly int[] _parent;
    private readonly (int Vertex, int Neighbour)[] _visit;

    private AcyclicColouring(Adjacency graph)
    {
        _graph = graph;
        _colour = new int[graph.Vertices];
        _taken = new int[graph.Vertices + 1];
        _parent = [.. Enumerable.Range(0, graph.Ends.Count)];
        _visit = new (int, int)[graph.Ends.Count];
        Array.Fill(_colour, -1);
        Array.Fill(_taken, -1);
        Array.Fill(_visit, (-1, -1));
    }

    public static int[] Of(Adjacency graph, int[] order)
    {
        var colouring = new AcyclicColouring(graph);
        foreach (int v in order)
        {
            colouring.Forbid(v);
            colouring._colour[v] = Array.FindIndex(colouring._taken, t => t != v);
            colouring.Join(v);
        }

        return colouring._colour;
    }

    private void Forbid(int v)
    {
        var (from, to) = _graph.Of(v);
        for (int k = from; k < to; k++)
        {
            if (_colour[_graph.Neighbours[k]] >= 0)
            {
                _taken[_colour[_graph.Neighbours[k]]] = v;
            }
        }

        for (int k = from; k < to; k++)
        {
            int w = _graph.Neighbours[k];
            if (_colour[w] < 0)
            {
                continue;
            }

            var (start, end) = _graph.Of(w);
            for (int l = start; l < end; l++)
            {
                int x = _graph.Neighbours[l];
                if (x == v || _colour[x] < 0 || _taken[_colour[x]] == v)
                {
                    continue;
                }

                // A tree that v meets through two neighbours would be closed to a cycle by x's colour.
                int tree = Find(_graph.Edge[l]);
                if (_visit[tree].Vertex != v)
                {
                    _visit[tree] = (v, w);
                }
                else if (_visit[tree].Neighbour != w)
                {
                    _taken[_colour[x]] = v;
                }
            }
        }
    }

    private void Join(int v)
    {
        var (from, to) = _graph.Of(v);
        var firstEdge = new Dictionary<int, int>();
        for (int k = from; k < to; k++)
        {
            int w = _graph.Neighbours[k];
            if (_colour[w] < 0)
            {
                continue;
            }

            if (!firstEdge.TryAdd(_colour[w], _graph.Edge[k]))
            {
                Unite(firstEdge[_colour[w]], _graph.Edge[k]);
            }

            var (start, end) = _graph.Of(w);
            for (int l = start; l < end; l++)
            {
                if (_graph.Neighbours[l] != v && _colour[_graph.Neighbours[l]] == _colour[v])
                {
                    Unite(_graph.Edge[k], _graph.Edge[l]);
                }
            }
        }
    }

    private int Find(int edge)
    {
        while (_parent[edge] != edge)
        {
            _parent[edge] = _parent[_parent[edge]];
            edge = _parent[edge];
        }

        return edge;
    }

    private void Unite(int a, int b) => _parent[Find(a)] = Find(b);
}
