namespace Nonsmooth.Engines.Neighbours;

/// <summary>A number of the form Σ c ε^q for an infinitesimal ε &gt; 0, the leading terms of it.</summary>
/// <remarks>
/// The field of T. Levi-Civita (<i>Sugli infiniti ed infinitesimi attuali quali elementi analitici</i>, 1892), cut off after
/// six terms, with −log ε as one more infinite unit, smaller than every power. A null list of terms is 0; NaN is one term.
/// </remarks>
internal sealed class Series
{
    private const int _length = 6;
    private const double _reach = 5;

    // Stands for −log ε: below every power that occurs, and still infinite.
    private const double _logarithm = -1.0 / 1024;

    private readonly (double Power, TwoDouble Size)[] _terms;

    private Series((double, TwoDouble)[] terms) => _terms = terms;

    public static Series Zero { get; } = new([]);

    public static Series NaN { get; } = new([(0, double.NaN)]);

    public static Series Of(TwoDouble value) => value.IsZero ? Zero : new([(0, value)]);

    /// <summary>x + εv.</summary>
    public static Series Near(double x, double v) => x == 0 ? v == 0 ? Zero : new([(1, v)]) : v == 0 ? Of(x) : new([(0, x), (1, v)]);

    public bool IsZero => _terms.Length == 0;

    public bool IsNaN => _terms.Length > 0 && double.IsNaN(_terms[0].Size.High);

    /// <summary>The sign: of the leading term.</summary>
    public int Sign => IsZero || IsNaN ? 0 : Math.Sign(_terms[0].Size.High);

    public double Lead => IsZero ? double.PositiveInfinity : _terms[0].Power;

    /// <summary>What is infinitely near; infinite where the number is.</summary>
    public double Standard => IsZero ? 0 : IsNaN ? double.NaN
        : Lead < 0 ? Sign * double.PositiveInfinity : Lead > 0 ? 0 : _terms[0].Size.Value;

    /// <summary>The standard part with all its bits.</summary>
    public TwoDouble Centre => Lead == 0 ? _terms[0].Size : 0;

    /// <summary>The number less its standard part, for one that is finite.</summary>
    public Series Rest => Lead == 0 ? new(_terms[1..]) : this;

    public static Series operator -(Series a) => new([.. a._terms.Select(t => (t.Power, -t.Size))]);

    public static Series operator -(Series a, Series b) => a + -b;

    public static Series operator +(Series a, Series b)
    {
        if (a.IsZero)
        {
            return b;
        }

        if (b.IsZero)
        {
            return a;
        }

        if (a.IsNaN || b.IsNaN)
        {
            return NaN;
        }

        var sum = new List<(double, TwoDouble)>(_length);
        int i = 0, j = 0;
        while (sum.Count < _length && (i < a._terms.Length || j < b._terms.Length))
        {
            if (j == b._terms.Length || (i < a._terms.Length && a._terms[i].Power < b._terms[j].Power - 1e-9))
            {
                sum.Add(a._terms[i++]);
            }
            else if (i == a._terms.Length || b._terms[j].Power < a._terms[i].Power - 1e-9)
            {
                sum.Add(b._terms[j++]);
            }
            else
            {
                var size = a._terms[i].Size + b._terms[j++].Size;
                if (!size.IsZero)
                {
                    sum.Add((a._terms[i].Power, size));
                }

                i++;
            }
        }

        return Checked(sum);
    }

    public static Series operator *(Series a, Series b)
    {
        if (a.IsNaN || b.IsNaN)
        {
            return NaN;
        }

        var product = Zero;
        foreach (var (power, size) in b._terms)
        {
            product += a.Times(power, size);
        }

        return product;
    }

    public static Series operator /(Series a, Series b) => a * b.Inverse();

    public Series Times(double power, TwoDouble size) => IsNaN ? NaN : size.IsZero
        ? Zero
        : Checked([.. _terms.Select(t => (t.Power + power, t.Size * size)).Where(t => t.Item1 <= _reach)]);

