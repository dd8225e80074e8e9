using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Nonsmooth.Solutions;

/// <summary>Loops of dense algebra, eight numbers at a time, each in one fixed order.</summary>
internal static class Lanes
{
    /// <summary>How many rows of a product <see cref="AddRows"/> makes at a time.</summary>
    public const int Rows = 4;

    private const int _block = 64;

    /// <summary>⟨a, b⟩.</summary>
    public static double Dot(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        ref double x = ref MemoryMarshal.GetReference(a);
        ref double y = ref MemoryMarshal.GetReference(b[..a.Length]);
        var (even, odd) = (Vector512<double>.Zero, Vector512<double>.Zero);
        int i = 0;
        for (; i <= a.Length - 16; i += 16)
        {
            even = Vector512.FusedMultiplyAdd(Vector512.LoadUnsafe(ref x, (nuint)i), Vector512.LoadUnsafe(ref y, (nuint)i), even);
            odd = Vector512.FusedMultiplyAdd(Vector512.LoadUnsafe(ref x, (nuint)(i + 8)), Vector512.LoadUnsafe(ref y, (nuint)(i + 8)), odd);
        }

        double sum = Vector512.Sum(even + odd);
        for (; i < a.Length; i++)
        {
            sum = Math.FusedMultiplyAdd(a[i], b[i], sum);
        }

        return sum;
    }

    /// <summary>y + factor·x.</summary>
    public static void Add(double factor, ReadOnlySpan<double> x, Span<double> y)
    {
        ref double from = ref MemoryMarshal.GetReference(x);
        ref double to = ref MemoryMarshal.GetReference(y[..x.Length]);
        var all = Vector512.Create(factor);
        int i = 0;
        for (; i <= x.Length - 8; i += 8)
        {
            Vector512.FusedMultiplyAdd(all, Vector512.LoadUnsafe(ref from, (nuint)i), Vector512.LoadUnsafe(ref to, (nuint)i)).StoreUnsafe(ref to, (nuint)i);
        }

        for (; i < x.Length; i++)
        {
            y[i] = Math.FusedMultiplyAdd(factor, x[i], y[i]);
        }
    }

    /// <summary>factor·x.</summary>
    public static void Scale(double factor, Span<double> x)
    {
        int i = 0;
        for (; i <= x.Length - 8; i += 8)
        {
            ref double at = ref x[i];
            (Vector512.LoadUnsafe(ref at) * factor).StoreUnsafe(ref at);
        }

        for (; i < x.Length; i++)
        {
            x[i] *= factor;
        }
    }

    /// <summary>y + factor·x², number by number.</summary>
    public static void AddSquares(double factor, ReadOnlySpan<double> x, Span<double> y)
    {
        ref double from = ref MemoryMarshal.GetReference(x);
        ref double to = ref MemoryMarshal.GetReference(y[..x.Length]);
        var all = Vector512.Create(factor);
        int i = 0;
        for (; i <= x.Length - 8; i += 8)
        {
            var some = Vector512.LoadUnsafe(ref from, (nuint)i);
            Vector512.FusedMultiplyAdd(all * some, some, Vector512.LoadUnsafe(ref to, (nuint)i)).StoreUnsafe(ref to, (nuint)i);
        }

        for (; i < x.Length; i++)
        {
            y[i] = Math.FusedMultiplyAdd(factor * x[i], x[i], y[i]);
        }
    }

    /// <summary>The largest absolute value; NaN where there is one, 0 of none.</summary>
    public static double Largest(ReadOnlySpan<double> x)
    {
        var most = Vector512<double>.Zero;
        int i = 0;
        for (; i <= x.Length - 8; i += 8)
        {
            most = Vector512.Max(most, Vector512.Abs(Vector512.LoadUnsafe(ref MemoryMarshal.GetReference(x), (nuint)i)));
        }

        double largest = 0;
        for (int k = 0; k < 8; k++)
        {
            largest = Math.Max(largest, most[k]);
        }

        for (; i < x.Length; i++)
        {
            largest = Math.Max(largest, Math.Abs(x[i]));
        }

        return largest;
    }

    /// <summary>y = Mx of a row-major matrix.</summary>
    public static void Times(ReadOnlySpan<double> matrix, ReadOnlySpan<double> x, Span<double> y)
    {
        for (int i = 0; i < y.Length; i++)
        {
            y[i] = Dot(matrix.Slice(i * x.Length, x.Length), x);
        }
    }

