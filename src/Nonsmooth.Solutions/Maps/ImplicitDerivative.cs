using MathNet.Numerics.LinearAlgebra;
using Nonsmooth.Answers;
using Nonsmooth.Dictionary;
using Nonsmooth.Programs;
using Nonsmooth.Randomness;

namespace Nonsmooth.Solutions;

/// <summary>The derivative of the unknown of a program: with A = J_x (or 1 − J_x of a fixed point), A w = ∓J_θ t.</summary>
internal sealed class ImplicitDerivative : SolutionDerivative
{
    private const double _unit = 1.0 / (1L << 53);
    private readonly UnknownProgram _program;
    private readonly IReadOnlyList<double[]> _parameters;
    private readonly double[] _x;
    private readonly Strategy _strategy;
    private readonly bool _fixedPoint;
    private readonly Lazy<Matrix<double>> _jacobian;
    private readonly Lazy<LinearSystem> _forward;
    private readonly Lazy<LinearSystem> _backward;
    private readonly Lazy<bool> _lost;
    private readonly Lazy<bool> _kink;
    private readonly Lazy<bool> _proved;
    private readonly Lazy<double[][]> _iterates;

    public ImplicitDerivative(UnknownProgram program, IReadOnlyList<double[]> parameters, double[] x, Strategy strategy, bool fixedPoint)
    {
        (_program, _parameters, _x, _strategy, _fixedPoint) = (program, parameters, x, strategy, fixedPoint);
        _jacobian = new(Matrix);
        _forward = new(() => new(_jacobian.Value));
        _backward = new(() => new(_jacobian.Value.Transpose()));
        _lost = new(IsLost);
        _kink = new(IsAmbiguous);
        _proved = new(() => RootProof.IsProved(program, parameters, x, _forward.Value.Inverse(), fixedPoint));
        _iterates = new(Iterates);
    }

    /// <summary>Whether the program is linear in the unknown: a root is then never double.</summary>
    public bool IsLinear { get; init; }

    /// <summary>Where an iteration that is unrolled begins; 0 without one.</summary>
    public IReadOnlyList<double>? Start { get; init; }

    public override IReadOnlyList<Margin> Margins => _kink.Value ? [new(0, 0, true, true)] : [];

    public override double Condition => _forward.Value.Condition;

    public override Invertibility Invertibility =>
        IsSingular || _lost.Value ? Invertibility.Fails : !_kink.Value && _proved.Value ? Invertibility.AllElements : Invertibility.Unknown;

    /// <summary>Whether the Jacobian at the solution is singular as far as double precision tells.</summary>
    public bool IsSingular => _forward.Value.IsSingular;

    public override IReadOnlyList<double[]> Tangent(IReadOnlyList<double[]> tangents)
    {
        if (_strategy is Unrolled)
        {
            double[] w = new double[_x.Length];
            foreach (double[] at in _iterates.Value)
            {
                w = _program.Tangent(_parameters, at, tangents, w);
            }

            return [w];
        }

        double[] moved = _program.Tangent(_parameters, _x, tangents, new double[_x.Length]);
        return [Solve(_fixedPoint ? moved : Negated(moved), Product, _forward)];
    }

    public override IReadOnlyList<double[]> Cotangent(IReadOnlyList<double[]> cotangents)
    {
        if (_strategy is Unrolled)
        {
            double[] u = cotangents[0];
            double[][] sum = [.. _parameters.Select(p => new double[p.Length])];
            foreach (double[] at in _iterates.Value.Reverse())
            {
                var (parts, back) = _program.Cotangent(_parameters, at, u);
                sum = [.. sum.Zip(parts, (s, p) => s.Zip(p, (a, b) => a + b).ToArray())];
                u = back;
            }

            return sum;
        }

        double[] solved = Solve(cotangents[0], Transposed, _backward);
        double[][] gradient = _program.Cotangent(_parameters, _x, solved).Parameters;
        return _fixedPoint ? gradient : [.. gradient.Select(Negated)];
    }

    /// <summary>At a kink of a fixed point's program the fixed point of its directional derivative, which contracts where the program does.</summary>
    public override IReadOnlyList<double[]> Directional(IReadOnlyList<double[]> direction)
    {
        if (!_kink.Value)
        {
            return Tangent(direction);
        }

        if (!_fixedPoint)
        {
            throw new SolutionException("the residual is at a kink, and one-sided derivatives of its solution are not available: write it as a fixed point");
        }

        double[] w = new double[_x.Length];
        double step = double.PositiveInfinity;
        for (int i = 0; i < 10_000; i++)
        {
            var answer = DirectionalDerivatives.At(_program.Program, [.. _program.Inputs(_parameters, _x)], [_program.Inputs(direction, w)]);
            if (answer.Doubt is { } doubt)
            {
                throw new SolutionException($"one-sided derivatives of the fixed point are not available, since those of its step are not certain: {doubt}");
            }

            double[] next = answer.Derivatives[0][0];
            step = next.Zip(w, (a, b) => Math.Abs(a - b)).DefaultIfEmpty(0).Max();
            w = next;
            if (step <= 1e-14 * (1 + Dense.Largest(w)))
            {
                return [w];
            }
        }

        throw new NotContractingException(FormattableString.Invariant($"the directional derivative of the step does not contract: its last step is {step:G3}"), step);
    }

