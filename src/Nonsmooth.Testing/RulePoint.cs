using System.Globalization;
using Nonsmooth.Arithmetic;
using Nonsmooth.Evaluation;
using Nonsmooth.Programs;
using Nonsmooth.Tensors;

namespace Nonsmooth.Testing;

/// <summary>A point at which a function is tried, with what is drawn for it.</summary>
internal sealed class RulePoint
{
    private const int Shown = 6;

    public RulePoint(RulePrograms rules, RuleCheckOptions options, int seed)
        : this(rules, options, seed, Examples.Draw(rules.Row, seed))
    {
    }

    /// <summary>One number, for a function of one variable.</summary>
    public RulePoint(RulePrograms rules, RuleCheckOptions options, double number)
        : this(rules, options, 0, [new[] { number }])
    {
    }

    private RulePoint(RulePrograms rules, RuleCheckOptions options, int seed, Array[] inputs) =>
        (Rules, Options, Seed, Inputs) = (rules, options, seed, inputs);

    public RulePrograms Rules { get; }

    public RuleCheckOptions Options { get; }

    public int Seed { get; }

    public Array[] Inputs { get; }

    /// <summary>Drawn anew with reals rounded to integers where those are of the range, so that elements tie and meet kinks.</summary>
    public RulePoint OnIntegers() => At(Examples.Draw(Rules.Row.Arguments, new Random(Seed), (argument, x) =>
        Math.Round(x) is var rounded && rounded >= argument.Low && rounded < argument.High ? rounded : x));

    /// <summary>The point moved along directions of the real arguments.</summary>
    public RulePoint Moved(double[][] directions, double step)
    {
        var moved = Inputs.ToArray();
        foreach (var (r, position) in Rules.Reals.Index())
        {
            moved[position] = ((double[])Inputs[position]).Zip(directions[r], (x, d) => x + (step * d)).ToArray();
        }

        return At(moved);
    }

    /// <summary>Numbers in [−1, 1) for a tensor, drawn.</summary>
    public static double[] Direction(int count, Random random) =>
        [.. Enumerable.Range(0, count).Select(_ => (2 * random.NextDouble()) - 1)];

    /// <summary>The point with its reals rounded.</summary>
    public RulePoint Rounded(Converter<double, double> round) => At([.. Inputs.Select(a => a is double[] reals ? Array.ConvertAll(reals, round) : a)]);

    /// <summary>The real results.</summary>
    public double[][] Values() => Values<Float64>();

    /// <summary>The real results, computed in a format.</summary>
    public double[][] Values<TFormat>()
        where TFormat : struct, IFormat
    {
        var all = Interpreter.Run<TFormat>(Rules.Value, Inputs);
        return [.. Rules.Results.Select(o => ((Tensor<double>)all[o]).Elements)];
    }

    /// <summary>What a derived program gives here, all of it real.</summary>
    public double[][] Run(Program derived, params double[][] more) =>
        [.. Interpreter.Run<Float64>(derived, [.. Inputs, .. more]).Select(t => ((Tensor<double>)t).Elements)];

    /// <summary>The arguments, each to its first elements.</summary>
    public override string ToString() => string.Join(", ", Inputs.Select((a, i) =>
        $"a{i} = [{string.Join(' ', a.Cast<object>().Take(Shown).Select(x => Convert.ToString(x, CultureInfo.InvariantCulture)))}{(a.Length > Shown ? " …" : "")}]"));

    private RulePoint At(Array[] inputs) => new(Rules, Options, Seed, inputs);
}
