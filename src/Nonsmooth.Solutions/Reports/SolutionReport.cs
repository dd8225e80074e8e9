using Nonsmooth.Arithmetic;

namespace Nonsmooth.Solutions;

/// <summary>What a solution map says about one solution: which piece it is on, how safely, and what its derivative is worth.</summary>
/// <remarks>Everything is in double precision, at the solution that the solver returned.</remarks>
public sealed class SolutionReport
{
    private const double _unit = 1.0 / (1L << 52);
    private readonly Func<Solution, SolutionDerivative> _differentiate;
    private readonly Func<Solution, Refinement> _refine;
    private readonly Func<Solution, IReadOnlyList<double[]>, EnclosedGradient> _enclose;

    internal SolutionReport(
        Solution solution,
        SolutionDerivative derivative,
        Func<Solution, SolutionDerivative> differentiate,
        Func<Solution, Refinement> refine,
        Func<Solution, IReadOnlyList<double[]>, EnclosedGradient> enclose)
    {
        Solution = solution;
        _differentiate = differentiate;
        _refine = refine;
        _enclose = enclose;
        Derivative = derivative;
    }

    /// <summary>The solution, with the solver's residual and iterations.</summary>
    public Solution Solution { get; }

    /// <summary>The derivative that backprop and forprop take.</summary>
    public SolutionDerivative Derivative { get; }

    /// <summary>Positions of the active constraints or coordinates, weakly active ones included.</summary>
    public IReadOnlyList<int> Active => [.. Derivative.Margins.Where(m => m.IsActive).Select(m => m.Constraint)];

    /// <summary>Positions of the weakly active ones: there the derivative is one-sided.</summary>
    public IReadOnlyList<int> WeaklyActive => [.. Derivative.Margins.Where(m => m.IsWeak).Select(m => m.Constraint)];

    /// <summary>The least distance from the border of the piece; ∞ where nothing can switch.</summary>
    public double Margin => Derivative.Margins.Select(m => m.Distance).DefaultIfEmpty(double.PositiveInfinity).Min();

    /// <summary>The condition number of the system solved, in the 2-norm.</summary>
    public double Condition => Derivative.Condition;

    /// <summary>Whether the theorem's condition holds for every element, the selected one, or none.</summary>
    public Invertibility Invertibility => Derivative.Invertibility;

    /// <summary>Whether the multipliers are unique: false where active constraints are dependent.</summary>
    public bool HasUniqueMultipliers => Derivative.HasUniqueMultipliers;

    /// <summary>Whether the report has nothing to object: no weakly active constraint, and every element invertible.</summary>
    public bool IsRegular => WeaklyActive.Count == 0 && Invertibility == Invertibility.AllElements;

    /// <summary>The one-sided derivatives along a direction of the parameters.</summary>
    /// <param name="direction">One array a parameter.</param>
    /// <exception cref="SolutionException">There are none, or they are not unique; the message says why.</exception>
    public OneSidedDerivatives OneSided(IReadOnlyList<double[]> direction)
    {
        var back = Derivative.Directional([.. direction.Select(d => Array.ConvertAll(d, x => 0 - x))]);
        return new(Derivative.Directional(direction), [.. back.Select(b => Array.ConvertAll(b, x => 0 - x))]);
    }

    /// <summary>The gradient of ⟨cotangents, results⟩ and a bound of its error: proved where the map proves it, else an estimate.</summary>
    /// <remarks>
    /// <para>One more solve gives a better solution. Quadratic programs, elastic nets, least squares over bounds and the projections on simplices,
    /// ℓ1 and ℓ2 balls and boxes prove from it that the exact solution is inside its piece, and enclose the gradient there in intervals: the
    /// bound is the largest distance to these.</para>
    /// <para>Of other maps, and where a proof fails, the distance to the gradient at the better solution and 8·ε·κ of both lengths are an estimate;
    /// where Newton steps only are better, twice the change that another refinement makes is added. What a strategy truncates is in the distance. At weakly
    /// active constraints the bound is ∞.</para>
    /// </remarks>
    /// <param name="cotangents">One array a real result.</param>
    public GradientBound Bound(IReadOnlyList<double[]> cotangents)
    {
        var gradient = Derivative.Cotangent(cotangents);
        var refined = _refine(Solution);
        if (refined.Solution is null)
        {
            return new(gradient, double.PositiveInfinity, false, refined.Reason);
        }

        var (proved, reason) = Proved(gradient, refined.Solution, cotangents);
        if (double.IsFinite(proved))
        {
            return new(gradient, proved, true, reason);
        }

        var better = _differentiate(refined.Solution);
        var exact = better.Cotangent(cotangents);
        double rounding = 8 * _unit * Math.Max(Derivative.Condition, better.Condition) * (Dense.Length(gradient) + Dense.Length(exact));
        double estimate = Dense.Distance(gradient, exact) + rounding;
        if (!refined.IsExact)
        {
            var again = _refine(refined.Solution);
            if (again.Solution is null)
            {
                return new(gradient, double.PositiveInfinity, false, again.Reason);
            }

            estimate += 2 * Dense.Distance(exact, _differentiate(again.Solution).Cotangent(cotangents));
        }

        return new(gradient, estimate, false, $"estimate: {refined.Reason}; {reason}");
    }

    /// <summary>One line: the active set, the margin, the condition.</summary>
    public override string ToString() => FormattableString.Invariant(
        $"{Active.Count} active, {WeaklyActive.Count} weakly; margin {Margin:G3}; condition {Condition:G3}; invertible: {Invertibility}; residual {Solution.Residual:G3} after {Solution.Iterations} iterations");

    // The proved distance, ∞ without a proof, and in words.
    private (double Distance, string Reason) Proved(IReadOnlyList<double[]> gradient, Solution near, IReadOnlyList<double[]> cotangents)
    {
        try
        {
            var enclosed = _enclose(near, cotangents);
            double distance = enclosed.Gradient is null ? double.PositiveInfinity : enclosed.Distance(gradient);
            return enclosed.Gradient is null ? (distance, $"not proved: {enclosed.Reason}")
                : double.IsFinite(distance) ? (distance, $"proved in intervals: {enclosed.Reason}")
                : (distance, "not proved: the intervals are not bounded");
        }
        catch (UndecidedException e)
        {
            return (double.PositiveInfinity, $"not proved: {e.Message}");
        }
    }
}
