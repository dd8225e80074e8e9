using Nonsmooth.Sparsity;

namespace Nonsmooth.Tests.Sparsity;

/// <summary>Colourings are what they say on random patterns and on known ones.</summary>
public sealed class ColouringTests
{
    [Fact]
    public void ColumnsOfOneColourShareNoRow()
    {
        for (int seed = 0; seed < 40; seed++)
        {
            var pattern = Random(seed, 12, 9, 0.2);
            var colouring = Colouring.OfColumns(pattern);
            for (int r = 0; r < pattern.Rows; r++)
            {
                int[] colours = [.. pattern.Row(r).ToArray().Select(c => colouring.Of[c])];
                Assert.Equal(colours.Length, colours.Distinct().Count());
            }
        }
    }

    [Fact]
    public void TwoColoursMakeStarsAndTrees()
    {
        for (int seed = 0; seed < 60; seed++)
        {
            var pattern = Random(seed, 14, 14, 0.05 + (0.01 * (seed % 20))).Symmetric();
            var (star, acyclic) = (Colouring.Star(pattern), Colouring.Acyclic(pattern));
            Assert.Null(Fault(pattern, star.Of, paths: true));
            Assert.Null(Fault(pattern, acyclic.Of, paths: false));
            _ = new SymmetricRecovery(pattern, star, false);
            _ = new SymmetricRecovery(pattern, acyclic, true);
        }
    }

    [Theory]
    [InlineData(1, 3, 2)]
    [InlineData(2, 5, 4)]
    public void BandsNeedAsManyColoursAsIsKnown(int width, int star, int acyclic)
    {
        var band = Pattern(60, 60, (r, c) => Math.Abs(r - c) <= width);
        Assert.Equal((2 * width) + 1, Colouring.OfColumns(band).Count);
        Assert.InRange(Colouring.Star(band).Count, 3, star);
        Assert.InRange(Colouring.Acyclic(band).Count, 2, acyclic);
    }

    [Fact]
    public void AnArrowIsTwoColouredThoughARowIsFull()
    {
        var arrow = Pattern(50, 50, (r, c) => r == c || r == 0 || c == 0);
        Assert.Equal((50, 2, 2), (Colouring.OfColumns(arrow).Count, Colouring.Star(arrow).Count, Colouring.Acyclic(arrow).Count));
    }

    [Fact]
    public void NothingHasNoColours()
    {
        var empty = new SparsityPattern(0, []);
        Assert.Equal((0, 0, 0), (Colouring.OfColumns(empty).Count, Colouring.Star(empty).Count, Colouring.Acyclic(empty).Count));
        Assert.Contains("row 0", Assert.Throws<NonsmoothException>(() => new SparsityPattern(2, [[1, 0]])).Message, StringComparison.Ordinal);
    }

    private static SparsityPattern Random(int seed, int rows, int columns, double share)
    {
        var random = new Random(seed);
        return Pattern(rows, columns, (_, _) => random.NextDouble() < share);
    }

    private static SparsityPattern Pattern(int rows, int columns, Func<int, int, bool> holds) =>
        new(columns, [.. Enumerable.Range(0, rows).Select(r => Enumerable.Range(0, columns).Where(c => holds(r, c)).ToArray())]);

    // Neighbours of one colour, a path of four in two colours, or a cycle in two.
    private static string? Fault(SparsityPattern p, IReadOnlyList<int> colour, bool paths)
    {
        int n = p.Rows;
        bool Edge(int a, int b) => a != b && p.Find(a, b) >= 0;
        for (int a = 0; a < n; a++)
        {
            for (int b = 0; b < n; b++)
            {
                if (Edge(a, b) && colour[a] == colour[b])
                {
                    return $"{a} and {b} are neighbours of one colour";
                }
            }
        }

        for (int x = 0; x < n; x++)
        {
            for (int y = 0; y < x; y++)
            {
                int[] vertices = [.. Enumerable.Range(0, n).Where(v => colour[v] == x || colour[v] == y)];
                (int A, int B)[] edges = [.. vertices.SelectMany(a => vertices.Where(b => a < b && Edge(a, b)).Select(b => (a, b)))];
                int parts = Parts(vertices, edges);
                if (edges.Length != vertices.Length - parts)
                {
                    return $"colours {x} and {y} have a cycle";
                }

                bool Inner(int v) => edges.Count(e => e.A == v || e.B == v) > 1;
                if (paths && edges.Any(e => Inner(e.A) && Inner(e.B)))
                {
                    return $"colours {x} and {y} have a path of four";
                }
            }
        }

        return null;
    }

    private static int Parts(int[] vertices, (int A, int B)[] edges)
    {
        var part = vertices.ToDictionary(v => v);
        foreach (var (a, b) in edges)
        {
            var (from, to) = (part[a], part[b]);
            foreach (int v in vertices.Where(v => part[v] == from))
            {
                part[v] = to;
            }
        }

        return part.Values.Distinct().Count();
    }
}
