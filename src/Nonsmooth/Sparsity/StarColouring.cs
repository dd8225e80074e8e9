namespace Nonsmooth.Sparsity;

/// <summary>A greedy star colouring: two colours make stars, which are kept with their hubs.</summary>
internal sealed class StarColouring
{
    private readonly Adjacency _graph;
    private readonly int[] _colour;
    private readonly int[] _taken;
    private readonly int[] _treated;
    private readonly (int Vertex, int Neighbour)[] _first;
    private readonly int[] _star;
    private readonly List<int> _hub = [];

    private StarColouring(Adjacency graph)
    {
        _graph = graph;
        _colour = Filled(graph.Vertices);
        _taken = Filled(graph.Vertices + 1);
        _treated = Filled(graph.Vertices);
        _star = Filled(graph.Ends.Count);
        _first = new (int, int)[graph.Vertices + 1];
        Array.Fill(_first, (-1, -1));
    }

    public static int[] Of(Adjacency graph, int[] order)
    {
        var colouring = new StarColouring(graph);
        foreach (int v in order)
        {
            colouring.Forbid(v);
            colouring._colour[v] = Array.FindIndex(colouring._taken, t => t != v);
            colouring.Grow(v);
        }

        return colouring._colour;
    }

    private static int[] Filled(int length)
    {
        int[] none = new int[length];
        Array.Fill(none, -1);
        return none;
    }

    private void Forbid(int v)
    {
        var (from, to) = _graph.Of(v);
        for (int k = from; k < to; k++)
        {
            int w = _graph.Neighbours[k];
            if (_colour[w] < 0)
            {
                continue;
            }

            _taken[_colour[w]] = v;
            var (seen, q) = _first[_colour[w]];
            if (seen == v)
            {
                // Two neighbours of one colour: their other neighbours' colours would make a path of four.
                if (_treated[q] != v)
                {
                    Treat(v, q);
                }

                Treat(v, w);
            }
            else
            {
                _first[_colour[w]] = (v, w);
                ForbidHubs(v, w);
            }
        }
    }

    private void Treat(int v, int w)
    {
        var (from, to) = _graph.Of(w);
        for (int k = from; k < to; k++)
        {
            int x = _graph.Neighbours[k];
            if (_colour[x] >= 0)
            {
                _taken[_colour[x]] = v;
            }
        }

        _treated[w] = v;
    }

    private void ForbidHubs(int v, int w)
    {
        var (from, to) = _graph.Of(w);
        for (int k = from; k < to; k++)
        {
            int x = _graph.Neighbours[k];
            if (x != v && _colour[x] >= 0 && _hub[_star[_graph.Edge[k]]] == x)
            {
                _taken[_colour[x]] = v;
            }
        }
    }

    private void Grow(int v)
    {
        var (from, to) = _graph.Of(v);
        for (int k = from; k < to; k++)
        {
            int w = _graph.Neighbours[k];
            if (_colour[w] < 0)
            {
                continue;
            }

            int other = SameColoured(w, v);
            var (seen, q) = _first[_colour[w]];
            if (other >= 0)
            {
                _star[_graph.Edge[k]] = _star[other];
                _hub[_star[other]] = w;
            }
            else if (seen == v && q != w)
            {
                int star = _star[EdgeTo(v, q)];
                _star[_graph.Edge[k]] = star;
                _hub[star] = v;
            }
            else
            {
                _star[_graph.Edge[k]] = _hub.Count;
                _hub.Add(-1);
            }
        }
    }

    // An edge from w to another vertex of v's colour; −1 for none.
    private int SameColoured(int w, int v)
    {
        var (from, to) = _graph.Of(w);
        for (int k = from; k < to; k++)
        {
            if (_graph.Neighbours[k] != v && _colour[_graph.Neighbours[k]] == _colour[v])
            {
                return _graph.Edge[k];
            }
        }

        return -1;
    }

    private int EdgeTo(int v, int w)
    {
        var (from, to) = _graph.Of(v);
        return _graph.Edge[Array.IndexOf(_graph.Neighbours, w, from, to - from)];
    }
}
