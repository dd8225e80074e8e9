using Nonsmooth.Dictionary;
using Nonsmooth.Programs;
using Nonsmooth.Tensors;

namespace Nonsmooth.LibTorch.Tests.Measurement.Defects;

/// <summary>Twenty gradients that are right and break the cheap gradient principle, each in its own way.</summary>
public static class DefectTable
{
    /// <summary>The table.</summary>
    public static IReadOnlyList<Defect> Rows { get; } =
    [
        new("copy_per_element", 16, x => x * 2, (x, g) => Restore(Doubled(Flat(g), CopyWithOneDoubled), x)),
        new("quadratic_gather", 96, x => x * 2, (x, g) => Restore(ThroughSquareTable(Flat(x), Flat(g)), x) * 2),
        new("recomputing_loop", 1024, Functions.Sin, (x, g) => g * (Sum(500, _ => Again(x, Functions.Cos)) * (1 / 500.0))),
        new("wrong_sized_recompute", 64, Functions.Exp, (x, g) => g * Functions.Exp(Tiled(x, 1500)).Mean(0)),
        new("missing_fused_adjoint", 256, x => Functions.Gelu(x), (x, g) => g * g.Builder.Apply(new InterpretedGeluDerivative(), x)),
        Denormals(flush: false),
        new("boxed_scalars", 256, Functions.Exp, (x, g) => g * g.Builder.Apply(new BoxedExponential(), x)),
        new("materialised_broadcast", 64, x => x - x.Mean(0, 1), (_, g) => Restore(Differences(Flat(g)).Mean(1), g)),
        new("double_round_trips", 256, x => x * 2, (_, g) => Repeated(g, 100, s => s.Builder.Apply(new DoubleRoundTrip(), s * 1.01) * (1 / 1.01)) * 2),
        new("repeated_transposes", 1024, x => x * 2, (_, g) => Repeated(g, 900, TransposedCopies) * 2),
        new("one_hot_matmul", 40, x => x * 2, (x, g) => Restore(Functions.MatMul(Flat(g).Reshape(new Shape(1, g.Shape.Elements)), OneHot(Flat(x))), x) * 2),
        new("scatter_by_element", 24, x => x * 2, (_, g) => Restore(Scattered(Flat(g * 2)), g)),
        new("sort_for_maximum", 128, x => x.Max(true, 1) - x, (x, g) => Winners(x, g.Sum(true, 1)) - g),
        new("full_jacobian", 64, x => Restore(Functions.Softmax(Flat(x)), x) * x.Shape.Elements, (x, g) => Restore(BySoftmaxJacobian(Functions.Softmax(Flat(x)), Flat(g)), x) * x.Shape.Elements),
        new("unrolled_loop", 32, x => Restore(Flat(x).CumulativeSum(), x), (_, g) => Restore(SumsFromTheEnd(Flat(g)), g)),
        new("powers_in_a_loop", 1024, Functions.Exp, (x, g) => g * Repeated(Functions.Exp(x), 100, p => Functions.Pow(Functions.Pow(p, 1.7), 1 / 1.7))) { Error = 1e-2 },
        new("finite_differences", 256, Functions.Tanh, (x, g) => Concatenated(Defect.Columns, j => Difference(x, g, j))) { Error = 1e-2 },
        new("inserted_into_a_list", 64, x => Restore(Flat(x).CumulativeSum(), x), (_, g) => Restore(g.Builder.Apply(new InsertedSums(), Flat(g)), g)),
        new("growing_concatenation", 16, x => x * 2, (_, g) => Repeated(g, 400, s => Functions.Concatenate(0, s, g)).Reshape(new Shape(401, g.Shape[0], Defect.Columns)).Mean(0) * 2),
        new("padded_to_excess", 64, x => x * 2, (_, g) => Repeated(g, 12, s => Functions.Pad(s, new[] { 48_000, 0 }, new[] { 48_000, 0 }).Slice(0, 48_000, 48_000 + g.Shape[0])) * 2),
    ];

    /// <summary>The one whose cost is in the numbers: with denormals flushed to zero it is many times cheaper.</summary>
    public static Defect Denormals(bool flush) =>
        new("denormals", 16, x => x * 2, (_, g) => g.Builder.Apply(new UnderflowingTail(flush), g * 1e-34) + (g * 2));

    private static Variable Flat(Variable x) => x.Reshape(new Shape(x.Shape.Elements));

    private static Variable Restore(Variable flat, Variable like) => flat.Reshape(like.Shape);

    private static Variable Repeated(Variable x, int times, Func<Variable, Variable> step) =>
        Enumerable.Range(0, times).Aggregate(x, (y, _) => step(y));

