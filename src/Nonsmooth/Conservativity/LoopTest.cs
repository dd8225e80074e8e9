namespace Nonsmooth.Conservativity;

/// <summary>∮⟨D(γ), γ'⟩ along loops, and path by path against the increments of the function.</summary>
internal sealed class LoopTest(IDerivativeRule rule, double tolerance, double floor)
{
    private const int _bisections = 40;
    private const int _pieces = 64;

    /// <summary>What a loop says.</summary>
    /// <returns>A defect, or none; and the gap as a share of the allowance, NaN where the integral has too few digits.</returns>
    public (RuleDefect? Defect, double Gap) Compare(string place, IReadOnlyList<IPath> loop)
    {
        var sum = default(PathIntegral);
        double largest = 0;
        RuleDefect? worst = null;
        foreach (var path in loop)
        {
            var part = PathIntegral.Of(rule, path);
            double increment = rule.Value(path.At(1)) - rule.Value(path.At(0));
            if (!double.IsFinite(increment))
            {
                return (null, double.NaN);
            }

            if (Differs(part, increment))
            {
                // Two jumps of the rule between neighbouring nodes may have been missed.
                part = PathIntegral.Of(rule, path, _pieces);
            }

            sum += part;
            double gap = Math.Abs(part.Integral - increment);
            if (Differs(part, increment))
            {
                if (Jump(path, gap) is { } jump)
                {
                    return (jump, double.NaN);
                }

                double[] from = path.At(0);
                worst ??= new(double.IsNaN(gap) ? DefectKind.NotFinite : DefectKind.Path, place, from, [.. path.At(1).Zip(from, (b, a) => b - a)], part.Integral, increment);
            }

            largest = gap > 0 ? Math.Max(largest, gap / Allowed(part, increment)) : largest;
        }

        return worst is null && sum.Error > (1e-2 * sum.Size) + floor ? (null, double.NaN) : (worst, largest);
    }

    private bool Differs(PathIntegral part, double increment) => !(Math.Abs(part.Integral - increment) <= Allowed(part, increment));

    private double Allowed(PathIntegral part, double increment) =>
        (tolerance * (part.Size + Math.Abs(increment))) + (10 * part.Error) + floor;

    // Halves the path where the value changes more; what is left of the change on 10⁻¹² of it is a jump.
    private RuleDefect? Jump(IPath path, double gap)
    {
        double a = 0, b = 1;
        double first = rule.Value(path.At(0)), last = rule.Value(path.At(1));
        double all = Math.Abs(last - first);
        for (int i = 0; i < _bisections; i++)
        {
            double middle = (a + b) / 2, value = rule.Value(path.At(middle));
            all = Math.Max(all, Math.Max(Math.Abs(value - first), Math.Abs(last - value)));
            (a, b, first, last) = Math.Abs(last - value) > Math.Abs(value - first) ? (middle, b, value, last) : (a, middle, first, value);
        }

        double[] from = path.At(a);
        return Math.Abs(last - first) > 1e-3 * Math.Max(all, double.IsNaN(gap) ? 0 : gap)
            ? new(DefectKind.Jump, "a path", from, [.. path.At(b).Zip(from, (y, x) => y - x)], first, last)
            : null;
    }
}
