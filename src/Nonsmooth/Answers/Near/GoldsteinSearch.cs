using System.Globalization;
using Nonsmooth.Differentiation;
using Nonsmooth.Programs;
using Nonsmooth.Randomness;

namespace Nonsmooth.Answers;

/// <summary>A search for gradients near a point whose hull comes near 0.</summary>
/// <remarks>
/// The shortest vector p of the hull of the gradients known is a direction of descent for all of them. Along −p, within the radius, the
/// function does not fall at that rate, or it would not be near a minimum: so somewhere there is a gradient with a smaller product with p, which a
/// bisection finds, and which shortens the hull. Small radii first: there gradients differ by kinks and not by curvature. Source: A. A. Goldstein,
/// <i>Optimization of Lipschitz continuous functions</i> (1977); N. Mahdavi-Amiri and R. Yousefpour, <i>An effective nonsmooth
/// optimization algorithm for locally Lipschitz functions</i> (2012).
/// </remarks>
internal sealed class GoldsteinSearch
{
    private const int _scales = 6;
    private const int _halvings = 40;
    private const double _inside = 1 - 1e-9;

    private readonly Program _program;
    private readonly IReadOnlyList<Array> _inputs;
    private readonly GoldsteinBudget _budget;
    private readonly Deadline _deadline;
    private readonly IReadOnlyList<string> _names;
    private readonly SmoothPoints _points;
    private readonly FlatInputs _flat;
    private RandomSequence _random;
    private List<(double[] Point, double[] Gradient)> _known = [];
    private (double Length, List<(double Weight, double[] Point, double[] Gradient)> Terms) _best = (double.PositiveInfinity, []);
    private int _count;
    private string? _doubt;

    public GoldsteinSearch(Program program, IReadOnlyList<Array> inputs, GoldsteinBudget budget)
    {
        (_program, _inputs, _budget, _deadline) = (program, inputs, budget, new Deadline(budget.Time));
        _names = Activity.Wanted(program, budget.WithRespectTo);
        _flat = new FlatInputs(program, inputs, _names);
        _points = new SmoothPoints(program, _flat, _names, _deadline);
        _random = new CounterRandom(budget.Seed).Derive("goldstein").Sequence();
    }

    public GoldsteinAnswer Answer()
    {
        string? doubt;
        double? least = null;
        try
        {
            if (Find())
            {
                var (length, radius) = GoldsteinCertificate.Bound(_program, _inputs, _names, Terms(), _deadline);
                if (length <= _budget.Length && radius <= _budget.Radius)
                {
                    return new GoldsteinAnswer(Verdict.Yes, length, radius, Terms(), null, _count, null);
                }

                doubt = string.Create(CultureInfo.InvariantCulture, $"the combination found is {_best.Length:G3} long, which interval arithmetic bounds by {length:G3} only");
            }
            else
            {
                least = Least();
                doubt = least is null ? _doubt ?? string.Create(CultureInfo.InvariantCulture, $"the shortest combination found is {_best.Length:G3} long") : null;
            }
        }
        catch (OutOfTimeException e)
        {
            doubt = e.Message;
        }

        double farthest = _best.Terms.Select(t => Distance(t.Point)).DefaultIfEmpty(double.NaN).Max();
        return new GoldsteinAnswer(least is null ? Verdict.Unknown : Verdict.No, _best.Terms.Count > 0 ? _best.Length : double.NaN, farthest, Terms(), least, _count, doubt);
    }

    private bool Find()
    {
        for (int k = _scales - 1; k >= 0; k--)
        {
            if (Within(Math.ScaleB(_budget.Radius * _inside, -2 * k)))
            {
                return true;
            }
        }

        return false;
    }

    // Whether the hull of gradients within a radius came near enough to 0.
    private bool Within(double radius)
    {
        _known = [];
        for (int trial = 0; trial < 8 && _known.Count == 0; trial++)
        {
            Take(trial == 0 ? _flat.Start : Around(radius), radius);
        }

        while (_known.Count > 0)
        {
            var (p, corral, weights) = ConvexHull.Closest(_known.ConvertAll(k => k.Gradient), _deadline);
            double length = Math.Sqrt(ConvexHull.Dot(p, p));
            _known = [.. corral.Select(c => _known.Find(k => ReferenceEquals(k.Gradient, c)))];
            if (length < _best.Length)
            {
                _best = (length, [.. _known.Select((k, i) => (weights[i], k.Point, k.Gradient)).Where(t => t.Item1 > 0)]);
            }

            if (length <= 0.9 * _budget.Length)
            {
                return true;
            }

            if (!Shorten(p, length, radius))
            {
                return false;
            }
        }

        return false;
    }