    private static Variable Sum(int count, Func<int, Variable> term) =>
        Enumerable.Range(0, count).Select(term).Aggregate((a, b) => a + b);

    private static Variable Concatenated(int count, Func<int, Variable> part) =>
        Functions.Concatenate(1, [.. Enumerable.Range(0, count).Select(part)]);

    private static Variable Again(Variable x, Func<Variable, Variable> function)
    {
        using (x.Builder.Fresh())
        {
            return function(x);
        }
    }

    private static Variable Doubled(Variable x, Func<Variable, int, Variable> step) =>
        Enumerable.Range(0, x.Shape.Elements).Aggregate(x, step);

    private static Variable CopyWithOneDoubled(Variable x, int i)
    {
        int n = x.Shape.Elements;
        var one = x.Slice(0, i, i + 1) * 2;
        return i == 0 ? Functions.Concatenate(0, one, x.Slice(0, 1, n))
            : i == n - 1 ? Functions.Concatenate(0, x.Slice(0, 0, i), one)
            : Functions.Concatenate(0, x.Slice(0, 0, i), one, x.Slice(0, i + 1, n));
    }

    private static Variable Tiled(Variable x, int times) => Broadcasting.To(x, new Shape([times, .. x.Shape.AsSpan()])) + 0.0;

    private static Variable Column(Variable x) => x.Reshape(new Shape(x.Shape.Elements, 1));

    private static Variable ThroughSquareTable(Variable x, Variable g)
    {
        int n = g.Shape.Elements;
        var order = x.Sort(0).Indices;
        var picked = Functions.Gather(g + (Column(g) * 0), order.Reshape(new Shape(n, 1)), 1).Reshape(new Shape(n));
        return Functions.ScatterAdd(picked, order, 0, n);
    }

    private static Variable Differences(Variable g) => Column(g) - g;

    private static Variable TransposedCopies(Variable x) =>
        x.Transpose(1, 0).Reshape(new Shape(x.Shape.Elements)).Reshape(new Shape(x.Shape[1], x.Shape[0]));

    private static Variable OneHot(Variable x) => Functions.Where(Functions.Equal(Column(x), x), (Column(x) * 0) + 1, 0);

    private static Variable Scattered(Variable x)
    {
        int n = x.Shape.Elements;
        return Sum(n, i => Functions.Pad(x.Slice(0, i, i + 1), new[] { i }, new[] { n - 1 - i }));
    }

    // For each row the whole matrix is sorted anew.
    private static Variable Winners(Variable x, Variable values)
    {
        var places = Enumerable.Range(0, x.Shape[0])
            .Select(row => Again(x, y => y.Sort(1).Indices).Slice(0, row, row + 1).Slice(1, Defect.Columns - 1, Defect.Columns));
        return Functions.Concatenate(0, [.. places.Select((place, row) => Functions.ScatterAdd(values.Slice(0, row, row + 1), place, 1, Defect.Columns))]);
    }

    private static Variable BySoftmaxJacobian(Variable y, Variable g)
    {
        int n = y.Shape.Elements;

        // By position: values may tie.
        var position = ((y * 0) + 1).CumulativeSum();
        var diagonal = Functions.Where(Functions.Equal(Column(position), position), Column(y), 0);
        return Functions.MatMul(g.Reshape(new Shape(1, n)), diagonal - (Column(y) * y)).Reshape(new Shape(n));
    }

    private static Variable SumsFromTheEnd(Variable g)
    {
        int n = g.Shape.Elements;
        var sums = new Variable[n];
        sums[n - 1] = g.Slice(0, n - 1, n);
        for (int i = n - 2; i >= 0; i--)
        {
            sums[i] = sums[i + 1] + g.Slice(0, i, i + 1);
        }

        return Functions.Concatenate(0, sums);
    }

    private static Variable Difference(Variable x, Variable g, int column)
    {
        const double Step = 5e-2;
        Variable At(double by) => Functions.Tanh(Moved(x, column, by));
        var slope = (At(Step) - At(-Step)) * 8 - (At(2 * Step) - At(-2 * Step));
        return (g * slope).Sum(true, 1) * (1 / (12 * Step));
    }

    private static Variable Moved(Variable x, int column, double by)
    {
        var moved = x.Slice(1, column, column + 1) + by;
        return column == 0 ? Functions.Concatenate(1, moved, x.Slice(1, 1, Defect.Columns))
            : column == Defect.Columns - 1 ? Functions.Concatenate(1, x.Slice(1, 0, column), moved)
            : Functions.Concatenate(1, x.Slice(1, 0, column), moved, x.Slice(1, column + 1, Defect.Columns));
    }
}
