namespace Nonsmooth.Solutions;

/// <summary>
/// The derivative of x_i = s_i·φ(|z_i| − τ), τ being such that Σ s_i x_i is a given total: simplex, ℓ1 ball, sparsemax, entmax.
/// </summary>
/// <remarks>dx_i = s_i w_i (v_i − t) with v = s·dz + e·dθ and t = (Σ w v − k dθ)/Σ w, the sums over the chosen coordinates.</remarks>
internal sealed class ThresholdDerivative : ClosedFormDerivative
{
    private readonly double[] _signs;
    private readonly double[] _weights;
    private readonly double[] _shifts;
    private readonly double _total;
    private readonly long[] _state;
    private readonly bool[] _chosen;
    private readonly double _sum;

    /// <summary>The derivative at one solution.</summary>
    /// <param name="signs">s; 0 where z is 0 in a set that does not tell signs apart.</param>
    /// <param name="weights">φ′, where a coordinate is not at its bound.</param>
    /// <param name="shifts">e: the derivative of φ⁻¹ in the parameter θ.</param>
    /// <param name="total">k: the derivative of the total in θ.</param>
    /// <param name="state">1 at the bound, 2 weakly, 0 not.</param>
    /// <param name="chosen">Which coordinates move.</param>
    /// <param name="margins">The margins.</param>
    public ThresholdDerivative(
        double[] signs, double[] weights, double[] shifts, double total, long[] state, bool[] chosen, IReadOnlyList<Margin> margins)
    {
        (_signs, _weights, _shifts, _total, _state, _chosen, Margins) = (signs, weights, shifts, total, state, chosen, margins);
        _sum = Enumerable.Range(0, signs.Length).Where(i => chosen[i]).Sum(i => weights[i]);
    }

    public override IReadOnlyList<Margin> Margins { get; }

    // Without a coordinate that moves, the total cannot.
    public override Invertibility Invertibility => _state.Contains(0) ? Invertibility.AllElements
        : _sum > 0 ? Invertibility.ChosenOnly
        : Invertibility.Fails;

    public override IReadOnlyList<double[]> Tangent(IReadOnlyList<double[]> tangents)
    {
        double[] v = Speeds(tangents);
        double t = (Inner(v) - (_total * tangents[1][0])) / Sum();
        return [[.. v.Select((x, i) => _chosen[i] ? _signs[i] * _weights[i] * (x - t) : 0)]];
    }

    public override IReadOnlyList<double[]> Cotangent(IReadOnlyList<double[]> cotangents)
    {
        double[] c = [.. cotangents[0].Select((x, i) => _signs[i] * x)];
        double mean = Inner(c) / Sum();
        double[] u = [.. c.Select((x, i) => _chosen[i] ? _weights[i] * (x - mean) : 0)];
        return [[.. u.Select((x, i) => _signs[i] * x)], [u.Select((x, i) => x * _shifts[i]).Sum() + (mean * _total)]];
    }

    /// <summary>The projection of the direction on the critical cone: weakly active coordinates leave their bound or stay.</summary>
    public override IReadOnlyList<double[]> Directional(IReadOnlyList<double[]> direction) => Directional(direction, double.NegativeInfinity);

    /// <summary>The same, the threshold's own speed being at least so much.</summary>
    public IReadOnlyList<double[]> Directional(IReadOnlyList<double[]> direction, double least)
    {
        double[] signs = [.. _signs.Select((s, i) => s == 0 ? Math.Sign(direction[0][i]) : s)];
        double[] v = [.. signs.Select((s, i) => (s * direction[0][i]) + (_shifts[i] * direction[1][0]))];
        double sum = 0;
        double count = 0;
        for (int i = 0; i < v.Length; i++)
        {
            if (_state[i] == 0)
            {
                (sum, count) = (sum + (_weights[i] * v[i]), count + _weights[i]);
            }
        }

        double total = _total * direction[1][0];
        double t = count > 0 ? (sum - total) / count : double.PositiveInfinity;
        foreach (int i in Enumerable.Range(0, v.Length).Where(i => _state[i] == 2).OrderByDescending(i => v[i]))
        {
            // Nothing moves yet: the first may, if the total grows.
            if (count == 0 ? total <= 0 : v[i] <= t)
            {
                break;
            }

            (sum, count) = (sum + (_weights[i] * v[i]), count + _weights[i]);
            t = (sum - total) / count;
        }

        if (count == 0 && total < 0 && double.IsNegativeInfinity(least))
        {
            throw new InfeasibleProblemException("the set is a point, and along the direction it has no point", -total);
        }

        t = Math.Max(t, least);
        return [[.. v.Select((x, i) => _state[i] switch
        {
            0 => signs[i] * _weights[i] * (x - t),
            2 => signs[i] * _weights[i] * Math.Max(0, x - t),
            _ => 0,
        })]];
    }

    private double[] Speeds(IReadOnlyList<double[]> tangents) =>
        [.. tangents[0].Select((d, i) => (_signs[i] * d) + (_shifts[i] * tangents[1][0]))];

    private double Inner(double[] v) => v.Where((_, i) => _chosen[i]).Zip(_weights.Where((_, i) => _chosen[i]), (a, w) => a * w).Sum();

    private double Sum() => _sum > 0 ? _sum : throw new SingularSolutionException(
        "no coordinate is off its bound: the solution has no derivative in the set's size; give a positive size, or take weakly active coordinates as inactive", 0);
}
