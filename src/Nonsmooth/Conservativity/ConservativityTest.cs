using Nonsmooth.Dictionary;
using Nonsmooth.Programs;
using Nonsmooth.Selections;
using Nonsmooth.Tensors;

namespace Nonsmooth.Conservativity;

/// <summary>Whether a rule for derivatives is conservative: by a theorem where one applies, and by trials that can refute it.</summary>
/// <remarks>
/// <para>Two trials. The <i>projection formula</i>: on each stratum M, D(x) ⊂ ∇_M f(x) + N_M(x) almost everywhere; at random
/// points of random strata the rule's slope along a random tangent is compared with that of the function, backward and
/// forward. The <i>loop test</i>: ∮⟨D(γ), γ'⟩ dt = 0; loops of three paths inside strata, and of four paths that
/// pass through two of them, are integrated, each path also against the increment of the function.</para>
/// <para>Strata are the sets on which some variables are held at kinks and others are equal or opposite in groups, and
/// those that a caller gives. A defect refutes the rule, up to the tolerance of the arithmetic; without one a rule
/// that no theorem covers is conservative as far as tested. J. Bolte and E. Pauwels, Mathematical Programming 188 (2021); A. Lewis and
/// T. Tian, <i>The structure of conservative gradient fields</i>, SIAM Journal on Optimization 31 (2021).</para>
/// </remarks>
public static class ConservativityTest
{
    /// <summary>Tests the derivative of an elementary function, backward and forward.</summary>
    /// <param name="function">The function.</param>
    /// <param name="arguments">What it is applied to: types, and ranges of numbers within its domain.</param>
    /// <param name="selection">What holds at kinks.</param>
    /// <param name="options">How it is tested.</param>
    /// <exception cref="NonsmoothException">No argument or no result is real: there is no derivative.</exception>
    public static RuleVerdict Of(
        ElementaryFunction function, IReadOnlyList<ExampleArgument> arguments, Selection selection, ConservativityOptions? options = null)
    {
        var builder = new ProgramBuilder();
        var inputs = arguments.Select((a, i) => builder.Input($"a{i}", a.Type)).ToArray();
        var program = builder.Build(builder.ApplyAll(function, inputs).Select((r, i) => ($"r{i}", r)));
        return Of(program, selection, arguments, options);
    }

    /// <summary>Tests backprop and forprop of a program.</summary>
    /// <param name="program">The program.</param>
    /// <param name="selection">What holds at kinks.</param>
    /// <param name="arguments">Ranges of the inputs; null for reals between −2 and 2.</param>
    /// <param name="options">How it is tested.</param>
    /// <exception cref="NonsmoothException">No input or no output is real; or an input is not real and no range was given.</exception>
    public static RuleVerdict Of(
        Program program, Selection selection, IReadOnlyList<ExampleArgument>? arguments = null, ConservativityOptions? options = null)
    {
        options ??= new ConservativityOptions();
        arguments ??= [.. program.Inputs.Select(i => program.Types[i.Value] is { Kind: ElementKind.Real } type
            ? ExampleArgument.Reals(type.Shape)
            : throw new NonsmoothException($"input '{i.Name}' is not real: give a range for every input"))];
        if (arguments.All(a => a.Type.Kind != ElementKind.Real) || program.Outputs.All(o => program.Types[o.Value].Kind != ElementKind.Real))
        {
            throw new NonsmoothException("no real input or no real output: there is no derivative to test");
        }

        var rule = new ProgramRule(program, selection, arguments, options.Seed);
        return Run(rule, RuleProof.Of(program, selection), RuleProof.IsJump(program), [], options);
    }

    /// <summary>Tests a rule of one's own.</summary>
    /// <param name="function">The function.</param>
    /// <param name="rule">Its rule.</param>
    /// <param name="variables">How many variables they have.</param>
    /// <param name="kinks">Numbers at which a variable may have a kink, beside 0 and ±1; variables are drawn from −2 to 2, or to beyond these.</param>
    /// <param name="strata">Curved sets on which to test beside the affine ones.</param>
    /// <param name="options">How it is tested.</param>
    public static RuleVerdict Of(
        Func<double[], double> function,
        Func<double[], double[]> rule,
        int variables,
        IReadOnlyList<double>? kinks = null,
        IReadOnlyList<Stratum>? strata = null,
        ConservativityOptions? options = null) =>
        Run(new DelegateRule(function, rule, variables, kinks ?? []), null, false, strata ?? [], options ?? new ConservativityOptions());

    private static RuleVerdict Run(
        IDerivativeRule rule, RuleGrounds? grounds, bool jumps, IReadOnlyList<Stratum> strata, ConservativityOptions options)
    {
        var trials = new ConservativityTrials(rule, strata, options);
        trials.Run();
        var label = jumps || trials.Defect?.Kind == DefectKind.Jump ? RuleLabel.NoField
            : trials.Defect is not null ? RuleLabel.NotConservative
            : grounds is { Holds: false } ? RuleLabel.Untested
            : grounds is { Holds: true } || (trials.Points > trials.Unsettled && trials.Over is null) ? RuleLabel.Conservative
            : RuleLabel.Untested;
        string? proof = label == RuleLabel.Conservative && grounds is { Holds: true } g ? g.Theorem : null;
        return new(label, proof, trials.Defect, trials.Points, trials.Loops, trials.Unsettled, trials.Largest) { Over = trials.Over };
    }
}
