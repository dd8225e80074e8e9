using Nonsmooth.Dictionary;
using Nonsmooth.Programs;
using Nonsmooth.Tensors;

namespace Nonsmooth.Engines.Dialects;

/// <content>Functions of whole arrays.</content>
public partial class MathematicalDialect
{
    private static readonly double[] _image = [0, 1, 0, 2, 3, 1, 4, 1, 5, 9, 2, 6, 5, 3, 5, 8];

    /// <inheritdoc/>
    public override Variable Median(Variable x) => At(Sort(x), (x.Shape[0] - 1) / 2);

    /// <inheritdoc/>
    public override Variable Median0(Variable x) => At(Sort0(x), (x.Shape[0] - 1) / 2);

    /// <inheritdoc/>
    public override Variable Nanmedian(Variable x) => Median(x);

    /// <inheritdoc/>
    public override Variable Quantile(Variable x, double q) => Quantiles.Linear(this, x, q);

    /// <inheritdoc/>
    public override Variable Kthvalue(Variable x, int k) => At(Sort(x), k - 1);

    /// <inheritdoc/>
    public override Variable Cummax(Variable x) => Scan(x, Maximum);

    /// <inheritdoc/>
    public override Variable Cummin(Variable x) => Scan(x, Minimum);

    /// <inheritdoc/>
    public override Variable Cumprod(Variable x) => Scan(x, static (a, b) => a * b);

    /// <inheritdoc/>
    public override Variable Logcumsumexp(Variable x) => Scan(x, Logaddexp);

    /// <inheritdoc/>
    public override Variable Prod(Variable x) => At(Cumprod(x), x.Shape[0] - 1);

    /// <inheritdoc/>
    public override Variable NormNucRow(Variable x) => Norm(x, 2);

    /// <inheritdoc/>
    public override Variable Norm(Variable x, double order) => order == 0 ? Sum(AsFloat(Functions.NotEqual(x, 0), x)) : base.Norm(x, order);

    /// <inheritdoc/>
    public override Variable Normalize(Variable x) => x / MaximumScalar(Norm(x, 2), 1e-12);

    /// <inheritdoc/>
    public override Variable ClipByNorm(Variable x, double m)
    {
        var size = Norm(x, 2);
        return Where(size > m, x * m / size, x);
    }

    /// <inheritdoc/>
    public override Variable Renorm(Variable x, double m)
    {
        var size = Norm(x, 2);
        return Where(size > m, x * m / (size + 1e-7), x);
    }

    /// <inheritdoc/>
    public override Variable MultiMargin(Variable x, int k) =>
        Sum(Relu(x - At(x, k) + 1.0) * OneCold(x, k)) * (1.0 / x.Shape[0]);

    /// <inheritdoc/>
    public override Variable ScatterMax(Variable x, IReadOnlyList<int> i, int n) => Stack([.. Enumerable.Range(0, n).Select(g =>
        Max(Stack([.. Enumerable.Range(0, i.Count).Where(j => i[j] == g).Select(j => At(x, j))])))]);

    /// <inheritdoc/>
    public override Variable SegmentMax(Variable x, IReadOnlyList<int> i, int n) => ScatterMax(x, i, n);

    /// <inheritdoc/>
    public override Variable CosineSimilarity(Variable x, Variable y) => Dot(x, y) / (MaximumScalar(Norm(x, 2), 1e-8) * Norm(y, 2));

    /// <inheritdoc/>
    public override Variable CdistColumn(Variable x, double order) => Abs(x);

    /// <inheritdoc/>
    public override Variable CdistRows(Variable x, double order) => Abs(Column(x) - Row(x));

    /// <inheritdoc/>
    public override Variable UnfoldMax(Variable x, int k) => MaxPool2d(x, k, k, 0);

    /// <inheritdoc/>
    public override Variable LpPool2d(Variable x, int kernel) => Sqrt(AvgPool2d(Square(x), kernel, kernel, 0) * (kernel * kernel));

    /// <inheritdoc/>
    public override Variable MaxPool3d(Variable x, int kernel) => x.Shape.AsSpan()[2..].IndexOfAnyExcept(kernel) < 0
        ? x.Max(2, 3, 4)
        : base.MaxPool3d(x, kernel);