    /// <summary>y + Mᵀx of a row-major matrix, four rows at a time.</summary>
    public static void AddTransposed(ReadOnlySpan<double> matrix, ReadOnlySpan<double> x, Span<double> y)
    {
        const int some = 2048;
        for (int left = 0; left < y.Length; left += some)
        {
            int width = Math.Min(some, y.Length - left);
            ref double to = ref MemoryMarshal.GetReference(y.Slice(left, width));
            int i = 0;
            for (; i <= x.Length - 4; i += 4)
            {
                ref double a = ref MemoryMarshal.GetReference(matrix.Slice((i * y.Length) + left, width));
                ref double b = ref MemoryMarshal.GetReference(matrix.Slice(((i + 1) * y.Length) + left, width));
                ref double c = ref MemoryMarshal.GetReference(matrix.Slice(((i + 2) * y.Length) + left, width));
                ref double d = ref MemoryMarshal.GetReference(matrix.Slice(((i + 3) * y.Length) + left, width));
                var (fa, fb, fc, fd) = (Vector512.Create(x[i]), Vector512.Create(x[i + 1]), Vector512.Create(x[i + 2]), Vector512.Create(x[i + 3]));
                int j = 0;
                for (; j <= width - 8; j += 8)
                {
                    var sum = Vector512.FusedMultiplyAdd(fa, Vector512.LoadUnsafe(ref a, (nuint)j), Vector512.LoadUnsafe(ref to, (nuint)j));
                    sum = Vector512.FusedMultiplyAdd(fb, Vector512.LoadUnsafe(ref b, (nuint)j), sum);
                    sum = Vector512.FusedMultiplyAdd(fc, Vector512.LoadUnsafe(ref c, (nuint)j), sum);
                    Vector512.FusedMultiplyAdd(fd, Vector512.LoadUnsafe(ref d, (nuint)j), sum).StoreUnsafe(ref to, (nuint)j);
                }

                for (; j < width; j++)
                {
                    double sum = Math.FusedMultiplyAdd(x[i], Unsafe.Add(ref a, j), Unsafe.Add(ref to, j));
                    sum = Math.FusedMultiplyAdd(x[i + 1], Unsafe.Add(ref b, j), sum);
                    sum = Math.FusedMultiplyAdd(x[i + 2], Unsafe.Add(ref c, j), sum);
                    Unsafe.Add(ref to, j) = Math.FusedMultiplyAdd(x[i + 3], Unsafe.Add(ref d, j), sum);
                }
            }

            for (; i < x.Length; i++)
            {
                Add(x[i], matrix.Slice((i * y.Length) + left, width), y.Slice(left, width));
            }
        }
    }

    /// <summary>The upper triangle of C + Aᵀdiag(w)A, for row-major C (size × size, rows apart by <paramref name="apart"/>) and A (count rows, apart by <paramref name="step"/>). Entries below the diagonal, up to 18, are written too.</summary>
    public static void AddGram(Span<double> c, int apart, int size, ReadOnlySpan<double> a, int step, int count, ReadOnlySpan<double> weights)
    {
        Span<double> pack = stackalloc double[Rows * _block];
        for (int from = 0; from < count; from += _block)
        {
            int some = Math.Min(_block, count - from);
            for (int i = 0; i < size; i += Rows)
            {
                int rows = Math.Min(Rows, size - i);

                // Whole vectors end at the last column and begin before the diagonal.
                int before = (16 - ((size - i) % 16)) % 16;
                int left = before <= i ? i - before : i;
                for (int k = 0; k < some; k++)
                {
                    for (int r = 0; r < Rows; r++)
                    {
                        pack[(Rows * k) + r] = r < rows ? a[((from + k) * step) + i + r] * weights[from + k] : 0;
                    }
                }

                AddRows(c[((i * apart) + left)..], apart, rows, pack, a[((from * step) + left)..], step, some, size - left);
            }
        }
    }

