using Nonsmooth.Programs;

namespace Nonsmooth.Differentiation;

/// <summary>A program that backprop made: it says which of its outputs are gradients and which of its inputs are seeds.</summary>
public sealed class GradientProgram : Program
{
    private readonly IReadOnlyDictionary<(string Input, int Seed), int> _gradients;
    private readonly IReadOnlyDictionary<(string Output, int Seed), string> _seeds;

    internal GradientProgram(
        Program program,
        IReadOnlyList<string> withRespectTo,
        IReadOnlyDictionary<(string Input, int Seed), int> gradients,
        IReadOnlyDictionary<(string Output, int Seed), string> seeds)
        : base(program) => (WithRespectTo, _gradients, _seeds) = (withRespectTo, gradients, seeds);

    /// <summary>The inputs whose gradients it computes, in the order of those.</summary>
    public IReadOnlyList<string> WithRespectTo { get; }

    /// <summary>The outputs that are gradients: by seed, then in the order of <see cref="WithRespectTo"/>.</summary>
    public IReadOnlyList<NamedValue> Gradients => [.. _gradients.Values.Order().Select(position => Outputs[position])];

    /// <summary>How many numbers a gradient has, over all inputs asked for.</summary>
    public long GradientElements => WithRespectTo.Sum(name => InputType(name).Shape.Count64);

    /// <summary>The output that is the gradient in an input.</summary>
    /// <param name="input">The input's name.</param>
    /// <param name="seed">Of which seed, from 0.</param>
    /// <exception cref="NonsmoothException">It was not asked for; the message lists what was.</exception>
    public NamedValue Gradient(string input, int seed = 0) => _gradients.TryGetValue((input, seed), out int position)
        ? Outputs[position]
        : throw new NonsmoothException(
            $"no gradient in '{input}' for seed {seed}: backprop was asked for {string.Join(", ", WithRespectTo)} and {_gradients.Count / Math.Max(1, WithRespectTo.Count)} seeds");

    /// <summary>The input that seeds an output.</summary>
    /// <param name="output">The name of an output of the program that was differentiated.</param>
    /// <param name="seed">Which seed, from 0.</param>
    /// <exception cref="NonsmoothException">There is none: an only scalar output is seeded with 1, and one that is not differentiated with nothing.</exception>
    public ProgramInput Seed(string output, int seed = 0) => _seeds.TryGetValue((output, seed), out string? name)
        ? Input(name)
        : throw new NonsmoothException(
            $"output '{output}' has no seed {seed}: the seeded outputs are {(_seeds.Count == 0 ? "none (a scalar is seeded with 1)" : string.Join(", ", _seeds.Keys.Select(k => k.Output).Distinct()))}");

    internal GradientProgram Pruned() => new(Prune(), WithRespectTo, _gradients, _seeds);
}
