using Nonsmooth.Randomness;

namespace Nonsmooth.Conservativity;

/// <summary>The trials of one rule: points on strata, then loops.</summary>
internal sealed class ConservativityTrials(IDerivativeRule rule, IReadOnlyList<Stratum> strata, ConservativityOptions options)
{
    private const double _rounding = 1e-13;

    private RandomSequence _random = new CounterRandom(options.Seed).Derive("conservativity").Sequence();

    /// <summary>The first defect; a jump before others.</summary>
    public RuleDefect? Defect { get; private set; }

    /// <summary>Points compared.</summary>
    public int Points { get; private set; }

    /// <summary>Loops compared.</summary>
    public int Loops { get; private set; }

    /// <summary>Trials that said nothing.</summary>
    public int Unsettled { get; private set; }

    /// <summary>The largest relative gap that is no defect.</summary>
    public double Largest { get; private set; }

    /// <summary>Why not all were made; null where they were.</summary>
    public string? Over { get; private set; }

    /// <summary>Runs them all, or up to the first jump or the end of their time.</summary>
    public void Run()
    {
        var deadline = new Deadline(options.Time);
        double floor = _rounding * Reach();
        var formula = new ProjectionFormula(rule, options.Tolerance, floor);
        for (int p = 0; p < options.Points && Defect is null && (Over ??= deadline.Over) is null; p++)
        {
            var place = Place(p);
            var path = place.Loop(ref _random)[0];
            var (defect, gap) = formula.Compare(place.Name, path, 0.1 + (0.8 * _random.NextDouble()));
            Points += Note(defect, gap);
        }

        var test = new LoopTest(rule, options.Tolerance, floor);
        for (int l = 0; l < options.Loops && Defect?.Kind != DefectKind.Jump && (Over ??= deadline.Over) is null; l++)
        {
            var place = Place(l);
            var loop = place.Loop(ref _random);
            string name = $"a loop in {place.Name}";
            if (l % 4 == 3)
            {
                // Two strata, and two paths between them through the rest of the space.
                var (first, second) = (loop[0], Place(l).Loop(ref _random)[0]);
                loop = [first, new StraightPath(first.At(1), second.At(0)), second, new StraightPath(second.At(1), first.At(0))];
                name = $"a loop through {place.Name} and another stratum";
            }

            var (defect, gap) = test.Compare(name, loop);
            Loops += Note(defect, gap);
        }
    }

    // How large values are: the rounding of a value that is 0 is that of what cancels in it.
    private double Reach()
    {
        double most = 0;
        for (int i = 0; i < 16; i++)
        {
            double value = rule.Value(new AffinePlace(rule, ref _random).Loop(ref _random)[0].At(0));
            most = double.IsFinite(value) ? Math.Max(most, Math.Abs(value)) : most;
        }

        return most;
    }

    private IPlace Place(int trial) =>
        strata.Count > 0 && trial % 2 == 0 ? new CurvedPlace(strata[trial / 2 % strata.Count]) : new AffinePlace(rule, ref _random);

    private int Note(RuleDefect? defect, double gap)
    {
        if (defect is not null)
        {
            Defect = Defect is null || defect.Kind == DefectKind.Jump ? defect : Defect;
            return 1;
        }

        if (double.IsNaN(gap))
        {
            Unsettled++;
            return 0;
        }

        Largest = Math.Max(Largest, gap);
        return 1;
    }
}