    public Series Inverse()
    {
        if (IsZero || IsNaN)
        {
            return NaN;
        }

        var h = Relative();
        var sum = Of(1);
        for (int k = 0; k < _length; k++)
        {
            sum = Of(1) - (h * sum);
        }

        return sum.Times(-_terms[0].Power, (TwoDouble)1 / _terms[0].Size);
    }

    /// <summary>The power, of a positive number; of a negative one where the exponent is whole.</summary>
    public Series Pow(double exponent)
    {
        if (IsNaN || IsZero || (Sign < 0 && exponent != Math.Floor(exponent)) || IsLogarithmic)
        {
            return IsZero && exponent > 0 ? Zero : exponent == 0 && !IsNaN ? Of(1) : NaN;
        }

        var h = Relative();
        var (sum, term) = (Of(1), Of(1));
        for (int k = 1; k < _length; k++)
        {
            term = (term * h).Times(0, (exponent - k + 1) / k);
            sum += term;
        }

        return sum.Times(_terms[0].Power * exponent, Power(_terms[0].Size, exponent));
    }

    /// <summary>The logarithm of a positive number.</summary>
    public Series Log()
    {
        if (Sign <= 0 || IsLogarithmic)
        {
            return NaN;
        }

        var h = Relative();
        var (sum, term) = (Zero, Of(1));
        for (int k = 1; k < _length; k++)
        {
            term *= h;
            sum += term.Times(0, (k % 2 == 1 ? 1.0 : -1) / k);
        }

        var (power, size) = _terms[0];
        TwoDouble log = size.High == 1 ? size.Low : Math.Log(size.High) + (size.Low / size.High);
        sum += Of(log);
        return power == 0 ? sum : sum + new Series([(_logarithm, -power)]);
    }

    /// <summary>The exponential: of a logarithm it is the power of ε that it came from.</summary>
    public Series Exp()
    {
        if (IsNaN || Lead >= 0)
        {
            return IsNaN ? NaN : Taylor([Math.Exp(Centre.High), Math.Exp(Centre.High), Math.Exp(Centre.High), Math.Exp(Centre.High)], Centre.Low * Math.Exp(Centre.High));
        }

        if (IsLogarithmic)
        {
            double power = -_terms[0].Size.Value;
            return new Series(_terms[1..]).Exp().Times(power, 1);
        }

        return Sign < 0 ? Zero : NaN;
    }

    /// <summary>A function of a finite number by its derivatives at the standard part.</summary>
    /// <param name="derivatives">Value and derivatives, from order 0.</param>
    /// <param name="correction">What the standard part's low bits add to the value.</param>
    public Series Taylor(ReadOnlySpan<double> derivatives, double correction = 0)
    {
        if (IsNaN || Lead < 0)
        {
            return NaN;
        }

        var h = Rest;
        var (sum, power) = (Of((TwoDouble)derivatives[0] + correction), Of(1));
        double factorial = 1;
        for (int k = 1; k < derivatives.Length && !power.IsZero; k++)
        {
            power *= h;
            factorial *= k;
            sum += power.Times(0, derivatives[k] / factorial);
        }

        return sum;
    }

    private bool IsLogarithmic => !IsZero && _terms[0].Power is < 0 and > -0.01;

    private static TwoDouble Power(TwoDouble value, double exponent) => exponent switch
    {
        0.5 => TwoDouble.Sqrt(value),
        -0.5 => (TwoDouble)1 / TwoDouble.Sqrt(value),
        1 => value,
        2 => value * value,
        3 => value * value * value,
        _ => Math.Pow(value.High, exponent) * (1 + (exponent * value.Low / value.High)),
    };

    private static Series Checked(List<(double Power, TwoDouble Size)> terms)
    {
        foreach (var term in terms)
        {
            if (!double.IsFinite(term.Size.High))
            {
                return NaN;
            }
        }

        return terms.Count == 0 ? Zero : new([.. terms.Take(_length)]);
    }

    // What is left of the number over its leading term, less 1.
    private Series Relative()
    {
        var (power, size) = _terms[0];
        return new Series(_terms[1..]).Times(-power, (TwoDouble)1 / size);
    }
}
