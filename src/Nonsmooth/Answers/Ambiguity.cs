using Nonsmooth.Dictionary;
using Nonsmooth.Programs;
using Nonsmooth.Randomness;

namespace Nonsmooth.Answers;

/// <summary>Do two selections give different gradients here? Two elements of backprop's conservative gradient, or one only.</summary>
/// <remarks>
/// <para>One forward and two backward sweeps: one with the middle of the one-sided derivatives at every kink, one with
/// slopes drawn independently for each tied element. Backprop's result is a polynomial in those slopes, so the sweeps
/// agree with probability 0 unless it does not depend on them at all. The price is at most 9 × the value's, whatever
/// the number of inputs and of kinks (more for sorts and pooling, which are written out as networks); the same question about Clarke's subdifferential is NP-hard.</para>
/// <para>Smooth and non-path-differentiable functions have one derivative each, which no selection changes. Ties are
/// those of double precision. At a border of an <see cref="IBordered"/> function, which takes one element for all selections, the answer
/// is unknown unless the rest of the program says yes. Source: complexity specification, 3.3.</para>
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
        var (probe, slopes) = Emit(program, options);
        var random = new CounterRandom(options.Seed).Derive("ambiguity");
        var results = Point.Run(probe, [.. inputs, .. slopes.Select((s, i) => Draw(s, random.Derive((ulong)i)))]);
        var names = Differentiation.Activity.Wanted(program, options.WithRespectTo);
        double[][] first = [.. names.Select(n => results[$"grad.{n}.{_middle}"])];
        double[][] second = [.. names.Select(n => results[$"grad.{n}.{_random}"])];
        double difference = Gradients.Difference(first, second);
        var verdict = !Gradients.AreFinite(first) || !Gradients.AreFinite(second) ? Verdict.Unknown
            : difference > options.Tolerance ? Verdict.Yes
            : Jumps.IsOnBorder(KinkForm.Of(program), inputs, names) ? Verdict.Unknown
            : Verdict.No;
        return new AmbiguityAnswer(verdict, first, second, difference, AnswerCost.Of(probe, program, options.Nonlinear));
    }

    /// <summary>The program that gives both gradients: outputs of the program, <c>grad.NAME.middle</c>, <c>grad.NAME.random</c>.</summary>
    /// <remarks>
    /// After the program's inputs it takes one <c>slope.NODE.i</c> for each kink, read at ties only: a number between the
    /// one-sided slopes, the weight of the first of two, or a vector of length below 1 for a norm.
    /// </remarks>
    public static Program Probe(Program program, AnswerOptions? options = null) => Emit(program, options ?? new AnswerOptions()).Probe;

    private static (Program Probe, IReadOnlyList<GivenSlope> Slopes) Emit(Program program, AnswerOptions options)
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

        return (sweep.Builder.Build(outputs).Prune(), given.Inputs);
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