    // Takes a gradient with which the hull comes nearer to 0; false where none is found.
    private bool Shorten(double[] p, double length, double radius)
    {
        double[] direction = [.. p.Select(x => -x / length)];
        double[] Along(double t) => [.. _flat.Start.Zip(direction, (x, d) => x + (t * d))];
        bool Helps((double Value, double[]? Gradient) at) => at.Gradient is not null && ConvexHull.Dot(at.Gradient, p) <= 0.5 * length * length;
        var (start, end) = (Take(Along(0), radius, keep: false), Take(Along(radius), radius, Helps));
        if (Helps(end))
        {
            return true;
        }

        (double a, double fa, double b, double fb) = (0, start.Value, radius, end.Value);
        bool falls = fb - fa <= -0.5 * length * (b - a);
        for (int k = 0; k < _halvings && !falls && _count < _budget.Gradients; k++)
        {
            double m = (a + b) / 2;
            var middle = Take(Along(m), radius, Helps);
            if (Helps(middle))
            {
                return true;
            }

            (a, fa, b, fb) = middle.Value - fa > -0.5 * length * (m - a) ? (a, fa, m, middle.Value) : (m, middle.Value, b, fb);
        }

        for (int trial = 0; trial < 4 + _flat.Start.Length && _count < _budget.Gradients; trial++)
        {
            if (Helps(Take(Around(radius), radius, Helps)))
            {
                return true;
            }
        }

        _doubt = _count >= _budget.Gradients
            ? $"{_count} gradients were taken"
            : falls ? string.Create(CultureInfo.InvariantCulture, $"the function falls at a rate of {length / 2:G3} or more over a distance of {radius:G3}") : null;
        return false;
    }

    // The value and the gradient at a point; kept where it is wanted and the function is smooth there.
    private (double Value, double[]? Gradient) Take(double[] point, double radius, Func<(double, double[]?), bool>? wanted = null, bool keep = true)
    {
        _deadline.Check();
        _count++;
        var (value, gradient) = _points.Evaluate(point);
        if (!keep || !Array.TrueForAll(gradient, double.IsFinite) || Distance(point) > radius / _inside || wanted?.Invoke((value, gradient)) == false || !_points.IsSmooth(point))
        {
            return (value, null);
        }

        _known.Add((point, gradient));
        return (value, gradient);
    }

    // Whether every subgradient within the radius has a positive product with one direction.
    private double? Least()
    {
        if (_best.Terms.Count == 0)
        {
            return null;
        }

        double[] p = new double[_flat.Start.Length];
        foreach (var (weight, _, gradient) in _best.Terms)
        {
            for (int i = 0; i < p.Length; i++)
            {
                p[i] += weight * gradient[i];
            }
        }

        double length = Math.Sqrt(ConvexHull.Dot(p, p)) * (1 + 1e-12);
        double least = GradientBox.Least(_program, _inputs, _names, _budget.Radius, [.. p.Select(x => x / length)]);
        return least > _budget.Length ? least : null;
    }

    private IReadOnlyList<GoldsteinTerm> Terms() =>
        [.. _best.Terms.Select(t => new GoldsteinTerm(t.Weight, _flat.Split(t.Point), _flat.Split(t.Gradient)))];

    private double Distance(double[] point) => Math.Sqrt(point.Zip(_flat.Start, (a, b) => (a - b) * (a - b)).Sum());

    private double[] Around(double radius)
    {
        var direction = new double[_flat.Start.Length];
        for (int i = 0; i < direction.Length; i++)
        {
            direction[i] = _random.NextNormal();
        }

        double scale = radius * _random.NextDouble() / Math.Sqrt(ConvexHull.Dot(direction, direction));
        return [.. _flat.Start.Zip(direction, (x, d) => x + (scale * d))];
    }
}
