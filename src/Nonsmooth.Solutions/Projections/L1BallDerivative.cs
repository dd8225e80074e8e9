using Nonsmooth.Selections;

namespace Nonsmooth.Solutions;

/// <summary>The derivative of the projection on an ℓ1 ball: the identity inside, a threshold's outside.</summary>
internal sealed class L1BallDerivative : ClosedFormDerivative
{
    private readonly ThresholdDerivative _outside;
    private readonly long _ball;
    private readonly bool _isOutside;

    public L1BallDerivative(Problem problem, Solution solution, double[] excess, ActivityRule weak)
    {
        var (z, r) = (problem.Values[0], problem.Number(1));
        long[] state = solution.State[..^1];
        _ball = solution.State[^1];
        _isOutside = _ball == 1 || (_ball == 2 && weak == ActivityRule.Active);
        bool[] chosen = Array.ConvertAll(state, s => s == 0 || (s == 2 && weak == ActivityRule.Inactive));
        double distance = Math.Abs(z.Sum(Math.Abs) - r);
        Margin[] own = [.. _ball == 0 ? [] : Threshold.Margins(excess, state), new Margin(z.Length, distance, _ball != 0, _ball == 2)];
        Margins = own;
        _outside = new(
            Array.ConvertAll(z, x => (double)Math.Sign(x)), Array.ConvertAll(z, _ => 1.0), new double[z.Length], 1, state, chosen, own);
    }

    public override IReadOnlyList<Margin> Margins { get; }

    public override Invertibility Invertibility => _ball == 1 ? _outside.Invertibility : Invertibility.AllElements;

    public override IReadOnlyList<double[]> Tangent(IReadOnlyList<double[]> tangents) => _isOutside ? _outside.Tangent(tangents) : [[.. tangents[0]]];

    public override IReadOnlyList<double[]> Cotangent(IReadOnlyList<double[]> cotangents) =>
        _isOutside ? _outside.Cotangent(cotangents) : [[.. cotangents[0]], [0]];

    public override IReadOnlyList<double[]> Directional(IReadOnlyList<double[]> direction) =>
        _ball == 0 ? Tangent(direction) : _outside.Directional(direction, _ball == 2 ? 0 : double.NegativeInfinity);
}
