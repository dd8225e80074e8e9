using Nonsmooth.Arithmetic;
using Nonsmooth.Programs;
using Nonsmooth.Randomness;

namespace Nonsmooth.Answers;

/// <summary>The piece that a random direction is on: its gradient and the derivative along it, in exact sums and products.</summary>
internal sealed class RandomPiece
{
    private readonly ExactSweeps _sweeps;
    private readonly int[] _sizes;

    public RandomPiece(Program program, IReadOnlyList<Array> inputs, AnswerOptions options, Deadline? deadline = null)
    {
        Directional = DirectionalProgram.Emit(program, options.WithRespectTo, 1, gradient: true);
        Names = Differentiation.Activity.Wanted(Directional.Form, options.WithRespectTo);
        _sizes = [.. Names.Select(n => Directional.Form.InputType(n).Shape.Elements)];
        _sweeps = Directional.Exactly(inputs, deadline);
    }

    public DirectionalProgram Directional { get; }

    public IReadOnlyList<string> Names { get; }

    /// <summary>Draws a direction and follows it.</summary>
    public (Dyadic[] Gradient, LinearPiece Piece) Draw(ulong seed)
    {
        var (direction, results) = Follow(seed);
        Dyadic[][] gradient = [.. Names.Select(n => results[$"grad.{n}"])];
        return ([.. gradient.SelectMany(g => g)], new LinearPiece(direction, [.. gradient.Select(ExactVector.ToDoubles)]));
    }

    /// <summary>Draws a direction and gives all results.</summary>
    public (double[][] Direction, Dictionary<string, Dyadic[]> Results) Follow(ulong seed)
    {
        var random = new CounterRandom(seed).Derive("clarke").Sequence();
        double[][] direction = new double[_sizes.Length][];
        for (int i = 0; i < _sizes.Length; i++)
        {
            direction[i] = new double[_sizes[i]];
            for (int j = 0; j < _sizes[i]; j++)
            {
                direction[i][j] = random.NextNormal();
            }
        }

        return (direction, _sweeps.Run([.. direction.Select(ExactVector.Of)]));
    }
}
