using Nonsmooth.Dictionary;

namespace Nonsmooth.Compiled;

/// <summary>Convolutions of planes and their two adjoints as gathered products, one a group of channels.</summary>
internal static class GatheredConvolutions
{
    /// <summary>An output adds by input channel, tap row, tap column; the columns are the output channels.</summary>
    public static GatheredProduct[] Of(Convolution f)
    {
        var (rows, columns) = (f.Rows, f.Columns);
        var (plane, places, kernel) = (rows.Input * columns.Input, rows.Output * columns.Output, rows.Kernel * columns.Kernel);
        return Groups(f, block =>
        {
            var at = from n in Enumerable.Range(0, f.Batch)
                     from r in Enumerable.Range(0, rows.Output)
                     from c in Enumerable.Range(0, columns.Output)
                     select ((rows.FirstTap[r], rows.Taps[r], columns.FirstTap[c], columns.Taps[c]),
                         (((n * f.Groups) + block) * f.In * plane) + (rows.First[r] * columns.Input) + columns.First[c]);
            return new(
                GatheredProduct.Grouped(at, row => Terms(row / columns.Output % rows.Output, row % columns.Output)),
                f.Batch * places,
                f.Out,
                f.In * kernel,
                (term, o) => (((block * f.Out) + o) * f.In * kernel) + term,
                (row, o) => (((((row / places * f.Groups) + block) * f.Out) + o) * places) + (row % places));
        });

        IEnumerable<(int, int)> Terms(int r, int c) =>
            from i in Enumerable.Range(0, f.In)
            from a in Enumerable.Range(0, rows.Taps[r])
            from b in Enumerable.Range(0, columns.Taps[c])
            select ((i * plane) + (a * rows.Step * columns.Input) + (b * columns.Step),
                (((i * rows.Kernel) + rows.FirstTap[r] + a) * columns.Kernel) + columns.FirstTap[c] + b);
    }

    /// <summary>A weight adds by image, window row, window column; the columns are the output channels.</summary>
    public static GatheredProduct[] Weight(Convolution f)
    {
        var (rows, columns) = (f.Rows.Runs(), f.Columns.Runs());
        var (plane, places, kernel) = (f.Rows.Input * f.Columns.Input, f.Rows.Output * f.Columns.Output, rows.Length * columns.Length);
        return Groups(f, block =>
        {
            var at = from i in Enumerable.Range(0, f.In)
                     from r in rows
                     from c in columns
                     select ((r.Window, r.Count, c.Window, c.Count), (((block * f.In) + i) * plane) + (r.Place * f.Columns.Input) + c.Place);
            return new(
                GatheredProduct.Grouped(at, row => Terms(rows[row / columns.Length % rows.Length], columns[row % columns.Length])),
                f.In * kernel,
                f.Out,
                f.Batch * places,
                (term, o) => (((((term / places * f.Groups) + block) * f.Out) + o) * places) + (term % places),
                (row, o) => (((block * f.Out) + o) * f.In * kernel) + row);
        });

        IEnumerable<(int, int)> Terms((int Window, int Place, int Count) rows, (int Window, int Place, int Count) columns) =>
            from n in Enumerable.Range(0, f.Batch)
            from r in Enumerable.Range(0, rows.Count)
            from c in Enumerable.Range(0, columns.Count)
            select ((n * f.Groups * f.In * plane) + (r * f.Rows.Stride * f.Columns.Input) + (c * f.Columns.Stride),
                (n * places) + ((rows.Window + r) * f.Columns.Output) + columns.Window + c);
    }

    /// <summary>An input adds by output channel, tap row, tap column; the columns are the input channels.</summary>
    public static GatheredProduct[] Transposed(Convolution f)
    {
        var (rows, columns) = (f.Rows.Reach(), f.Columns.Reach());
        var (plane, places, kernel) = (f.Rows.Output * f.Columns.Output, rows.Length * columns.Length, f.Rows.Kernel * f.Columns.Kernel);
        return Groups(f, block =>
        {
            var at = from n in Enumerable.Range(0, f.Batch)
                     from r in rows
                     from c in columns
                     select ((Key(r), Key(c)), (((n * f.Groups) + block) * f.Out * plane) + (First(r) * f.Columns.Output) + First(c));
            return new(
                GatheredProduct.Grouped(at, row => Terms(rows[row / columns.Length % rows.Length], columns[row % columns.Length])),
                f.Batch * places,
                f.In,
                f.Out * kernel,
                (term, i) => (((((block * f.Out) + (term / kernel)) * f.In) + i) * kernel) + (term % kernel),
                (row, i) => (((((row / places * f.Groups) + block) * f.In) + i) * places) + (row % places));
        });

        IEnumerable<(int, int)> Terms((int Tap, int Window)[] row, (int Tap, int Window)[] column) =>
            from o in Enumerable.Range(0, f.Out)
            from a in row
            from b in column
            select ((o * plane) + ((a.Window - First(row)) * f.Columns.Output) + b.Window - First(column),
                (((o * f.Rows.Kernel) + a.Tap) * f.Columns.Kernel) + b.Tap);

        static int First((int Tap, int Window)[] reach) => reach.Length == 0 ? 0 : reach[0].Window;

        static string Key((int Tap, int Window)[] reach) => string.Join(',', reach.Select(t => $"{t.Tap}:{t.Window - reach[0].Window}"));
    }

    private static GatheredProduct[] Groups(Convolution f, Func<int, GatheredProduct> product) => [.. Enumerable.Range(0, f.Groups).Select(product)];
}