    /// <inheritdoc/>
    public override Variable AdaptiveMaxPool2d(Variable x, int n)
    {
        int size = x.Shape[2];
        var plane = x.Reshape(new Shape(size, size));
        return Stack([.. Windows().Select(r => Stack([.. Windows().Select(c => Max(plane.Slice(0, r.From, r.To).Slice(1, c.From, c.To)))]))])
            .Reshape(new Shape(1, 1, n, n));
        IEnumerable<(int From, int To)> Windows() => Enumerable.Range(0, n).Select(i => (i * size / n, (((i + 1) * size) + n - 1) / n));
    }

    /// <inheritdoc/>
    public override Variable Resize(Variable x, int n, string mode) => Functions.Resize(x, [2, 3], [n, n], mode switch
    {
        "nearest" => new Resizing { Mode = ResizeMode.Nearest, Coordinates = ResizeCoordinates.Asymmetric, Rounding = NearestRounding.Floor },
        "bilinear" => new Resizing(),
        _ => new Resizing { Mode = ResizeMode.Cubic },
    });

    /// <inheritdoc/>
    public override Variable GridSample(Variable x, string mode, bool align)
    {
        var image = Constant(x, _image).Reshape(new Shape(1, 1, 4, 4));
        return Functions.GridSample(image, x.Reshape(new Shape(1, 1, 1, 2)), alignCorners: align);
    }

    /// <inheritdoc/>
    public override Variable Interp(Variable x, IReadOnlyList<double> xp, IReadOnlyList<double> fp)
    {
        var y = Full(x, fp[0]);
        for (int i = 1; i < xp.Count; i++)
        {
            double slope = (fp[i] - fp[i - 1]) / (xp[i] - xp[i - 1]);
            y += slope * (Clip(x, xp[i - 1], xp[i]) - xp[i - 1]);
        }

        return y;
    }

    /// <inheritdoc/>
    public override Variable MDet(Variable a) => (E(a, 0) * E(a, 3)) - (E(a, 1) * E(a, 2));

    /// <inheritdoc/>
    public override Variable MSlogdet(Variable a) => Log(Abs(MDet(a)));

    /// <inheritdoc/>
    public override Variable MNormNuc(Variable a) => Maximum(Singular(a, 1), Singular(a, -1));

    /// <inheritdoc/>
    public override Variable MNormSpectral(Variable a) => (Singular(a, 1) + Singular(a, -1)) * 0.5;

    /// <inheritdoc/>
    public override Variable MSvdvals(Variable a) => Stack([MNormSpectral(a), Abs(Singular(a, 1) - Singular(a, -1)) * 0.5]);

    /// <inheritdoc/>
    public override Variable MInv(Variable a) => Stack([E(a, 3), -E(a, 1), -E(a, 2), E(a, 0)]).Reshape(new Shape(2, 2)) / MDet(a);

    /// <inheritdoc/>
    public override Variable MatrixNormInf(Variable x) => Max(Stack([Sum(Abs(At(x, 0))), Sum(Abs(At(x, 1)))]));

    /// <inheritdoc/>
    public override Variable MEigvalsh(Variable a) => Sort(Stack([.. Enumerable.Range(0, a.Shape[0]).Select(i => At(At(a, i), i))]));

    /// <inheritdoc/>
    public override Variable Diag(Variable x) => Stack([.. Enumerable.Range(0, x.Shape[0]).Select(i =>
        Stack([.. Enumerable.Range(0, x.Shape[0]).Select(j => i == j ? At(x, i) : At(x, i) * 0)]))]);

    private static Variable E(Variable a, int i) => a.Reshape(new Shape(4)).Slice(0, i, i + 1).Reshape(Shape.Scalar);

    // √((a ± d)² + (b ∓ c)²): half of their sum and difference are the singular values.
    private Variable Singular(Variable a, int sign) => Hypot(E(a, 0) + (sign * E(a, 3)), E(a, 1) - (sign * E(a, 2)));

    private Variable Scan(Variable x, Func<Variable, Variable, Variable> step)
    {
        var parts = new List<Variable> { At(x, 0) };
        for (int i = 1; i < x.Shape[0]; i++)
        {
            parts.Add(step(parts[^1], At(x, i)));
        }

        return Stack(parts);
    }
}
