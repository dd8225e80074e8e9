namespace Nonsmooth.Sparsity;

/// <summary>Colours of columns, or of variables: those of one colour are found at once.</summary>
/// <param name="Of">The colour of each, from 0 on.</param>
/// <param name="Count">How many colours.</param>
public sealed record Colouring(IReadOnlyList<int> Of, int Count)
{
    /// <summary>Columns such that no row has two of one colour: each entry is found directly from the sum of its colour's columns.</summary>
    /// <remarks>Greedy, as they stand and by falling degree; the better of both. Also called a distance-2 colouring of the columns.</remarks>
    public static Colouring OfColumns(SparsityPattern pattern)
    {
        ArgumentNullException.ThrowIfNull(pattern);
        var transposed = pattern.Transposed();
        return Best(pattern.Columns, c => transposed.Row(c).Length, order => Greedy(pattern, transposed, order));
    }

    /// <summary>Variables such that a symmetric matrix is found directly: neighbours differ, and no path of four has two colours only.</summary>
    /// <remarks>Source: Gebremedhin, Tarafdar, Manne, Pothen, SIAM J. Sci. Comput. 29 (2007), algorithm 4.1.</remarks>
    public static Colouring Star(SparsityPattern symmetric)
    {
        ArgumentNullException.ThrowIfNull(symmetric);
        var graph = new Adjacency(symmetric);
        return Best(graph.Vertices, graph.Degree, order => StarColouring.Of(graph, order));
    }

    /// <summary>Variables such that a symmetric matrix is found by substitution: neighbours differ, and no cycle has two colours only.</summary>
    /// <remarks>Source: as <see cref="Star"/>, algorithm 3.1. Fewer colours, but an entry is a difference along a tree of others.</remarks>
    public static Colouring Acyclic(SparsityPattern symmetric)
    {
        ArgumentNullException.ThrowIfNull(symmetric);
        var graph = new Adjacency(symmetric);
        return Best(graph.Vertices, graph.Degree, order => AcyclicColouring.Of(graph, order));
    }

    private static Colouring Best(int count, Func<int, int> degree, Func<int[], int[]> colour)
    {
        int[] natural = [.. Enumerable.Range(0, count)];
        var first = Made(colour(natural));
        var second = Made(colour([.. natural.OrderByDescending(degree)]));
        return second.Count < first.Count ? second : first;
    }

    private static Colouring Made(int[] colours) => new(colours, colours.Length == 0 ? 0 : colours.Max() + 1);

    private static int[] Greedy(SparsityPattern pattern, SparsityPattern transposed, int[] order)
    {
        int[] colour = new int[pattern.Columns];
        int[] taken = new int[pattern.Columns + 1];
        Array.Fill(colour, -1);
        Array.Fill(taken, -1);
        foreach (int column in order)
        {
            foreach (int row in transposed.Row(column))
            {
                foreach (int other in pattern.Row(row))
                {
                    if (colour[other] >= 0)
                    {
                        taken[colour[other]] = column;
                    }
                }
            }

            colour[column] = Array.FindIndex(taken, t => t != column);
        }

        return colour;
    }
}
