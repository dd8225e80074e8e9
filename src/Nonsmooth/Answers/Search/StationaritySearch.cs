using Nonsmooth.Programs;

namespace Nonsmooth.Answers;

/// <summary>One question for stationarity, with what has been found of its answer so far.</summary>
internal sealed class StationaritySearch(Program program, IReadOnlyList<Array> inputs, KinkBudget budget)
{
    private readonly Deadline _deadline = new(budget.Time);
    private KinkSearch? _search;
    private GrowingHull? _hull;
    private ConeSearch? _cones;
    private bool? _isRegular;
    private (IReadOnlyList<double[]> Direction, double Slope)? _descent;
    private ZeroInHull _zero = new(Verdict.Unknown, null, null, null);
    private Verdict _falls;
    private string? _doubt;

    public StationarityAnswer Answer()
    {
        try
        {
            _doubt = Find();
        }
        catch (OutOfTimeException e)
        {
            _doubt = e.Message;
        }

        _zero = _zero.Verdict == Verdict.Unknown && _hull?.Combination is { } combination ? new ZeroInHull(Verdict.Yes, combination, null, null) : _zero;
        _falls = _descent is not null ? Verdict.Yes : _falls;
        return new StationarityAnswer(
            _zero.Verdict,
            _falls,
            _zero.Combination,
            _zero.Separation,
            _descent?.Direction,
            _descent?.Slope,
            _search?.Units.Count ?? 0,
            (_hull?.Pieces ?? 0) + (_cones?.Cones ?? 0),
            _zero.Verdict != Verdict.Unknown && _falls != Verdict.Unknown ? null : _doubt)
        {
            IsRegular = _isRegular == true,
        };
    }

    // What is left unknown, and why.
    private string? Find()
    {
        _search = new KinkSearch(program, inputs, budget, _deadline);
        if (_search.Obstacle is { } obstacle)
        {
            return obstacle;
        }

        _isRegular = _search.IsRegular();
        _hull = _search.Grow();
        _hull.Run(both: _isRegular == false);
        _descent = _hull.Descent is { } direction ? Descending(_search.Split(direction)) : null;
        if (_isRegular == true && _hull.Combination is not null)
        {
            _falls = Verdict.No;
            return null;
        }

        if (_isRegular == true && _descent is { } found)
        {
            _zero = new ZeroInHull(Verdict.No, null, [.. found.Direction.Select(d => Array.ConvertAll(d, x => -x))], null);
            return null;
        }

        return _hull.Combination is not null && _descent is not null ? null : _search.OverBudget ?? Enumerate(_search);
    }

    private string? Enumerate(KinkSearch search)
    {
        _cones = search.Begin();
        var gradients = new PieceGradients(search, _cones, _deadline);
        double[]? descent = null;
        bool isVague = false;
        string? over = _cones.Until(cone =>
        {
            gradients.Add(cone);
            if (_descent is null && descent is null && !ExactVector.IsZero(cone.Gradient.Exact))
            {
                var alternative = Alternative.Of([.. cone.Constraints, cone.Gradient.Negate()], _cones.Scales, _deadline);
                isVague |= !alternative.IsTold;
                descent = alternative is { IsTold: true, Direction: { } inside } ? _cones.Widen(inside) : null;
            }

            return !gradients.AreNotFinite;
        });
        if (gradients.AreNotFinite)
        {
            return "a derivative is not finite";
        }

        string? stopped = over ?? search.Stopped(_cones);
        _descent ??= descent is null || (stopped == _cones.Doubt && stopped is not null) ? null : Descending(search.Split(descent));
        _falls = descent is null && _descent is null && stopped is null && !isVague ? Verdict.No : Verdict.Unknown;
        _zero = over is null ? gradients.Zero(stopped, search.IsCurved) : _zero;
        return stopped ?? _zero.Doubt ?? "whether a derivative is negative is within rounding";
    }

    // By the directional derivative's own program; null where it is not negative beyond its error.
    private (IReadOnlyList<double[]> Direction, double Slope)? Descending(IReadOnlyList<double[]> direction)
    {
        var directional = DirectionalProgram.Emit(program, budget.WithRespectTo, 1);
        var results = directional.Exactly(inputs, _deadline).Run([.. direction.Select(ExactVector.Of)]);
        var slope = results[$"jvp.{KinkSweep.ScalarOutput(directional.Form).Name}.0"][0];
        return slope is { Sign: < 0, IsTold: true } ? (direction, Arithmetic.Dyadic.ToDouble(slope)) : null;
    }
}