    /// <summary>C + PB for up to four rows of C: P by columns of four, B with rows apart by <paramref name="step"/>.</summary>
    public static void AddRows(Span<double> c, int apart, int rows, ReadOnlySpan<double> pack, ReadOnlySpan<double> b, int step, int count, int columns)
    {
        ref double from = ref MemoryMarshal.GetReference(b);
        ref double factor = ref MemoryMarshal.GetReference(pack);
        int j = 0;
        for (; j <= columns - 16; j += 16)
        {
            Vector512<double> a0 = default, a1 = default, b0 = default, b1 = default, c0 = default, c1 = default, d0 = default, d1 = default;
            nuint at = (nuint)j;
            nuint p = 0;
            for (int k = 0; k < count; k++, at += (nuint)step, p += 4)
            {
                var x = Vector512.LoadUnsafe(ref from, at);
                var y = Vector512.LoadUnsafe(ref from, at + 8);
                var f = Vector512.Create(Unsafe.Add(ref factor, p));
                (a0, a1) = (Vector512.FusedMultiplyAdd(f, x, a0), Vector512.FusedMultiplyAdd(f, y, a1));
                f = Vector512.Create(Unsafe.Add(ref factor, p + 1));
                (b0, b1) = (Vector512.FusedMultiplyAdd(f, x, b0), Vector512.FusedMultiplyAdd(f, y, b1));
                f = Vector512.Create(Unsafe.Add(ref factor, p + 2));
                (c0, c1) = (Vector512.FusedMultiplyAdd(f, x, c0), Vector512.FusedMultiplyAdd(f, y, c1));
                f = Vector512.Create(Unsafe.Add(ref factor, p + 3));
                (d0, d1) = (Vector512.FusedMultiplyAdd(f, x, d0), Vector512.FusedMultiplyAdd(f, y, d1));
            }

            Put(c, 0, a0, a1);
            Put(c, 1, b0, b1);
            Put(c, 2, c0, c1);
            Put(c, 3, d0, d1);
        }

        // Of fewer than eight columns the lanes beyond are of the next row, and left out; the last row has none.
        for (; j < columns; j += 8)
        {
            Vector512<double> a0 = default, b0 = default, c0 = default, d0 = default;
            int whole = ((count - 1) * step) + j + 8 <= b.Length ? count : count - 1;
            for (int k = 0; k < whole; k++)
            {
                var x = Vector512.LoadUnsafe(ref from, (nuint)((k * step) + j));
                a0 = Vector512.FusedMultiplyAdd(Vector512.Create(pack[Rows * k]), x, a0);
                b0 = Vector512.FusedMultiplyAdd(Vector512.Create(pack[(Rows * k) + 1]), x, b0);
                c0 = Vector512.FusedMultiplyAdd(Vector512.Create(pack[(Rows * k) + 2]), x, c0);
                d0 = Vector512.FusedMultiplyAdd(Vector512.Create(pack[(Rows * k) + 3]), x, d0);
            }

            for (int r = 0; r < rows; r++)
            {
                var sums = r == 0 ? a0 : r == 1 ? b0 : r == 2 ? c0 : d0;
                for (int l = 0; l < Math.Min(8, columns - j); l++)
                {
                    double last = whole < count ? pack[(Rows * whole) + r] * b[(whole * step) + j + l] : 0;
                    c[(r * apart) + j + l] += sums[l] + last;
                }
            }
        }

        void Put(Span<double> all, int row, Vector512<double> low, Vector512<double> high)
        {
            if (row < rows)
            {
                ref double to = ref MemoryMarshal.GetReference(all.Slice((row * apart) + j, 16));
                (Vector512.LoadUnsafe(ref to) + low).StoreUnsafe(ref to);
                (Vector512.LoadUnsafe(ref to, 8) + high).StoreUnsafe(ref to, 8);
            }
        }
    }

    /// <summary>The transpose of a row-major matrix.</summary>
    public static double[] Transposed(int rows, int columns, ReadOnlySpan<double> numbers)
    {
        double[] turned = GC.AllocateUninitializedArray<double>(rows * columns);
        const int tile = 16;
        for (int top = 0; top < rows; top += tile)
        {
            int bottom = Math.Min(rows, top + tile);
            for (int left = 0; left < columns; left += tile)
            {
                int right = Math.Min(columns, left + tile);
                for (int i = top; i < bottom; i++)
                {
                    for (int j = left; j < right; j++)
                    {
                        turned[(j * rows) + i] = numbers[(i * columns) + j];
                    }
                }
            }
        }

        return turned;
    }
}
