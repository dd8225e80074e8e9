using Nonsmooth.Arithmetic;
using Nonsmooth.Dictionary;
using Nonsmooth.Programs;
using Nonsmooth.Randomness;

namespace Nonsmooth.Answers;

/// <summary>Do two selections give different gradients here? Two elements of backprop's conservative gradient, or one only.</summary>
/// <remarks>
/// <para>One forward and two backward sweeps: one with the middle of the one-sided derivatives at every kink, one with
/// slopes drawn independently for each tied element. Backprop's result is a polynomial in those slopes, of degree at most the
/// depth of the program in kinks. Its sums and products are exact, so if it depends on a slope at all the sweeps agree with a
/// probability of at most degree · 2⁻⁴⁷ (Schwartz and Zippel), for kinks whose one-sided slopes differ by a sixteenth of the larger at
/// least; for others the doubles between them are fewer. The price is at most 9 × the value's, whatever
/// the number of inputs and of kinks (more for sorts and pooling, which are written out as networks); the same question about Clarke's subdifferential is NP-hard.</para>
/// <para>This is about backprop as it runs on the rounded numbers of the program, not about the function: relu(x) − relu(−x) is
/// differentiable at 0 and ambiguous there. Smooth and non-path-differentiable functions have one derivative each, which no selection changes. Ties are
/// those of double precision. Where entries differ by no more than the rounding of the values can make, and at a border of a function with a <see cref="KinkStructure.Border"/> of its own, which takes one element for all selections, the answer
/// is unknown unless the rest of the program says yes. Source: complexity specification, 3.3; J. T. Schwartz, <i>Fast
/// probabilistic algorithms for verification of polynomial identities</i> (1980).</para>
/// </remarks>
public static class Ambiguity
{
    private const string _middle = "middle";
    private const string _random = "random";

    /// <summary>Answers at a point.</summary>
    /// <param name="program">A program with one real output, of one element.</param>
    /// <param name="inputs">The point, as <see cref="Evaluation.Interpreter.Run{T}"/> takes it.</param>
    /// <param name="options">What is asked.</param>
    /// <exception cref="NonsmoothException">The program has another output, or an input does not fit.</exception>
    public static AmbiguityAnswer At(Program program, IReadOnlyList<Array> inputs, AnswerOptions? options = null)
    {
        options ??= new AnswerOptions();
        try
        {
            return At(program, inputs, options, new Deadline(options.Time));
        }
        catch (OutOfTimeException e)
        {
            return new AmbiguityAnswer(Verdict.Unknown, [], [], [], [], double.NaN, e.Message, AnswerCost.Of(Probe(program, options), program, options.Nonlinear));
        }
    }

    /// <summary>The program that gives both gradients: outputs of the program, <c>grad.NAME.middle</c>, <c>grad.NAME.random</c>.</summary>
    /// <remarks>
    /// After the program's inputs it takes one <c>slope.NODE.i</c> for each kink, read at ties only: a number between the
    /// one-sided slopes, the weight of the first of two, or a vector of length below 1 for a norm.
    /// </remarks>
    public static Program Probe(Program program, AnswerOptions? options = null)
    {
        var (sweep, outputs, _) = Emit(program, options ?? new AnswerOptions());
        return sweep.Builder.Build(outputs).Prune();
    }

    internal static AmbiguityAnswer At(Program program, IReadOnlyList<Array> inputs, AnswerOptions options, Deadline deadline)
    {
        var (sweep, outputs, slopes) = Emit(program, options);
        var probe = sweep.Builder.Build(outputs).Prune();
        var random = new CounterRandom(options.Seed).Derive("ambiguity");
        List<double[]> drawn = [.. slopes.Select((s, i) => Draw(s, random.Derive((ulong)i)))];
        var results = sweep.Exactly(outputs, inputs, deadline).Run([.. drawn.Select(ExactVector.Of)]);
        Dyadic[][] first = [.. sweep.Names.Select(n => results[$"grad.{n}.{_middle}"])];
        Dyadic[][] second = [.. sweep.Names.Select(n => results[$"grad.{n}.{_random}"])];
        bool apart = first.Zip(second).Any(g => ExactVector.AreApart(g.First, g.Second));
        string? doubt = !first.Concat(second).All(ExactVector.AreFinite) ? "a derivative is not finite"
            : apart ? null
            : !first.Zip(second).All(g => ExactVector.AreEqual(g.First, g.Second)) ? "the gradients differ by no more than rounding"
            : Jumps.OnBorder(sweep.Form, inputs, sweep.Names);
        double[][] one = [.. first.Select(ExactVector.ToDoubles)];
        double[][] other = [.. second.Select(ExactVector.ToDoubles)];
        var tied = new TiedSlopes(new Point(sweep.Form, inputs, deadline), slopes);
        return new AmbiguityAnswer(
            doubt is not null ? Verdict.Unknown : apart ? Verdict.Yes : Verdict.No,
            one,
            other,
            tied.Middle,
            tied.Of(drawn),
            Gradients.Difference(one, other),
            doubt,
            AnswerCost.Of(probe, program, options.Nonlinear));
    }

    private static (KinkSweep Sweep, List<(string Name, Variable Value)> Outputs, IReadOnlyList<GivenSlope> Slopes) Emit(Program program, AnswerOptions options)
    {
        var form = KinkForm.Of(program);
        var output = KinkSweep.ScalarOutput(form);
        var sweep = new KinkSweep(form, options.WithRespectTo);
        sweep.Forward(null, []);
        var outputs = form.Outputs.Select(o => (o.Name, sweep.Values[o.Value]!)).ToList();
        var given = new GivenResolver(everywhere: false);
        foreach (var (name, resolver) in new (string, IKinkResolver)[] { (_middle, new FixedResolver()), (_random, given) })
        {
            var cotangents = new Variable?[form.Types.Count];
            sweep.Accumulate(cotangents, output.Value, sweep.Builder.Apply(new Fill(form.Types[output.Value].Shape, 1)));
            sweep.Reverse(sweep.Resolve(resolver), cotangents);
            outputs.AddRange(sweep.Names.Select(n => ($"grad.{n}.{name}", sweep.OrZero(cotangents, form.Input(n).Value))));
        }

        return (sweep, outputs, given.Inputs);
    }

    private static double[] Draw(GivenSlope slope, CounterRandom random)
    {
        var elements = new double[slope.Shape.Elements];
        for (int i = 0; i < elements.Length; i++)
        {
            double u = random.Uniform((ulong)i);
            elements[i] = slope.Between is { } kink
                ? kink.Left + (u * (kink.Right - kink.Left))
                : ((2 * u) - 1) / Math.Sqrt(elements.Length);
        }

        return elements;
    }
}