    /// <summary>A Newton step from the solution.</summary>
    public double[] Newton(double[] residual) => [.. _x.Zip(_forward.Value.Solve(residual), (x, d) => x - d)];

    private double[] Product(double[] w)
    {
        double[] j = _program.Tangent(_parameters, _x, [.. _parameters.Select(p => new double[p.Length])], w);
        return _fixedPoint ? [.. w.Zip(j, (a, b) => a - b)] : j;
    }

    private double[] Transposed(double[] u)
    {
        double[] j = _program.Cotangent(_parameters, _x, u).X;
        return _fixedPoint ? [.. u.Zip(j, (a, b) => a - b)] : j;
    }

    private double[] Solve(double[] right, Func<double[], double[]> product, Lazy<LinearSystem> dense)
    {
        switch (_strategy)
        {
            case Krylov krylov:
                return Gmres.Solve(product, right, krylov.Tolerance, krylov.Most).X;
            case Neumann neumann:
                double[] sum = right;
                var terms = new NeumannTerms(_unit);
                bool goes = true;
                for (int k = 1; goes && k < neumann.Terms; k++)
                {
                    // right + J·sum, since the product is sum − J·sum.
                    double[] rest = product(sum);
                    double[] next = [.. sum.Select((s, i) => right[i] + s - rest[i])];
                    goes = terms.Goes(Dense.Largest(next.Zip(sum, (a, b) => a - b)), Dense.Largest(next));
                    sum = next;
                }

                terms.Check();

                return sum;
            default:
                return !_lost.Value ? dense.Value.Solve(right) : throw new SingularSolutionException(
                    "the root is double as far as double precision tells: what rounding does to F moves the root so far that F's slope there is another; there is no derivative", 0);
        }
    }

    // A root is known up to what rounding does to F: where the Jacobian changes by half of itself or more over that distance, nothing is known of it.
    private bool IsLost()
    {
        if (IsLinear || IsSingular || _x.Length == 0 || RootProof.Rounding(_program, _parameters, _x) is not { } rounding)
        {
            return false;
        }

        var inverse = _forward.Value.Inverse();
        double[] distance = [.. inverse.PointwiseAbs().Multiply(Vector<double>.Build.DenseOfArray(_fixedPoint ? [.. rounding.Zip(_x, (r, x) => r + Math.Abs(x * _unit))] : rounding))];
        if (distance.Any(d => !double.IsFinite(d)) || Dense.Largest(distance) > 1e-3 * (1 + Dense.Largest(_x)))
        {
            return distance.Any(d => !double.IsFinite(d));
        }

        return new[] { 1, -1 }.Any(side =>
        {
            var moved = new ImplicitDerivative(_program, _parameters, [.. _x.Zip(distance, (x, d) => x + (side * d))], Strategy.Dense, _fixedPoint);
            var change = (moved.Matrix() - _jacobian.Value) * inverse;
            return !(change.InfinityNorm() < 0.5);
        });
    }

    private Matrix<double> Matrix()
    {
        int n = _x.Length;
        var a = Dense.Zero(n, n);
        double[] unit = new double[n];
        for (int j = 0; j < n; j++)
        {
            unit[j] = 1;
            a.SetColumn(j, Product(unit));
            unit[j] = 0;
        }

        return a;
    }

    private double[][] Iterates()
    {
        int steps = ((Unrolled)_strategy).Steps;
        double[][] all = new double[steps][];
        double[] x = Start is null ? new double[_x.Length] : [.. Start];
        for (int k = 0; k < steps; k++)
        {
            all[k] = x;
            x = _program.Value(_parameters, x);
        }

        return all;
    }

    // Whether two selections give different derivatives of a random combination of the results.
    private bool IsAmbiguous()
    {
        if (_program.Program.Flatten().Nodes.All(n => n.Function.Regularity == Regularity.Smooth))
        {
            return false;
        }

        var builder = new ProgramBuilder();
        var inputs = _program.Program.Inputs.Select(i => builder.Input(i.Name, _program.Program.Types[i.Value], i.Role)).ToArray();
        var weights = builder.Input("weights", _program.Shape);
        var value = builder.Inline(_program.Program, inputs)[0];
        var scalar = builder.Build([("value", (value * weights).Sum())]);
        var random = new CounterRandom(0).Derive("weights");
        double[] drawn = [.. Enumerable.Range(0, _program.Size).Select(i => random.Normal((ulong)i))];
        var answer = Ambiguity.At(
            scalar, [.. _program.Inputs(_parameters, _x), drawn], new AnswerOptions { WithRespectTo = [.. _program.Program.Inputs.Select(i => i.Name)] });
        return answer.Ambiguous != Verdict.No;
    }

    private static double[] Negated(double[] a) => Array.ConvertAll(a, x => -x);
}
