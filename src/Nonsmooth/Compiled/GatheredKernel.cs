using System.Numerics;
using System.Runtime.CompilerServices;

namespace Nonsmooth.Compiled;

/// <summary>Gathered products: every entry is a product, to which the next ones are added in their order; columns side by side in vectors, four rows at a time.</summary>
/// <remarks>What the shapes say of padding is in the lists: nothing is multiplied by a zero that is not there.</remarks>
internal sealed unsafe class GatheredKernel<T> : Kernel<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly GatheredProduct[] _products;
    private readonly (int A, int B, int Bias, int To) _places;
    private readonly int _wide;
    private readonly int _columns;
    private readonly int _results;
    private readonly int[][] _columnPlaces;
    private readonly int[][] _resultPlaces;

    /// <summary>Makes the kernel.</summary>
    /// <param name="name">The node's name.</param>
    /// <param name="products">One a group of channels, of one shape.</param>
    /// <param name="places">The addresses of what is gathered, of the columns, of a number for each column of each group (−1 for none), and of the result.</param>
    /// <param name="scratch">Takes so many numbers of memory.</param>
    public GatheredKernel(string name, GatheredProduct[] products, (int A, int B, int Bias, int To) places, Func<int, int> scratch)
    {
        Name = name;
        (_products, _places) = (products, places);
        var shape = products[0];
        _wide = (shape.Width + Vector<T>.Count - 1) / Vector<T>.Count * Vector<T>.Count;
        _columns = scratch(shape.Terms * _wide);
        _results = scratch(shape.Count * _wide);
        _columnPlaces = Array.ConvertAll(products, p => Places(p.Terms, p.Width, p.Column));
        _resultPlaces = Array.ConvertAll(products, p => Places(p.Count, p.Width, p.Result));
    }

    public override string Name { get; }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Run(Frame<T> frame)
    {
        T* m = frame.Memory;
        T* columns = m + _columns;
        T* results = m + _results;
        for (int g = 0; g < _products.Length; g++)
        {
            var product = _products[g];
            int width = product.Width;
            fixed (int* at = _columnPlaces[g])
            {
                Gather(m + _places.B, at, columns, product.Terms, width);
            }

            foreach (var rows in product.Rows)
            {
                Rows(m + _places.A, columns, results, rows);
            }

            fixed (int* to = _resultPlaces[g])
            {
                Scatter(results, to, m + _places.To, product.Count, width, _places.Bias < 0 ? null : m + _places.Bias + (g * width));
            }
        }
    }

    private static int[] Places(int rows, int width, Func<int, int, int> place) =>
        [.. Enumerable.Range(0, rows * width).Select(i => place(i / width, i % width))];

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Gather(T* from, int* at, T* to, int rows, int width)
    {
        for (int r = 0; r < rows; r++, to += _wide, at += width)
        {
            for (int c = 0; c < width; c++)
            {
                to[c] = from[at[c]];
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Scatter(T* from, int* at, T* to, int rows, int width, T* bias)
    {
        for (int r = 0; r < rows; r++, from += _wide, at += width)
        {
            for (int c = 0; c < width; c++)
            {
                to[at[c]] = from[c];
            }

            if (bias is not null)
            {
                for (int c = 0; c < width; c++)
                {
                    to[at[c]] += bias[c];
                }
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Rows(T* a, T* columns, T* results, GatheredRows rows)
    {
        int[] bases = rows.Bases;
        int terms = rows.From.Length;
        if (terms == 0)
        {
            // To which a number of either zero is added.
            foreach (int to in rows.To)
            {
                new Span<T>(results + (to * _wide), _wide).Fill(_places.Bias < 0 ? T.Zero : T.NegativeZero);
            }

            return;
        }

        fixed (int* from = rows.From, with = rows.Columns)
        {
            int i = 0;
            for (; i + 4 <= bases.Length; i += 4)
            {
                for (int j = 0; j < _wide; j += Vector<T>.Count)
                {
                    Four(a, from, with, terms, columns + j, results + j, (bases[i], bases[i + 1], bases[i + 2], bases[i + 3]), (rows.To[i], rows.To[i + 1], rows.To[i + 2], rows.To[i + 3]));
                }
            }

            for (; i < bases.Length; i++)
            {
                for (int j = 0; j < _wide; j += Vector<T>.Count)
                {
                    One(a + bases[i], from, with, terms, columns + j, results + (rows.To[i] * _wide) + j);
                }
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Four(T* x, int* from, int* with, int terms, T* columns, T* to, (int A, int B, int C, int D) bases, (int A, int B, int C, int D) rows)
    {
        T* a = x + bases.A;
        T* b = x + bases.B;
        T* c = x + bases.C;
        T* d = x + bases.D;
        int f = from[0];
        var column = Vector.Load(columns + (with[0] * _wide));
        var (p, q, r, s) = (Vector.Create(a[f]) * column, Vector.Create(b[f]) * column, Vector.Create(c[f]) * column, Vector.Create(d[f]) * column);
        for (int k = 1; k < terms; k++)
        {
            f = from[k];
            column = Vector.Load(columns + (with[k] * _wide));
            p += Vector.Create(a[f]) * column;
            q += Vector.Create(b[f]) * column;
            r += Vector.Create(c[f]) * column;
            s += Vector.Create(d[f]) * column;
        }

        p.Store(to + (rows.A * _wide));
        q.Store(to + (rows.B * _wide));
        r.Store(to + (rows.C * _wide));
        s.Store(to + (rows.D * _wide));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void One(T* x, int* from, int* with, int terms, T* columns, T* to)
    {
        var sum = Vector.Create(x[from[0]]) * Vector.Load(columns + (with[0] * _wide));
        for (int k = 1; k < terms; k++)
        {
            sum += Vector.Create(x[from[k]]) * Vector.Load(columns + (with[k] * _wide));
        }

        sum.Store(to);
    }
}
