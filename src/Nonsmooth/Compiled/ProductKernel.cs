using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Nonsmooth.Compiled;

/// <summary>Where the operands and the result of stacked products of matrices lie.</summary>
/// <param name="Left">The address of the left matrices, each rows × inner, or inner × rows where it is transposed.</param>
/// <param name="Right">The address of the right ones, each inner × columns, or columns × inner where it is transposed.</param>
/// <param name="Bias">The address of a row that is added to each row; −1 for none.</param>
/// <param name="To">The address of the results, each rows × columns.</param>
/// <param name="Scratch">The address of as many numbers as a right matrix has.</param>
/// <param name="Stack">How many products.</param>
/// <param name="Rows">The rows of a result.</param>
/// <param name="Inner">How many products an entry adds.</param>
/// <param name="Columns">The columns of a result.</param>
/// <param name="TransposeLeft">Whether the left matrices are stored transposed.</param>
/// <param name="TransposeRight">Whether the right ones are.</param>
internal readonly record struct ProductShape(
    int Left, int Right, int Bias, int To, int Scratch, int Stack, int Rows, int Inner, int Columns, bool TransposeLeft, bool TransposeRight);

/// <summary>Products of matrices: every entry is a product, to which the next ones are added from left to right; entries side by side in vectors.</summary>
internal sealed unsafe class ProductKernel<T>(string name, ProductShape s) : Kernel<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public override string Name => name;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Run(Frame<T> frame)
    {
        var m = frame.Memory;
        var (row, step) = s.TransposeLeft ? (1, s.Rows) : (s.Inner, 1);
        for (int k = 0; k < s.Stack; k++)
        {
            T* right = m + s.Right + (k * s.Inner * s.Columns);
            if (s.TransposeRight)
            {
                Transpose(right, m + s.Scratch);
                right = m + s.Scratch;
            }

            T* left = m + s.Left + (k * s.Rows * s.Inner);
            T* to = m + s.To + (k * s.Rows * s.Columns);
            int i = 0;
            for (; i + 4 <= s.Rows; i += 4)
            {
                Four(left + (i * row), row, step, right, to + (i * s.Columns));
            }

            for (; i < s.Rows; i++)
            {
                One(left + (i * row), step, right, to + (i * s.Columns), 0);
            }

            if (s.Bias >= 0)
            {
                Add(m + s.Bias, to);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Transpose(T* from, T* to)
    {
        // Eight rows at once, so that what is written lies together.
        int c = 0;
        for (; c + 8 <= s.Columns; c += 8)
        {
            T* row = from + (c * s.Inner);
            T* column = to + c;
            for (int k = 0; k < s.Inner; k++, row++, column += s.Columns)
            {
                column[0] = row[0];
                column[1] = row[s.Inner];
                column[2] = row[2 * s.Inner];
                column[3] = row[3 * s.Inner];
                column[4] = row[4 * s.Inner];
                column[5] = row[5 * s.Inner];
                column[6] = row[6 * s.Inner];
                column[7] = row[7 * s.Inner];
            }
        }

        for (; c < s.Columns; c++)
        {
            for (int k = 0; k < s.Inner; k++)
            {
                to[(k * s.Columns) + c] = from[(c * s.Inner) + k];
            }
        }
    }

    // Four rows and two vectors of columns: eight sums that do not wait for each other.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Four(T* left, int row, int step, T* right, T* to)
    {
        int n = s.Columns;
        int w = Vector<T>.Count;
        int j = Vector512.IsHardwareAccelerated ? Wide(left, row, step, right, to) : 0;
        for (; j + (2 * w) <= n; j += 2 * w)
        {
            var (p, q) = (Vector.Load(right + j), Vector.Load(right + j + w));
            var (a, b, c, d) = (Vector.Create(left[0]), Vector.Create(left[row]), Vector.Create(left[2 * row]), Vector.Create(left[3 * row]));
            var (a0, b0, c0, d0) = (a * p, b * p, c * p, d * p);
            var (a1, b1, c1, d1) = (a * q, b * q, c * q, d * q);
            for (int k = 1; k < s.Inner; k++)
            {
                T* l = left + (k * step);
                T* r = right + (k * n) + j;
                (p, q) = (Vector.Load(r), Vector.Load(r + w));
                a = Vector.Create(l[0]);
                a0 += a * p;
                a1 += a * q;
                b = Vector.Create(l[row]);
                b0 += b * p;
                b1 += b * q;
                c = Vector.Create(l[2 * row]);
                c0 += c * p;
                c1 += c * q;
                d = Vector.Create(l[3 * row]);
                d0 += d * p;
                d1 += d * q;
            }

            a0.Store(to + j);
            a1.Store(to + j + w);
            b0.Store(to + n + j);
            b1.Store(to + n + j + w);
            c0.Store(to + (2 * n) + j);
            c1.Store(to + (2 * n) + j + w);
            d0.Store(to + (3 * n) + j);
            d1.Store(to + (3 * n) + j + w);
        }

        while (j < n && n >= w)
        {
            // The last vector overlaps the one before: what is computed twice is the same.
            j = Math.Min(j, n - w);
            var p = Vector.Load(right + j);
            var (a0, b0, c0, d0) = (Vector.Create(left[0]) * p, Vector.Create(left[row]) * p, Vector.Create(left[2 * row]) * p, Vector.Create(left[3 * row]) * p);
            for (int k = 1; k < s.Inner; k++)
            {
                T* l = left + (k * step);
                p = Vector.Load(right + (k * n) + j);
                a0 += Vector.Create(l[0]) * p;
                b0 += Vector.Create(l[row]) * p;
                c0 += Vector.Create(l[2 * row]) * p;
                d0 += Vector.Create(l[3 * row]) * p;
            }

            a0.Store(to + j);
            b0.Store(to + n + j);
            c0.Store(to + (2 * n) + j);
            d0.Store(to + (3 * n) + j);
            j += w;
        }

        for (; j < n; j++)
        {
            T* r = right + j;
            var (a0, b0, c0, d0) = (left[0] * r[0], left[row] * r[0], left[2 * row] * r[0], left[3 * row] * r[0]);
            for (int k = 1; k < s.Inner; k++)
            {
                T* l = left + (k * step);
                T p = r[k * n];
                a0 += l[0] * p;
                b0 += l[row] * p;
                c0 += l[2 * row] * p;
                d0 += l[3 * row] * p;
            }

            (to[j], to[n + j], to[(2 * n) + j], to[(3 * n) + j]) = (a0, b0, c0, d0);
        }
    }

    // As far as vectors of 512 bits go, two by two and then one.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int Wide(T* left, int row, int step, T* right, T* to)
    {
        int n = s.Columns;
        int w = Vector512<T>.Count;
        int j = 0;
        for (; j + (2 * w) <= n; j += 2 * w)
        {
            var (p, q) = (Vector512.Load(right + j), Vector512.Load(right + j + w));
            var (a, b, c, d) = (Vector512.Create(left[0]), Vector512.Create(left[row]), Vector512.Create(left[2 * row]), Vector512.Create(left[3 * row]));
            var (a0, b0, c0, d0) = (a * p, b * p, c * p, d * p);
            var (a1, b1, c1, d1) = (a * q, b * q, c * q, d * q);
            for (int k = 1; k < s.Inner; k++)
            {
                T* l = left + (k * step);
                T* r = right + (k * n) + j;
                (p, q) = (Vector512.Load(r), Vector512.Load(r + w));
                a = Vector512.Create(l[0]);
                a0 += a * p;
                a1 += a * q;
                b = Vector512.Create(l[row]);
                b0 += b * p;
                b1 += b * q;
                c = Vector512.Create(l[2 * row]);
                c0 += c * p;
                c1 += c * q;
                d = Vector512.Create(l[3 * row]);
                d0 += d * p;
                d1 += d * q;
            }

            a0.Store(to + j);
            a1.Store(to + j + w);
            b0.Store(to + n + j);
            b1.Store(to + n + j + w);
            c0.Store(to + (2 * n) + j);
            c1.Store(to + (2 * n) + j + w);
            d0.Store(to + (3 * n) + j);
            d1.Store(to + (3 * n) + j + w);
        }

        for (; j + w <= n; j += w)
        {
            var p = Vector512.Load(right + j);
            var (a0, b0, c0, d0) = (Vector512.Create(left[0]) * p, Vector512.Create(left[row]) * p, Vector512.Create(left[2 * row]) * p, Vector512.Create(left[3 * row]) * p);
            for (int k = 1; k < s.Inner; k++)
            {
                T* l = left + (k * step);
                p = Vector512.Load(right + (k * n) + j);
                a0 += Vector512.Create(l[0]) * p;
                b0 += Vector512.Create(l[row]) * p;
                c0 += Vector512.Create(l[2 * row]) * p;
                d0 += Vector512.Create(l[3 * row]) * p;
            }

            a0.Store(to + j);
            b0.Store(to + n + j);
            c0.Store(to + (2 * n) + j);
            d0.Store(to + (3 * n) + j);
        }

        return j;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void One(T* left, int step, T* right, T* to, int j)
    {
        int n = s.Columns;
        int w = Vector<T>.Count;
        for (; j + (4 * w) <= n; j += 4 * w)
        {
            var a = Vector.Create(left[0]);
            var (p, q, r, t) = (a * Vector.Load(right + j), a * Vector.Load(right + j + w), a * Vector.Load(right + j + (2 * w)), a * Vector.Load(right + j + (3 * w)));
            for (int k = 1; k < s.Inner; k++)
            {
                a = Vector.Create(left[k * step]);
                T* from = right + (k * n) + j;
                p += a * Vector.Load(from);
                q += a * Vector.Load(from + w);
                r += a * Vector.Load(from + (2 * w));
                t += a * Vector.Load(from + (3 * w));
            }

            p.Store(to + j);
            q.Store(to + j + w);
            r.Store(to + j + (2 * w));
            t.Store(to + j + (3 * w));
        }

        while (j < n && n >= w)
        {
            j = Math.Min(j, n - w);
            var sum = Vector.Create(left[0]) * Vector.Load(right + j);
            for (int k = 1; k < s.Inner; k++)
            {
                sum += Vector.Create(left[k * step]) * Vector.Load(right + (k * n) + j);
            }

            sum.Store(to + j);
            j += w;
        }

        for (; j < n; j++)
        {
            T sum = left[0] * right[j];
            for (int k = 1; k < s.Inner; k++)
            {
                sum += left[k * step] * right[(k * n) + j];
            }

            to[j] = sum;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Add(T* bias, T* to)
    {
        for (int i = 0; i < s.Rows; i++, to += s.Columns)
        {
            int j = 0;
            for (; j + Vector<T>.Count <= s.Columns; j += Vector<T>.Count)
            {
                (Vector.Load(to + j) + Vector.Load(bias + j)).Store(to + j);
            }

            for (; j < s.Columns; j++)
            {
                to[j] += bias[j];
            }
        }
    }
}
